"""Otto of the practice next door and Bea of billing: what is not theirs is nowhere, by any address, in no list."""

import re
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Enter
from tests.e2e.facts import book, clients_of, empty_monday, instant
from tests.e2e.visit import Visit, find

WHO = pytest.mark.parametrize("who", ["otto", "bea"])

BODIES: dict[str, dict[str, Any]] = {
    "StepIn": {"version": 1},
    "MaintenanceRunIn": {"reason": "Because I can do it"},
    "ChecklistSignatureIn": {"remark": "Because I can"},
    "CancelIn": {"version": 1, "reason": "Client cancelled"},
    "AppointmentChange": {"version": 1, "appointment_notes": "Mine now"},
    "ClientChange": {"version": 1, "first_name": "Not", "last_name": "Hers", "date_of_birth": "1990-01-01"},
    "AlertIn": {"kind": "note", "text": "Seen"},
    "CareTeamIn": {"person_id": str(uuid4())},
    "DiagnosisIn": {"code": "F41.1", "description": "Anxiety"},
    "AmendmentIn": {"reason": "Because I can", "text": "Seen"},
    "DraftIn": {
        "version": 1,
        "note_format": "SOAP",
        "sections": {"plan": "Seen"},
        "diagnoses": [],
        "service_date": "2026-01-05",
    },
    "SignIn": {"version": 1},
    "ContactIn": {"name": "Seen", "phone": "555-0100"},
    "ResolutionIn": {"resolved_date": "2026-01-05"},
    "GuardianIn": {"name": "Seen", "relationship": "parent", "start_date": "2026-01-05"},
    "GuardianChange": dict.fromkeys(("can_view_record", "can_schedule", "can_message", "can_sign", "can_pay"), True),
    "VerificationIn": {"how": "Seen"},
    "PortalIn": {"enabled": True, "reason": "Because I can"},
    "StatusIn": {"status": "Discharged", "reason": "Because I can", "effective_date": "2026-01-05"},
    "ReviewIn": {"outcome": "concern", "note": "Because I can"},
    "PsychotherapyChange": {"version": 1, "about_date": "2026-01-05", "text": "Seen"},
    "IncidentStepIn": {"step": "investigating", "note": "Seen"},
    "RuleChange": {"version": 1, "name": "Seen", "threshold": 5, "window_minutes": 60, "severity": "low"},
    "UserChange": {"first_name": "Seen"},
    "ReasonIn": {"reason": "Because I can"},
    "RepairIn": {"reason": "Because I can"},
    "StatementEndIn": {"reason": "Because I can"},
    "AccountIn": {"sender": "a@example.org", "key": "seen", "signing_secret": "seen"},
    "DocumentChange": {"version": 1, "title": "Seen", "category": "other"},
    "TemplateChange": {"version": 1, "title": "Seen", "category": "other", "body": "Seen"},
    "FillIn": {"template_id": str(uuid4())},
    "MakeIn": {"template_id": str(uuid4()), "template_version": 1, "id": str(uuid4()), "title": "Seen"},
    "LibraryChange": {"version": 1, "title": "Seen", "category": "policies"},
    "LinkIn": {"show": True},
    "FormTemplateChange": {"version": 1, "title": "Seen"},
    "PublicationIn": {"version": 1},
    "AssignmentIn": {"template_id": str(uuid4())},
    "AnswersIn": {"version": 1, "answers": {"x": "Seen"}},
    "ConsentRecordIn": {"kind": "privacy", "title": "x", "words": "x", "how": "paper", "effective": "2026-01-05"},
    "ConsentRevocationIn": {"on": "2026-01-05", "through": "Me"},
    "FormLinkIn": {"channel": "Email"},
    "FormErrorIn": {"reason": "Because I can"},
    "FormPacketChange": {"title": "Seen", "families": [str(uuid4())], "version": 1},
    "PacketAssignmentIn": {"packet_id": str(uuid4())},
    "FormReviewIn": {"round": 1, "outcome": "rejected", "note": "Because I can"},
    "ConsentIn": {"channel": "email"},
    "PreferencesIn": {"email_timing": [24]},
    "RuleSwitch": {"version": 1, "is_active": False},
    "NotificationRuleChange": {
        "version": 1,
        "rule_name": "Seen",
        "rule_type": "Email",
        "trigger_event": "Client Registered",
        "recipient_type": "Administrator",
        "message_subject": "Seen",
        "message_template": "Seen",
    },
    "SignatureRequestIn": {"id": str(uuid4()), "signers": [{"id": str(uuid4()), "role": "Witness"}]},
    "SignatureIn": {"name": "Seen", "document_sha256": "0" * 64, "consents": True, "intends": True},
    "DocumentShareIn": {"id": str(uuid4()), "message": "Seen"},
    "DeclineIn": {"reason": "Because I can"},
    "AcknowledgementIn": {"note": "Seen"},
    "SystemAlertRuleChange": {
        "version": 1,
        "name": "Seen",
        "kind": "check",
        "condition": "bad",
        "severity": "warning",
        "hold_minutes": 5,
        "clear_minutes": 5,
        "channels": ["email"],
        "steps": [{"minutes": 0, "roles": ["administrator"], "people": []}],
    },
    "TimelineNoteIn": {"id": str(uuid4()), "note": "Seen"},
    "IncidentSeverityIn": {"version": 1, "severity": "P3", "reason": "Because I can"},
    "IncidentStatusIn": {"version": 1, "status": "resolved"},
    "IncidentRolesIn": {"version": 1, "commander": None, "communications": None, "scribe": None},
    "IncidentLinkIn": {"alert_id": str(uuid4())},
    "ActionItemIn": {"id": str(uuid4()), "what": "Seen", "assignee": str(uuid4()), "due_on": "2026-01-05"},
    "ActionItemChange": {
        "version": 1,
        "what": "Seen",
        "assignee": str(uuid4()),
        "due_on": "2026-01-05",
        "is_done": True,
    },
    "PostMortemIn": {"version": None, "summary": "Seen"},
    "PostMortemPublicationIn": {"version": 1},
    "IncidentRuleChange": {"version": 1, "opens": ""},
    "IncidentExtractIn": {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"},
    "BreachIn": {
        "version": None,
        "discovered_on": "2026-01-05",
        "search": {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"},
    },
    "BreachFactorsIn": {"version": 1, "nature": "Seen"},
    "BreachDecisionIn": {"version": 1, "decision": "breach", "reasons": "Because I can"},
    "PeopleToldIn": {"people": [str(uuid4())], "on": "2026-01-05", "how": "Seen"},
    "UserRolesIn": {"roles": ["clinician"], "reason": "Because I can"},
}
"""Something valid for each kind of request, so that none is refused for its form."""

A_FILE = {"file": "Seen"}
"""For operations that take a form with a file."""

NAMED = re.compile(r"\{(\w+)\}")
"""An id in an address of the API."""


CHOICES = {
    "provider": "resend",
    "checklist": "morning",
    "maintenance_task": "vacuum",
    "job_number": "1",
    "statement_id": "1-1-1",
}
"""What stands in an address and is no UUID."""


@pytest.fixture
def hidden(enter: Enter) -> dict[str, str]:
    """A client of Ana's with a session and notes: ids by the name that addresses have for them."""
    ana = enter("ana")
    ana.go("/")
    client = clients_of(ana)[0]
    notes = {state: ana.read(f"/notes?state={state}")["items"][0]["id"] for state in ("draft", "signed")}
    listed = ana.read(f"/appointments?start={instant(empty_monday(), '00:00')[:19]}Z&end={empty_monday()}T23:59:00Z")
    taken = next(iter(listed["appointments"]), None) or book(ana, client["id"], instant(empty_monday(), "08:00"))
    return {
        "client_id": client["id"],
        "name": client["name"],
        "appointment_id": taken["id"],
        "note_id": notes["signed"],
        "draft": notes["draft"],
        "user_id": ana.read("/me")["id"],
        "document_id": ana.send_file(f"/api/clients/{client['id']}/documents", "x.txt", "Seen").json()["id"],
    }


def operations(visit: Visit) -> list[tuple[str, str, Any]]:
    """Every operation of the API whose address holds an id, with a valid body."""
    found = []
    for path, methods in visit.read("/openapi.json")["paths"].items():
        for method, operation in methods.items() if "{" in path else []:
            content = operation.get("requestBody", {}).get("content", {})
            schema = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
            body = A_FILE if "multipart/form-data" in content else BODIES[schema] if schema else None
            found.append((method.upper(), path, body))
    return found


@WHO
def test_the_api_answers_as_if_it_did_not_exist(enter: Enter, hidden: dict[str, str], who: str) -> None:
    visit = enter(who)
    visit.go("/")
    told: list[str] = []
    for method, path, body in operations(visit):
        answers = {}
        for which, ids in (("hidden", hidden | CHOICES), ("absent", CHOICES)):
            address = NAMED.sub(lambda name, ids=ids: ids.get(name[1]) or str(uuid4()), path)
            is_file = body is A_FILE
            answer = visit.send_file(address, "x.txt", "Seen") if is_file else visit.api(method, address, body)
            answers[which] = (answer.status, answer.type, answer.bytes)
        if answers["hidden"] != answers["absent"] or answers["hidden"][0] not in {403, 404}:
            told.append(f"{method} {path}: {answers}")
    assert told == []


@WHO
def test_its_pages_say_the_same_as_for_what_does_not_exist(enter: Enter, hidden: dict[str, str], who: str) -> None:
    visit = enter(who)
    addresses = {
        "/clients/{}": hidden["client_id"],
        "/clients/{}?tab=notes": hidden["client_id"],
        "/notes/{}": hidden["note_id"],
        "/notes/{} ": hidden["draft"],
        "/calendar?open={}": hidden["appointment_id"],
        "/calendar?client={}": hidden["client_id"],
    }
    for address, existing in addresses.items():
        seen = [_said(visit, address.strip().format(one)) for one in (existing, str(uuid4()))]
        assert seen[0] == seen[1], address
        assert hidden["name"] not in seen[0]


@WHO
def test_no_list_and_no_search_has_it(enter: Enter, hidden: dict[str, str], who: str) -> None:
    visit = enter(who)
    for address in ("/", "/calendar", "/clients"):
        assert hidden["name"] not in _said(visit, address)
    find(visit.page, hidden["name"])
    expect(visit.page.get_by_text(f"No client or command matches “{hidden['name']}”.")).to_be_visible()


def _said(visit: Visit, address: str) -> str:
    """All words on the page at an address."""
    visit.go(address)
    visit.page.wait_for_load_state("networkidle")
    return visit.page.locator("body").inner_text()
