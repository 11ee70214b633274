"""Notification rules over HTTP: administrators' alone."""

from datetime import timedelta

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.people.models import Profile
from tests.cast import CLEO, ID, NOW, actor
from tests.http import refused
from tests.mail import delivered

from .ruling import add, rule, run, sign, silence, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_a_rule_is_added_changed_switched_and_removed_and_each_is_written_down(http):
    ada = http("ada")
    made = add(http, conditions=[{"field": "version", "operator": "greater_than", "value": "1"}])
    path = f"/notification-rules/{made['id']}"
    changed = ada.call("put", path, made | {"rule_name": "Another", "timing_type": "Scheduled", "timing_at": "08:30"})
    assert (changed.json()["rule_name"], changed.json()["timing_at"]) == ("Another", "08:30")
    assert refused(ada.call("put", path, made), 409, "rule_changed_elsewhere")
    assert refused(ada.call("put", f"{path}/switch", {"version": 1, "is_active": False}), 409)
    assert ada.call("put", f"{path}/switch", {"version": 2, "is_active": False}).json()["is_active"] is False
    assert ada.call("delete", path).status_code == 204
    gone = (
        ada.call("delete", path),
        ada.call("put", path, made),
        ada.call("put", f"{path}/switch", {"version": 3, "is_active": True}),
    )
    for again in gone:
        assert refused(again, 404)
    with acting_as(actor("ada")):
        events = AuditLog.objects.filter(event__startswith="rule.").order_by("created_at")
        names = {"rule.added", "rule.changed", "rule.switched", "rule.removed"}
        assert set(events.values_list("event", flat=True)) == names


def test_nobody_but_administrators_and_nobody_next_door(http):
    made = add(http)
    path = f"/notification-rules/{made['id']}"
    for name in ("ana", "sam", "bea", "fay", "otto"):
        browser = http(name)
        assert refused(browser.call("get", "/notification-rules"), 404)
        assert refused(browser.call("post", "/notification-rules", rule()), 403)
        for what in ("previews", "tests", "rehearsals"):
            assert refused(browser.call("post", f"/notification-rule-{what}", rule()), 403)
        assert browser.call("put", path, made).status_code in (403, 404)
        assert browser.call("delete", path).status_code in (403, 404)
    olga = http("olga")
    assert olga.read("/notification-rules") == []
    assert refused(olga.call("put", path, made), 404)
    assert refused(olga.call("put", f"{path}/switch", {"version": 1, "is_active": False}), 404)
    assert refused(olga.call("delete", path), 404)
    assert http("ada").read("/notification-rules")[0]["version"] == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"message_subject": "{client_name}"}, "message_subject"),
        ({"message_subject": ""}, "message_subject"),
        ({"message_template": "{score}"}, "message_template"),
        ({"message_template": "x" * 301, "rule_type": "SMS"}, "message_template"),
        ({"conditions": [{"field": "score", "operator": "equals", "value": "1"}]}, "conditions"),
        ({"recipient_type": "Client"}, "recipient_type"),
        ({"recipient_type": "Role", "recipients": ["client"]}, "recipients"),
        ({"recipient_type": "Role", "recipients": []}, "recipients"),
        ({"recipient_type": "Specific User", "recipients": [str(CLEO)]}, "recipients"),
        ({"recipient_type": "Specific User", "recipients": [str(ID["otto"])]}, "recipients"),
        ({"recipient_type": "Specific User", "recipients": ["ana"]}, "recipients"),
        ({"recipients": [str(ID["ana"])]}, "recipients"),
        ({"timing_type": "Before Event", "timing_offset": 1}, "timing_type"),
        ({"timing_type": "After Event"}, "timing_offset"),
        ({"timing_type": "Scheduled"}, "timing_at"),
        ({"send_repeatedly": True, "repeat_interval": 1, "max_repeats": 1}, "repeat_interval"),
        ({"max_repeats": 1}, "repeat_interval"),
    ],
)
def test_what_cannot_be_a_rule_names_its_field(http, more, field):
    answer = http("ada").call("post", "/notification-rules", rule() | more)
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize("trigger", ["Note Locked", "Payment Due", "Other", "Insurance Expiring", "Nothing"])
def test_a_trigger_whose_cause_does_not_exist_is_not_taken(http, trigger):
    assert refused(http("ada").call("post", "/notification-rules", rule(trigger)), 422, "malformed")


def test_a_client_has_no_bell(http):
    more = {"recipient_type": "Client", "timing_type": "Before Event", "timing_offset": 2}
    answer = http("ada").call("post", "/notification-rules", rule("Appointment Reminder", **more))
    assert list(answer.json()["fields"]) == ["recipient_type"]


def test_what_can_be_chosen_is_what_is_taken(http):
    """Every trigger, timing and recipient the API offers makes a rule."""
    for trigger in http("ada").read("/notification-triggers"):
        for timing in trigger["timings"]:
            for kind in trigger["recipient_types"]:
                chosen = {"Role": ["billing"], "Specific User": [str(ID["bea"])]}.get(kind, [])
                more = {"timing_type": timing, "recipient_type": kind, "recipients": chosen, "rule_type": "Email"}
                when = {"timing_offset": 1, "timing_at": "09:00"}
                said = {"message_template": " ".join(f"{{{name}}}" for name in trigger["fields"])}
                said["message_subject"] = " ".join(f"{{{name}}}" for name in trigger["subject_fields"])
                body = rule(trigger["trigger_event"], **more, **when, **said)
                assert http("ada").call("post", "/notification-rules", body).status_code == 201, body


def test_a_preview_says_by_channel_what_a_reader_gets(http):
    said = {"message_subject": "From {uploader_name}", "message_template": "About {client_name} {{braces}}"}
    shown = http("ada").call("post", "/notification-rule-previews", rule(rule_type="All", **said)).json()
    assert [(one["channel"], one["subject"]) for one in shown] == [
        ("Dashboard Alert", "From Fay Lindqvist"),
        ("Email", "From Fay Lindqvist"),
        ("SMS", ""),
    ]
    assert [one["text"] for one in shown] == [
        "About Robin Vale {braces}",
        "About a client {braces}\n\n[where it is]",
        "About a client {braces}",
    ]
    client = {"recipient_type": "Client", "timing_type": "Before Event", "timing_offset": 2, "rule_type": "All"}
    body = rule("Appointment Reminder", message_template="Hello {client_name}", **client)
    shown = http("ada").call("post", "/notification-rule-previews", body).json()
    assert [one["text"] for one in shown] == ["Hello Robin", "Hello Robin Reply STOP to end."]
    wrong = http("ada").call("post", "/notification-rule-previews", rule(message_template="{x}"))
    assert list(wrong.json()["fields"]) == ["message_template"]


def test_one_sends_it_to_oneself(http):
    body = rule(rule_type="All", message_template="About {client_name}")
    ada = http("ada")
    assert ada.call("post", "/notification-rule-tests", body).status_code == 204
    (letter,) = [one for one in delivered("ada@example.org") if one.subject == "Look at this"]
    assert "About a client" in letter.body
    (row,) = ada.read("/notifications")["items"]
    assert (row["text"], row["about_type"]) == ("About Robin Vale", "rules")
    assert refused(ada.call("post", "/notification-rule-tests", rule(rule_type="SMS")), 409, "no_such_address")
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ada"]).update(phone_number="(518) 555-0100")
    assert ada.call("post", "/notification-rule-tests", rule(rule_type="SMS")).status_code == 204


def test_a_rehearsal_says_whom_it_would_have_told_and_tells_nobody(http):
    silence()
    body = {"client_id": CLEO, "starts_at": NOW + timedelta(hours=1), "ends_at": NOW + timedelta(hours=2)}
    row = http("ana").call("post", "/appointments", body).json()["appointment"]
    ada = http("ada")
    overdue = rule("Note Overdue")
    assert ada.call("post", "/notification-rule-rehearsals", overdue).json() == {"items": [], "count": 0}
    with clock.frozen(NOW + timedelta(days=6)):
        sign(row["id"])
        ada = http("ada")
        answer = ada.call("post", "/notification-rule-rehearsals", overdue).json()
        assert answer["count"] == 1
        assert answer["items"] == [{"at": "2026-03-06T05:00:00Z", "readers": ["Ana Cast"]}], "it was late, then"
        nobody = overdue | {"conditions": [{"field": "appointment_type", "operator": "equals", "value": "Crisis"}]}
        assert ada.call("post", "/notification-rule-rehearsals", nobody).json()["count"] == 0
        run()
    assert told("ana") == []


def test_a_rule_counts_what_it_has_told(http):
    run()
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ash"]).update(license_expiration_date=NOW.date() + timedelta(days=20))
    run()
    rows = {row["rule_name"]: row for row in http("ada").read("/notification-rules")}
    found = rows["Somebody's license expires in 60 days"]
    assert (found["execution_count"], found["last_executed_at"]) == (2, "2026-03-02T15:00:00Z"), "Ada and Mia"
    assert [title for title, _, _ in told("ash")] == ["Your license expires on March 22, 2026"]
