"""A practice at work, made through the API itself: something real behind every id that a path or a body can name.

`IDS[name]` of a `World` are the ids that a parameter of that name may hold; the first is one that its good request
uses. Theirs are the practice's own, and one client and one person of the practice next door.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from mentalspace.access.actor import acting_as
from mentalspace.clients.messages import CARE_TEAM_JOINED
from mentalspace.core import clock
from mentalspace.notify import suppression
from mentalspace.notify.bell import ring
from mentalspace.notify.models import EMAIL
from mentalspace.ops import jobs
from mentalspace.ops.alerts import lifecycle
from mentalspace.ops.alerts.models import SystemAlertRule
from mentalspace.ops.alerts.rules import Kind, Seen
from mentalspace.ops.metrics.rules import State
from mentalspace.people import limits
from mentalspace.practices.system import system_actor
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, HERE, ID, NOOR, OFFICE, OLEG, ROOM, THEO, actor
from tests.drilled import drilled
from tests.http import Http
from tests.sessions import session_of

STAFF = [str(ID[name]) for name in ("ash", "ana", "sam", "bea", "fay", "ada", "mia", "otto")]
CLIENTS = [str(client) for client in (CLEO, NOOR, THEO, OLEG)]


@dataclass
class World:
    """What there is to name."""

    ids: dict[str, list[str]] = field(default_factory=dict)

    def of(self, name: str) -> list[str]:
        """Ids that fit a parameter of this name; everything there is when the name says nothing."""
        return self.ids.get(name) or sorted({each for ids in self.ids.values() for each in ids})


def browser(name: str) -> Http:
    """Somebody's browser, signed in just now."""
    http = Http(raise_request_exception=False)
    http.cookies["session"] = session_of(name)
    return http


def made() -> World:
    """Everything the API's ids can name, by the people who would make it."""
    world = World()
    ana, ada = browser("ana"), browser("ada")
    world.ids |= {"client_id": CLIENTS, "location_id": [str(OFFICE)], "room_id": [str(ROOM)]}
    world.ids |= dict.fromkeys(("user_id", "person_id", "person", "clinician_id", "supervisee_id"), STAFF)
    world.ids |= {"supervisor_id": [str(ID["sam"]), *STAFF], "assigned_to": [str(ID["ada"]), *STAFF]}
    world.ids |= {"client": CLIENTS, "recipients": [str(ID["ada"]), str(ID["mia"])]}
    world.ids["primary_therapist_id"] = [str(ID["ana"]), *STAFF]
    _reminders(world, ada)
    _sessions(world, ana)
    _notes(world, ana)
    _administration(world, ada, ana)
    _correspondence(world, ada)
    _private(world, ana)
    _bell(world, ana, ada)
    _alerts(world, ada)
    _repairs(world)
    _incidents(world, ada)
    document = upload(ana, f"/clients/{CLEO}/documents", pdf(), "Intake.pdf").json()
    world.ids["document_id"] = [document["id"]]
    paper = upload(ada, "/library", pdf(), "Notice.pdf", category="policies").json()
    begun = {"bucket": "client-documents", "file_name": "Intake.txt", "size": 4}
    world.ids["upload_id"] = world.ids["upload"] = [_post(ana, "/uploads", begun)["id"]]
    world.ids["run_id"] = [_post(ada, "/storage/runs", {"kind": "deep_check"})["id"]]
    world.ids["maintenance_task"] = ["vacuum"]
    world.ids["drill_id"] = [drilled()]
    world.ids["library_document_id"] = [paper["id"]]
    text = {"title": "Consent", "category": "consent", "body": "{client_name} agrees to {field:Fee}."}
    world.ids["template_id"] = [_post(ada, "/document-templates", text)["id"]]
    _forms(world, ada, ana)
    world.ids["request_id"] = [_to_sign(ana)]
    shared = _post(ana, f"/documents/{document['id']}/shares", {"id": str(uuid4())})["shares"]
    world.ids["document_share_id"] = [each["id"] for each in shared]
    return world


def _alerts(world: World, ada: Http) -> None:
    """A rule of the practice's own, and an alert that is open by it."""
    step = {"minutes": 0, "roles": ["administrator"], "people": []}
    rule_in = {"name": "Disk", "kind": "check", "subject": "disk", "condition": "bad", "severity": "critical"}
    times = {"hold_minutes": 0, "clear_minutes": 10, "channels": ["in_product", "email"], "steps": [step]}
    made = _post(ada, "/operations/alert-rules", rule_in | times)
    with acting_as(system_actor(HERE)):
        rule = SystemAlertRule.objects.get(pk=made["id"])
        seen = Seen(Kind.CHECK, "disk", "Disk", State.BAD, "It is full.", clock.now())
        alert = lifecycle.begin(rule, seen)
        assert alert
        lifecycle.open_alert(rule, alert, clock.now())
    world.ids |= {"alert_rule_id": [made["id"]], "system_alert_id": [str(alert.pk)]}
    _incidents(world, ada)


def _incidents(world: World, ada: Http) -> None:
    """Incidents that somebody opened: one at work, one that was a breach, one that may be. An extract, an item, a
    stand-in."""
    names = ("Slow", "A lost laptop", "A letter to somebody else")
    opened = [
        _post(ada, "/operations/incidents", {"id": str(uuid4()), "title": title, "severity": "P2"}) for title in names
    ]
    world.ids["operations_incident_id"] = [each["id"] for each in opened]
    lost = f"/operations/incidents/{opened[1]['id']}"
    item = {"id": str(uuid4()), "what": "Lock it", "assignee": str(ID["ada"]), "due_on": "2026-01-05"}
    _post(ada, f"{lost}/action-items", item)
    now = clock.now()
    span = {"since": str(now - timedelta(days=1)), "until": str(now + timedelta(days=1))}
    extract = _post(ada, f"{lost}/extracts", span)
    found = ada.call("put", f"{lost}/breach", {"version": None, "discovered_on": "2026-01-05", "search": span})
    maybe = f"/operations/incidents/{opened[2]['id']}"
    ada.call("put", f"{maybe}/breach", {"version": None, "discovered_on": "2026-01-05", "search": span})
    decided = {"version": found.json()["assessment"]["version"], "decision": "breach", "reasons": "It was not locked."}
    _post(ada, f"{lost}/breach/decision", decided)
    soon = {"starts_at": str(now), "ends_at": str(now + timedelta(days=2))}
    stand_in = _post(ada, "/operations/on-call/overrides", {"id": str(uuid4()), "person": str(ID["mia"]), **soon})
    world.ids |= {
        "action_item_id": [item["id"]],
        "incident_extract_id": [extract["id"]],
        "override_id": [each["id"] for each in stand_in["overrides"]],
        "incident_rule_id": [each["id"] for each in ada.read("/operations/incident-rules")],
        "assignee": [str(ID["ada"])],
        "people": [each["id"] for each in ada.read(f"{lost}/breach/people")["items"]],
        "lost": [opened[1]["id"]],
        "maybe": [opened[2]["id"]],
    }


def _repairs(world: World) -> None:
    """A job that waits, and a limit that counts."""
    with acting_as(actor("ada")):
        world.ids["job_number"] = [str(jobs.look_now.defer(practice=str(HERE)))]
        limits.check("share_document", user=ID["ada"])
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM access.open_rate_limits(%s)", [clock.now()])
            world.ids["limit_id"] = [str(pk) for (pk,) in cursor.fetchall()]


def _to_sign(ana: Http) -> str:
    """A request for a signature of Ana's on another document."""
    document = upload(ana, f"/clients/{CLEO}/documents", pdf("2"), "Plan.pdf").json()
    asked = {"id": str(uuid4()), "signers": [{"id": ID["ana"], "role": "Clinician"}]}
    made: str = _post(ana, f"/documents/{document['id']}/signature-requests", asked)["id"]
    return made


def _forms(world: World, ada: Http, ana: Http) -> None:
    """A form that is published and one that is not; one that Cleo was given, and one that waits for a review."""
    hope = {"key": "hope", "kind": "text", "label": "What do you hope for?", "required": True}
    ask = {"fields": [hope, {"key": "scan", "kind": "file", "label": "A scan"}]}
    made = [_post(ada, "/form-templates", {"title": each, "definition": ask})["id"] for each in ("Welcome", "Draft")]
    _post(ada, f"/form-templates/{made[0]}/publication", {"version": 1})
    given = [_post(ana, f"/clients/{CLEO}/forms", {"template_id": made[0]})["id"] for _ in range(2)]
    _post(ana, f"/forms/{given[1]}/submission", {"version": 1, "answers": {"hope": "Sleep"}})
    world.ids["form_template_id"], world.ids["form_id"] = made, given
    world.ids["families"] = made[:1]
    packet = _post(ada, "/form-packets", {"title": "Intake", "families": made[:1]})["id"]
    world.ids["form_packet_id"] = world.ids["packet_id"] = [packet]
    sent = _post(ana, f"/forms/{given[0]}/links", {"channel": "Email"})
    file = upload(ana, f"/forms/{given[0]}/files", pdf(), "Scan.pdf", field="scan").json()
    world.ids["form_file_id"] = [file["id"]]
    agreed = {"kind": "release", "title": "Release", "words": "So.", "how": "verbal", "effective": "2026-01-05"}
    kept = _post(ana, f"/clients/{CLEO}/consents", agreed | {"recipient": "Dr. Wu", "scope": "Attendance"})
    world.ids["client_consent_id"] = [each["id"] for each in kept["consents"]]
    world.ids["form_link_id"] = [each["id"] for each in sent["links"]]


def _post(http: Http, path: str, body: Any = None) -> Any:
    answer = http.call("post", path, body)
    assert answer.status_code in (200, 201, 202), (path, answer.status_code, answer.content)
    return answer.json()


def _sessions(world: World, ana: Http) -> None:
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    booked = []
    for hours in (-26, 26, 50):
        starts_at = now + timedelta(hours=hours)
        body = {"client_id": CLEO, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=50)}
        booked.append(_post(ana, "/appointments", body)["appointment"]["id"])
    world.ids["appointment_id"] = booked
    world.ids["reminder_id"] = [each["id"] for each in ana.read("/reminders")["items"]]


def _reminders(world: World, ada: Http) -> None:
    """Settings that remind, and a client who can be written to and agreed to e-mail."""
    assert ada.call("put", "/reminder-settings", ada.read("/reminder-settings") | {"enabled": True}).status_code == 200
    chart = ada.read(f"/clients/{CLEO}") | {"email": "cleo@home.example", "primary_phone": "(212) 555-0100"}
    assert ada.call("put", f"/clients/{CLEO}", chart).status_code == 200
    given = _post(ada, f"/clients/{CLEO}/contact-consents", {"channel": "email"})
    world.ids["consent_id"] = [each["id"] for each in given["consents"]]


def _notes(world: World, ana: Http) -> None:
    notes = []
    for days in (3, 4):
        note = _post(ana, "/notes", {"client_id": CLEO, "service_date": clock.now().date() - timedelta(days=days)})
        notes.append(note["id"])
    world.ids["note_id"] = notes


def _administration(world: World, ada: Http, ana: Http) -> None:
    rule = {"name": "Many looks", "severity": "low", "threshold": 5, "window_minutes": 60}
    world.ids["rule_id"] = [_post(ada, "/security/rules", rule)["id"]]
    world.ids["query_id"] = [_post(ada, "/audit/queries", {"name": "Mine", "filters": {}})["id"]]
    ana.call("post", "/security/incidents", {"severity": "low", "description": "Something odd."})
    world.ids["incident_id"] = [each["id"] for each in ada.read("/security/incidents")["items"]]
    world.ids["line_id"] = [each["id"] for each in ada.read("/audit")["items"]]
    ash = ada.read(f"/users/{ID['ash']}")
    world.ids["supervision_id"] = [each["id"] for each in ash["supervisors"]]


def _correspondence(world: World, ada: Http) -> None:
    world.ids["message_id"] = [_post(ada, "/test-messages", {"email": f"{n}@example.org"})["id"] for n in range(2)]
    with acting_as(system_actor(HERE)):
        for kind in ("bounced", "complained"):
            suppression.suppress(EMAIL, f"{kind}@example.org", kind)
    world.ids["stop_id"] = [each["id"] for each in ada.read("/stopped-addresses")["items"] if each["may_lift"]]


def _bell(world: World, ana: Http, ada: Http) -> None:
    rule = {"trigger_event": "Client Registered", "rule_type": "Email", "recipient_type": "Administrator"}
    said = {"message_subject": "Somebody new", "message_template": "{client_name}"}
    made = [_post(ada, "/notification-rules", {**rule, **said, "rule_name": name}) for name in ("First", "Second")]
    world.ids["notification_rule_id"] = [each["id"] for each in made]
    with acting_as(actor("fay")):
        ring(kind=CARE_TEAM_JOINED, recipients=[ID["ana"]], about=CLEO, client=CLEO)
    world.ids["notification_id"] = [each["id"] for each in ana.read("/notifications")["items"]]


def _private(world: World, ana: Http) -> None:
    chart = _post(ana, f"/clients/{CLEO}/alerts", {"kind": "risk", "text": "Call first"})
    world.ids["alert_id"] = [each["id"] for each in chart["alerts"]]
    world.ids["member_id"] = [each["id"] for each in chart["care_team"]]
    emergency = {"medical_record_number": "MS000003", "date_of_birth": "1990-05-17", "reason": "Theo is in danger."}
    ended = _post(ana, "/emergency-access", emergency)["id"]
    ana.call("delete", f"/emergency-access/{ended}")
    world.ids["access_id"] = [ended, _post(ana, "/emergency-access", emergency)["id"]]
    private = {"id": uuid4(), "client_id": CLEO, "text": "For me alone"}
    world.ids["psychotherapy_id"] = [_post(ana, "/psychotherapy-notes", private)["id"]]
    world.ids["session_id"] = [each["id"] for each in ana.read("/account/sessions")]
    _post(ana, "/account/devices", {"name": "Desk"})
    world.ids["device_id"] = [each["id"] for each in ana.read("/account/devices")]
