"""One request per operation with a body that the product grants: who sends it and what. What breaks starts here.

Made into others by exchanging values, they reach what made-up bodies would not. Ids come from the `World`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from mentalspace.core import clock
from mentalspace.storage.tests.files import picture
from tests.cast import CLEO, ID, NOOR, OFFICE, THEO
from tests.openapi.world import World

REASON = "Because this is asked for."


@dataclass(frozen=True)
class Good:
    """Who sends it; the body; ids for the path other than the world's first; a file, when it is sent as a form."""

    who: str
    body: dict[str, Any]
    path: dict[str, str]
    file: bytes | None = None
    file_name: str = "a.txt"


def _client(**more: Any) -> dict[str, Any]:
    names = {"first_name": "Nell", "middle_name": "B", "last_name": "Moss", "preferred_name": "N", "gender": "woman"}
    where = {"street1": "1 Elm", "city": "Troy", "state": "NY", "zip_code": "12180"}
    reach = {"email": "nell@example.org", "primary_phone": "555-0100", "pronouns": "she/her"}
    return {**names, **where, **reach, "date_of_birth": "1980-02-03", **more}


def _rule(**more: Any) -> dict[str, Any]:
    found = {"name": "Odd", "severity": "low", "threshold": 5, "window_minutes": 60, "event": "client_seen"}
    return {**found, "resource_type": "clients", "recipients": [str(ID["ada"])], **more}


def _telling(**more: Any) -> dict[str, Any]:
    """A notification rule."""
    asked = [{"field": "category", "operator": "equals", "value": "consent"}]
    when = {"timing_type": "After Event", "timing_offset": 2, "timing_unit": "hours"}
    said = {"message_subject": "At {practice}", "message_template": "About {client_name}"}
    what = {"trigger_event": "Document Uploaded", "conditions": asked, "recipient_type": "Clinician"}
    return {"rule_name": "Consents", "rule_type": "All", **what, **when, **said, **more}


def _wording() -> dict[str, Any]:
    """A practice's words for its invitations."""
    said = {"subject": "Come in, says {practice}", "body": "Hello {name},\n\n{link}"}
    return {"kind": "account.invitation", "channel": "Email", **said}


def _user(**more: Any) -> dict[str, Any]:
    names = {"first_name": "Una", "last_name": "New", "credentials": "LCSW", "title": "Therapist"}
    licence = {"license_number": "L2", "license_state": "NY", "license_expiration_date": "2099-01-01"}
    return {**names, **licence, "npi_number": "1234567893", "phone_number": "555-0101", **more}


def _day(ago: int) -> str:
    return str(clock.now().date() - timedelta(days=ago))


def _session(hours: int) -> dict[str, Any]:
    begins = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
    return {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(minutes=50)).isoformat()}


def _reminding() -> dict[str, Any]:
    texts = dict.fromkeys(("create_template", "update_template", "cancel_template", "email_template"), "On {date}.")
    on = ("enabled", "email_enabled", "sms_enabled", "require_confirmation", "include_reschedule_link")
    more = ("include_cancel_link", "allow_weekends", "send_on_create", "send_on_update", "send_on_cancel")
    hours = {"email_timing": [24], "sms_timing": [2], "timing_by_type": {"Testing": {"email": [72]}}}
    quiet = {"quiet_from": "20:00", "quiet_until": "09:00", "notify_recipients": ["client", "clinician"]}
    return {**dict.fromkeys((*on, *more), True), **texts, **hours, **quiet, "sms_template": "On {date}.", "version": 1}


def _watching(name: str) -> dict[str, Any]:
    """A rule for alerts."""
    step = {"minutes": 0, "roles": ["administrator"], "people": [str(ID["ada"])]}
    what = {"kind": "check", "subject": "disk", "condition": "bad", "severity": "critical"}
    times = {"hold_minutes": 5, "clear_minutes": 10}
    return {"name": name, **what, **times, "channels": ["in_product", "email"], "steps": [step], "is_active": True}


def _incidents(by: Callable[..., Good], first: dict[str, str]) -> dict[str, Good]:
    """Of incidents. `lost` is the one that was a breach."""
    ada, now, version = str(ID["ada"]), clock.now(), {"version": 1}
    span = {"since": (now - timedelta(days=1)).isoformat(), "until": now.isoformat()}
    search = {**span, "persons": [str(ID["ana"])], "sessions": ["x"], "addresses": ["10.0.0.1"]}
    item = {"what": "Lock the next one", "assignee": ada, "due_on": "2099-01-05"}
    told = {"people": [first.get("people", "")], "on": _day(1), "how": "First-class mail"}
    opened = {"title": "Slow", "severity": "P1", "detected_at": now.isoformat(), "note": "Since noon"}
    stand_in = {"person": ada, "starts_at": now.isoformat(), "ends_at": (now + timedelta(days=1)).isoformat()}
    factors = dict.fromkeys(("nature", "recipient", "viewed", "mitigated"), "Known")
    return {
        "open_operations_incident": by("ada", {"id": str(uuid4()), **opened}),
        "take_operations_incident": by("ada"),
        "note_operations_incident": by("ada", {"id": str(uuid4()), "note": "Restarted"}),
        "set_operations_incident_severity": by("ada", {**version, "severity": "P1", "reason": REASON}),
        "set_operations_incident_status": by("ada", {**version, "status": "identified", "note": REASON}),
        "set_operations_incident_roles": by("ada", {**version, "commander": ada, "communications": ada, "scribe": ada}),
        "link_operations_incident": by("ada", {"security_incident_id": first.get("incident_id", "")}),
        "add_incident_action_item": by("ada", {"id": str(uuid4()), **item}),
        "change_incident_action_item": by("ada", {**version, **item, "is_done": True}),
        "save_post_mortem": by("ada", {"version": None, "summary": "So it was", "lessons": "Look sooner"}),
        "change_incident_rule": by("ada", {**version, "opens": "P2"}),
        "set_on_call": by("ada", {"version": None, "people": [ada], "starts_on": _day(1), "hands_over": "09:00"}),
        "add_on_call_override": by("ada", {"id": str(uuid4()), **stand_in}),
        "take_incident_extract": by("ada", {**span, "action": "PHI_ACCESS"}),
        "set_breach": by("ada", {"version": None, "discovered_on": _day(1), "search": search, "reason": ""}),
        "set_breach_factors": by("ada", {**version, **factors}, operations_incident_id=first.get("maybe", "")),
        "mark_people_told": by("ada", told, operations_incident_id=first.get("lost", "")),
    }


def _draft() -> dict[str, Any]:
    sections = {"subjective": "Well", "objective": "Calm", "assessment": "Better", "plan": "Go on"}
    diagnoses = [{"code": "F41.1", "description": "Generalized anxiety disorder"}]
    day = _day(4)
    return {"note_format": "SOAP", "sections": sections, "diagnoses": diagnoses, "service_date": day, "version": 1}


def _signer(person: str) -> dict[str, Any]:
    return {"id": person, "role": "Witness"}


def _made(template: str) -> dict[str, Any]:
    said = {"title": "Consent", "answers": {"field:Fee": "$150"}, "template_version": 1}
    return {"id": str(uuid4()), "template_id": template, **said}


ASKING = {
    "fields": [
        {"key": "well", "kind": "yes_no", "label": "Are you well?"},
        {
            "key": "hope",
            "kind": "text",
            "label": "What do you hope for?",
            "show_when": {"field": "well", "value": "no"},
        },
        {
            "key": "rest",
            "kind": "scored",
            "label": "How did you rest?",
            "score": "rest",
            "options": [{"key": "badly", "label": "Badly", "points": 1}, {"key": "well", "label": "Well"}],
        },
    ],
    "scores": [{"key": "rest", "label": "Rest", "bands": [{"least": 0, "most": 1, "label": "Any"}]}],
}
"""A form's definition."""


def good(world: World) -> dict[str, Good]:
    """By operation id."""
    first = {name: ids[0] for name, ids in world.ids.items()}
    template = first.get("template_id", "")
    yesterday, tomorrow, later = world.ids["appointment_id"]
    (out, draft), sent = world.of("form_template_id")[:2], world.of("form_id")[1]
    told, removed = world.of("notification_rule_id")[:2]
    ash, fay, ana, sam = (str(ID[name]) for name in ("ash", "fay", "ana", "sam"))

    def by(who: str, body: dict[str, Any] | None = None, **path: str) -> Good:
        return Good(who, body or {}, {**first, **path})

    version = {"version": 1}
    consent = {
        "kind": "treatment",
        "title": "Treatment",
        "words": "I agree.",
        "how": "paper",
        "effective": "2026-01-05",
    }
    return {
        "trust_this_browser": by("ana", {"name": "My desk"}),
        "book_appointment": by(
            "ana",
            {"client_id": str(CLEO), "appointment_notes": "Bring forms", "location_id": str(OFFICE), **_session(99)},
        ),
        "change_appointment": by(
            "ana", {**version, "appointment_notes": "Moved", **_session(120)}, appointment_id=tomorrow
        ),
        "cancel_appointment": by("ana", {**version, "reason": "Ill"}, appointment_id=later),
        "check_in": by("fay", version, appointment_id=yesterday),
        "confirm_appointment": by("fay", version, appointment_id=tomorrow),
        "start_session": by("ana", version, appointment_id=yesterday),
        "mark_no_show": by("fay", version, appointment_id=yesterday),
        "change_reminder_settings": by("ada", _reminding()),
        "preview_reminder": by("ada", {"channel": "sms", "about": "reminder", "text": "On {date}."}),
        "try_reminder": by("ada", {"channel": "email", "about": "booked", "text": "On {date}."}),
        "give_contact_consent": by("fay", {"channel": "sms"}),
        "change_reminder_preferences": by("ana", {"email_timing": [48], "timezone": "America/Chicago"}),
        "export_audit": by("ada", {"event": "client_seen"}),
        "save_audit_query": by("ada", {"name": "Looks", "filters": {"event": "client_seen"}}),
        "set_audit_retention": by("ada", {"action_type": "REFUSED", "years": 7, "reason": REASON}),
        "add_client": by("ada", _client()),
        "change_client": by("ada", _client(**version), client_id=str(NOOR)),
        "raise_alert": by("ana", {"kind": "risk", "text": "Call first"}),
        "assign_care_team": by("ada", {"person_id": ana, "role": "Therapist"}, client_id=str(THEO)),
        "add_diagnosis": by("ana", {"code": "F41.1", "description": "Generalized anxiety disorder"}),
        "add_document": Good("ana", {"title": "Intake", "category": "intake"}, first, b"Well"),
        "add_document_version": Good("ana", {}, first, b"Well"),
        "change_document": by("ana", {"title": "Intake", "category": "consent", "tags": ["Paper"], **version}),
        "request_signatures": by(
            "ana", {"id": str(uuid4()), "signers": [_signer(ana)], "message": "Please", "days": 7}
        ),
        "share_document": by("ana", {"id": str(uuid4()), "channel": "Email", "days": 7, "message": "Please"}),
        "decline_to_sign": by("ana", {"reason": REASON}),
        "add_document_template": by("ada", {"title": "Agreement", "category": "consent", "body": "# {client_name}"}),
        "change_document_template": by("ada", {"title": "Consent", "category": "consent", "body": "So.", **version}),
        "preview_document_template": by("ana", {"body": "{client_name}, {date}"}),
        "fill_document_template": by("ana", {"template_id": template}),
        "make_document_from_template": by("ana", _made(template)),
        "add_library_document": Good("ada", {"title": "Notice", "category": "policies"}, first, b"Well"),
        "add_library_version": Good("ada", {}, first, b"Well"),
        "change_library_document": by("ada", {"title": "Notice", "category": "policies", "tags": ["HIPAA"], **version}),
        "add_form_template": by("ada", {"title": "Hello", "category": "consent", "definition": ASKING}),
        "change_form_template": by("ada", {"title": "Hi", **version, "definition": ASKING}, form_template_id=draft),
        "publish_form_template": by("ada", version, form_template_id=draft),
        "assign_form": by("ana", {"template_id": out, "priority": "high", "due_date": "2099-01-01"}),
        "save_form_answers": by("ana", {**version, "answers": {"hope": "Rest"}}),
        "submit_form": by("ana", {**version, "answers": {"hope": "Rest"}}),
        "add_form_packet": by("ada", {"title": "Adult intake", "description": "All of it", "families": [out]}),
        "change_form_packet": by("ada", {"title": "Intake", "families": [out], **version}),
        "assign_form_packet": by("ana", {"packet_id": first.get("form_packet_id", ""), "is_again": True}),
        "add_form_file": Good("ana", {"field": "scan"}, first, b"Well"),
        "link_form_file": by("ana", {"show": True}),
        "send_form_link": by("ana", {"channel": "Email", "days": 7}),
        "record_client_consent": by("ana", consent),
        "revoke_consent": by("ana", {"on": "2026-01-05", "through": "Cleo Client", "reason": "Moved"}),
        "review_form": by("ana", {"round": 1, "outcome": "returned", "note": "More, please"}, form_id=sent),
        "mark_form_in_error": by("ana", {"reason": REASON}, form_id=sent),
        "link_library_document": by("ana", {"show": True}),
        "change_storage_quota": by("ada", {"gigabytes": 20, **version}),
        "start_storage_run": by("ada", {"kind": "archive", "reason": REASON, "older_than_years": 7}),
        "sign_checklist": by("ada", {"remark": "Looked into."}, checklist="morning"),
        "run_maintenance_task": by("ada", {"reason": "After the large import."}),
        "acknowledge_system_alert": by("ada", {"note": "Mine."}),
        "add_system_alert_rule": by("ada", _watching("Another")),
        "change_system_alert_rule": by("ada", {**_watching("Disk"), **version}),
        **_incidents(by, first),
        "set_alert_webhook": by("ada", {"url": "https://93.184.215.14/hook"}),
        "send_test_alert": by("ada"),
        "drop_job": by("ada", {"reason": REASON}),
        "lift_limit": by("ada", {"reason": REASON}),
        "tell_page_loads": by("ana", {"seconds": [0.4]}),
        "start_backup": by("ada"),
        "start_drill": by("ada"),
        "begin_upload": by("ana", {"bucket": "client-documents", "file_name": "Intake.txt", "size": 4}),
        "link_document": by("ana", {"show": True}),
        "begin_emergency_access": by(
            "sam", {"medical_record_number": "MS000003", "date_of_birth": "1990-05-17", "reason": REASON}
        ),
        "review_emergency_access": by("ada", {"outcome": "concern", "note": "Talk about it."}),
        "begin_note": by("ana", {"client_id": str(CLEO), "service_date": _day(2), "note_format": "DAP"}),
        "save_draft": by("ana", _draft()),
        "write_psychotherapy_note": by("ana", {"id": str(uuid4()), "client_id": str(CLEO), "text": "For me"}),
        "change_psychotherapy_note": by("ana", {"about_date": "2026-01-02", "text": "For me", **version}),
        "report_incident": by("ana", {"severity": "low", "description": "Something odd", "person": fay}),
        "take_step": by("ada", {"step": "investigating", "note": "Looking"}),
        "add_alert_rule": by("ada", _rule()),
        "change_alert_rule": by("ada", _rule(**version)),
        "assign_supervisor": by("ada", {"supervisee_id": ana, "supervisor_id": sam}),
        "add_user": by("ada", _user(email="una@example.org", roles=["clinician"])),
        "change_user": by("ada", _user(email="ash@example.org"), user_id=ash),
        "set_user_roles": by("ada", {"roles": ["front_desk", "billing"], "reason": REASON}, user_id=fay),
        "connect_provider": by(
            "ada", {"sender": "office@here.example", "key": "re_1", "signing_secret": "whsec_eA=="}, provider="resend"
        ),
        "add_notification_rule": by("ada", _telling()),
        "change_notification_rule": by("ada", _telling(**version), rule_id=told),
        "switch_notification_rule": by("ada", {"is_active": False, **version}, rule_id=told),
        "remove_notification_rule": by("ada", rule_id=removed),
        "preview_notification_rule": by("ada", _telling()),
        "try_notification_rule": by("ada", _telling()),
        "rehearse_notification_rule": by("ada", _telling()),
        "save_message_wording": by("ada", {**_wording(), "version": 0}),
        "preview_message_wording": by("ada", _wording()),
        "try_message_wording": by("ada", _wording()),
        "save_mail_settings": by(
            "ada", {"version": 0, "sender_name": "Here", "footer": "12 Elm Street", "accent_color": "#005c5c"}
        ),
        "preview_mail_look": by("ada", {"accent_color": "#005c5c", "footer": "12 Elm Street"}),
        "try_mail_look": by("ada"),
        "add_mail_logo": Good("ada", {}, first, picture(), "a.png"),
        "read_all_notifications": by("ana", {"until": clock.now().isoformat()}),
        "send_test_message": by("ada", {"email": "ana@example.org", "phone": ""}),
        "change_sign_in_rules": by("ada", {"password_max_age_days": 90, "sessions_per_person": 5, **version}),
        "deactivate_user": by("ada", {"reason": REASON}, user_id=fay),
        "reset_user_factors": by("ada", {"reason": REASON}, user_id=fay),
    }
