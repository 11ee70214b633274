"""Who commands an incident is told what concerns them, and calls go on until somebody has taken it on."""

from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.notify.models import SMS, Notification
from mentalspace.ops.tests.alerting import OURS, alerts, at_minute, stand
from mentalspace.ops.tests.test_incidents import call, change, incidents, opened, rotate, rung, timeline, told
from mentalspace.people.models import Profile
from tests.cast import ID, actor
from tests.mail import delivered

__all__ = ["stand"]

pytestmark = pytest.mark.django_db


def test_who_is_named_is_told_and_calls_go_on_until_they_take_it_on(http):
    with acting_as(actor("mia")):
        Profile.objects.filter(pk=ID["mia"]).update(phone_number="518 555 0100")
    rotate("ada", "mia")
    made = opened(http, severity="P1")
    named = change(http, made, "roles", commander=ID["mia"], communications=None, scribe=None).json()
    assert (named["commander"]["name"], named["taken_at"], rung("mia")) == ("Mia Cast", None, ["named"])
    with acting_as(OURS):
        (text,) = Notification.objects.filter(notification_type=SMS)
    assert text.kind == "operations.incident_named"
    with at_minute(2):
        assert [mail.subject for mail in delivered("mia@example.org")] == ["An incident was given to you"]
    assert call(15) == 1
    with at_minute(16):
        taken = http("mia").call("post", f"/operations/incidents/{made['id']}/command").json()
    assert taken["next_call_at"] is None
    assert call(600) == 0
    change(http, made, "roles", 20, who="mia", commander=ID["ada"], communications=None, scribe=None)
    assert rung("ada")[-1] == "named"
    assert call(600) == 0, "what is handed over was taken on"


def test_who_names_herself_takes_its_alerts_on(stand, http):
    stand.sees(0, disk="bad")
    (made,) = incidents()
    change(http, {"id": made.pk}, "roles", commander=ID["ada"], communications=None, scribe=None)
    assert [alert.stage for alert in alerts()] == ["acknowledged"]
    assert timeline().count("role") == 1


def test_whoever_has_an_action_item_hears_of_it(http):
    made = opened(http)
    item = {"id": str(uuid4()), "what": "Watch it", "assignee": ID["mia"], "due_on": "2026-03-03"}
    with at_minute(1):
        http("ada").call("post", f"/operations/incidents/{made['id']}/action-items", item)
        of = f"/operations/incident-action-items/{item.pop('id')}"
        http("mia").call("put", of, {"version": 1, **item, "is_done": False, "what": "Watch it well"})
        assert rung("mia")[-1:] == ["action_item"]
        http("mia").call("put", of, {"version": 2, **item, "is_done": False, "assignee": ID["ada"]})
    assert rung("ada")[-1:] == ["action_item"]
    assert rung("mia").count("action_item") == 1


def test_who_commands_hears_that_it_has_become_graver(http):
    rotate("ada", "mia")
    made = opened(http)
    with at_minute(1):
        http("mia").call("post", f"/operations/incidents/{made['id']}/command")
    change(http, made, "severity", 2, severity="P1", reason="More printers.")
    assert told()[-1] == {"ada", "mia"}
    with at_minute(3):
        assert [mail.subject for mail in delivered("mia@example.org")] == ["An incident has become graver"]


def test_that_nobody_has_come_is_not_said_of_a_p0_somebody_has_taken(http):
    made = opened(http, severity="P0")
    assert call(5) == 1
    with at_minute(5):
        http("ada").call("post", f"/operations/incidents/{made['id']}/command")
        assert [mail.subject for mail in delivered("mia@example.org")] == ["An incident needs you"]
