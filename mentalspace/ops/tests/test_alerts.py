"""Alerts from beginning to end: opened once, escalated, taken on, resolved by themselves, told and no more."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import AuditLog
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.notify import delivery
from mentalspace.notify.models import SMS, Notification, StaffNotification
from mentalspace.ops.alerts import defaults, observing
from mentalspace.ops.alerts.models import SystemAlert, SystemAlertLine, SystemAlertRule
from mentalspace.ops.checks import running
from mentalspace.ops.checks.registry import CHECKS, Finding
from mentalspace.ops.metrics import collecting
from mentalspace.ops.metrics.rules import BOUNDS, Reading, State
from mentalspace.ops.tests.alerting import OURS, alerts, at_minute, change_rule, evaluate, history, stand
from mentalspace.people.models import Profile
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, NEXT_DOOR, NOW, actor
from tests.mail import delivered

__all__ = ["stand"]

pytestmark = pytest.mark.django_db


def rung(who):
    with acting_as(actor(who)):
        of_alerts = StaffNotification.objects.filter(kind__startswith="operations.alert")
        return list(of_alerts.order_by("created_at", "id").values_list("kind", flat=True))


def raised(at, kind="backup_overdue"):
    with clock.frozen(at), following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
        raise_incident(kind=kind, severity="critical", description="No backup.", resource_type="backup")


def subjects(mails):
    return [mail.subject for mail in mails]


def texts():
    with acting_as(OURS):
        return list(Notification.objects.filter(notification_type=SMS))


def test_what_is_bad_is_told_once_however_often_it_is_seen(stand):
    stand.sees(0, disk="bad")
    stand.sees(1, disk="bad")
    stand.sees(2, disk="bad")
    (alert,) = alerts()
    assert (alert.stage, alert.severity, alert.count, alert.last_at) == (
        "open",
        "critical",
        3,
        NOW + timedelta(minutes=2),
    )
    with at_minute(2):
        (ada,) = [mail for mail in delivered() if mail.to == ["ada@example.org"]]
    assert ada.subject == "MentalSpace needs you"
    assert "Disk. It is bad." in ada.body
    assert "Put disk right." in ada.body
    assert rung("ada") == ["operations.alert_opened"]
    assert rung("ana") == []
    assert history() == ["opened"]


def test_it_must_hold_for_as_long_as_the_rule_says(stand):
    stand.sees(0, kind="metric", api_response="bad")
    stand.sees(9, kind="metric", api_response="bad")
    assert alerts() == []
    stand.sees(10, kind="metric", api_response="bad")
    assert alerts()[0].since == NOW
    stand.sees(11, kind="metric", api_response="good", page_load="bad")
    stand.sees(12, kind="metric", page_load="good")
    stand.sees(30, kind="metric", page_load="bad")
    assert len(alerts()) == 1, "what was over in between begins anew"


def test_a_warning_is_not_told_of_what_is_told_as_critical(stand):
    stand.sees(0, kind="metric", api_response="bad")
    stand.sees(10, kind="metric", api_response="bad")
    for minute in (20, 40, 71):
        stand.sees(minute, kind="metric", api_response="bad")
    assert [alert.severity for alert in alerts()] == ["critical"]
    change_rule("metrics_critical", is_active=False)
    stand.sees(72, kind="metric", api_response="attention")
    for minute in (85, 98, 111, 124, 137):
        stand.sees(minute, kind="metric", api_response="attention")
    assert [(alert.severity, alert.stage) for alert in alerts()] == [("critical", "resolved"), ("warning", "open")]


def test_what_is_not_known_neither_resolves_nor_is_passed_over(stand):
    stand.sees(0, disk="bad")
    for minute in (5, 15, 25, 34):
        stand.sees(minute, disk="unknown")
    assert [alert.stage for alert in alerts()] == ["open"]
    assert alerts()[0].unknown_since == NOW + timedelta(minutes=5)
    stand.sees(35, disk="unknown")
    assert [(alert.rule.name, alert.stage) for alert in alerts()] == [
        ("A check is not good", "open"),
        ("A check cannot be made", "open"),
    ]
    stand.sees(36, disk="good")
    assert alerts()[0].stage == "open", "it has only just become good"
    stand.sees(46, disk="good")
    assert {alert.stage for alert in alerts()} == {"resolved"}


def test_what_is_not_known_for_a_while_is_not_counted_as_good_and_does_not_begin_it_anew(stand):
    stand.sees(0, disk="bad")
    stand.sees(1, disk="good")
    stand.sees(7, disk="unknown")
    stand.sees(17, disk="good")
    stand.sees(20, disk="good")
    assert alerts()[0].stage == "open", "nine minutes of ten: what was not known does not count"
    stand.sees(21, disk="good")
    assert alerts()[0].stage == "resolved"


def test_it_is_resolved_when_it_was_good_for_a_while_and_told_without_waking_anybody(stand):
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ada"]).update(phone_number="518 555 0100")
    stand.sees(0, disk="bad")
    with at_minute(0):
        delivered()
    stand.sees(5, disk="good")
    stand.sees(14, disk="good")
    assert alerts()[0].stage == "open"
    stand.sees(15, disk="good")
    assert alerts()[0].stage == "resolved"
    stand.sees(16, disk="good")
    with at_minute(16):
        mails = delivered("ada@example.org")
    assert subjects(mails) == ["MentalSpace needs you", "MentalSpace is well again"]
    assert len(texts()) == 1
    assert rung("ada") == ["operations.alert_opened", "operations.alert_resolved"]
    assert history() == ["opened", "resolved"]


def test_a_flap_is_the_same_alert_and_no_new_mail(stand):
    stand.sees(0, disk="bad")
    stand.sees(5, disk="good")
    stand.sees(8, disk="bad")
    stand.sees(12, disk="good")
    assert history() == ["opened"], "it never was good for long enough"
    stand.sees(22, disk="good")
    stand.sees(30, disk="bad")
    (alert,) = alerts()
    assert (alert.stage, alert.resolved_at) == ("open", None)
    assert history() == ["opened", "resolved", "reopened"]
    with at_minute(30):
        assert len(delivered("ada@example.org")) == 1, "what was over is not told any more: it is not"
    assert rung("ada")[-1] == "operations.alert_came_back"
    stand.sees(40, disk="bad")
    with at_minute(40):
        assert subjects(delivered("ada@example.org"))[-1] == "MentalSpace still needs somebody"
    stand.sees(45, disk="good")
    stand.sees(55, disk="good")
    stand.sees(90, disk="bad")
    assert len(alerts()) == 2, "half an hour later it is another"


def test_nobody_takes_it_on_so_the_next_are_told(stand):
    mia = {"minutes": 15, "roles": [], "people": [str(ID["mia"])]}
    first = {"minutes": 0, "roles": [], "people": [str(ID["ada"])]}
    change_rule("checks_bad", steps=[first, mia])
    stand.sees(0, disk="bad")
    stand.sees(14, disk="bad")
    assert rung("mia") == []
    stand.sees(15, disk="unknown")
    assert rung("mia") == ["operations.alert_escalated"], "not to know is no reason to stop calling"
    stand.sees(60, disk="bad")
    assert history() == ["opened", "escalated"]
    with at_minute(60):
        assert subjects(delivered("mia@example.org")) == ["An incident needs you", "MentalSpace still needs somebody"]


def test_who_takes_it_on_stops_the_calls(http, stand):
    stand.sees(0, disk="bad")
    (alert,) = alerts()
    with at_minute(5):
        taken = http("ada").call("post", f"/operations/alerts/{alert.pk}/acknowledgement", {"note": "I make room."})
    assert taken.status_code == 200, taken.content
    assert (taken.json()["stage"], taken.json()["acknowledged_by"]) == ("acknowledged", "Ada Cast")
    stand.sees(31, disk="bad")
    assert history() == ["opened", "acknowledged"]
    stand.sees(40, disk="good")
    stand.sees(50, disk="good")
    assert history() == ["opened", "acknowledged", "resolved"]


def test_where_nobody_of_a_step_works_here_any_more_administrators_are_told(stand):
    change_rule("checks_bad", steps=[{"minutes": 0, "roles": [], "people": [str(uuid4())]}])
    stand.sees(0, disk="bad")
    assert rung("ada") == ["operations.alert_opened"]


def test_who_cannot_take_an_alert_on_is_told_of_none(stand):
    named = {"minutes": 0, "roles": ["front_desk"], "people": [str(ID["sam"]), str(ID["ada"])]}
    change_rule("checks_bad", steps=[named])
    stand.sees(0, disk="bad")
    assert [rung(who) for who in ("ada", "mia", "sam", "fay")] == [["operations.alert_opened"], [], [], []]


def test_a_rule_that_is_switched_off_ends_what_it_opened_quietly(stand):
    stand.sees(0, disk="bad", clock="unknown")
    change_rule("checks_bad", is_active=False)
    stand.sees(1, disk="bad")
    assert [alert.stage for alert in alerts()] == ["resolved"]
    assert rung("ada") == ["operations.alert_opened"]
    stand.sees(2, disk="bad")
    assert len(alerts()) == 1


def test_what_an_incident_tells_is_told_by_the_alert_only_when_nobody_comes(stand):
    raised(NOW - timedelta(minutes=4))
    stand.sees(0, backup="bad")
    assert rung("ada") == []
    assert [alert.stage for alert in alerts()] == ["open"]
    stand.sees(30, backup="bad")
    assert rung("ada") == ["operations.alert_escalated"]


@pytest.mark.parametrize(("kind", "hours"), [("backup_overdue", 20), ("break_glass", 0), (None, 0)])
def test_what_no_incident_has_told_is_told_by_the_alert(stand, kind, hours):
    """An incident of the same kind is raised once a day: yesterday's told nothing of today."""
    if kind:
        raised(NOW - timedelta(hours=hours), kind)
    stand.sees(0, backup="bad")
    assert rung("ada") == ["operations.alert_opened"]


def test_security_incidents_and_performance_are_no_alerts_unless_a_rule_names_them(stand):
    stand.sees(0, incidents="bad", performance="bad", alerts="bad")
    assert alerts() == []
    change_rule("checks_bad", subject="incidents")
    stand.sees(1, incidents="bad", performance="bad", alerts="bad")
    assert [alert.subject for alert in alerts()] == ["incidents"]
    assert rung("ada") == ["operations.alert_opened"]


def test_texts_wait_for_the_morning_unless_it_is_critical(stand):
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ada"]).update(phone_number="518 555 0100")
    change_rule("checks_unknown", channels=["sms"])
    night = (NOW.replace(hour=7, minute=0) - NOW) // timedelta(minutes=1)  # 2 am in New York
    stand.sees(night, disk="bad", clock="unknown")
    for minute in (10, 20, 29):
        stand.sees(night + minute, disk="bad", clock="unknown")
    stand.sees(night + 31, disk="good", clock="unknown")
    with at_minute(night + 31):
        delivery.deliver_due(OURS)
    critical, warning = sorted(texts(), key=lambda row: row.created_at)
    assert "Disk" in critical.message_content
    assert critical.sent_at
    assert not warning.sent_at
    assert warning.next_attempt_at > NOW + timedelta(minutes=night + 31)


def test_a_message_whose_alert_is_over_is_called_off(stand):
    stand.sees(0, disk="bad")
    stand.sees(5, disk="good")
    stand.sees(15, disk="good")
    with at_minute(15):
        assert subjects(delivered("ada@example.org")) == ["MentalSpace is well again"]


def test_a_message_whose_alert_was_taken_on_is_called_off(http, stand):
    stand.sees(0, disk="bad")
    (alert,) = alerts()
    with at_minute(1):
        http("mia").call("post", f"/operations/alerts/{alert.pk}/acknowledgement", {})
        assert delivered("ada@example.org") == []


def test_practices_are_apart(http, stand):
    stand.sees(0, disk="bad")
    assert http("olga").read("/operations/alerts")["items"] == []
    stand.sees(1, disk="bad", practice=system_actor(NEXT_DOOR))
    assert len(http("olga").read("/operations/alerts")["items"]) == 1
    assert len(http("ada").read("/operations/alerts")["items"]) == 1


def test_the_database_lets_one_alert_exist_for_each_rule_and_subject(stand):
    stand.sees(0, disk="bad")
    (alert,) = alerts()
    with acting_as(OURS), pytest.raises(IntegrityError, match="system_alert_once"), transaction.atomic():
        SystemAlert.objects.create(
            practice_id=HERE, rule=alert.rule, kind="check", subject="disk", severity="warning", title="x", says="x",
            since=NOW, last_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE system_alert_lines SET note = 'x'",
        "DELETE FROM system_alert_lines",
        "UPDATE system_alerts SET subject = 'x'",
        "UPDATE system_alerts SET stage = 'pending', opened_at = null",
        "UPDATE system_alerts SET opened_at = opened_at - interval '1 day'",
        "DELETE FROM system_alerts",
    ],
)
@pytest.mark.parametrize("who", ["sys", "ada"])
def test_history_stays_as_it_is_whoever_asks(stand, change, who):
    stand.sees(0, disk="bad")
    stand.sees(5, disk="good")
    stand.sees(15, disk="good")
    before = alerts()[0]
    asking = OURS if who == "sys" else actor("ada")
    try:
        with acting_as(asking), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
            assert cursor.rowcount == 0
    except DatabaseError:
        pass
    after = alerts()[0]
    assert (after.subject, after.stage, after.opened_at) == (before.subject, before.stage, before.opened_at)
    assert history() == ["opened", "resolved"]


def test_opening_and_resolving_are_in_the_trail(stand):
    stand.sees(0, disk="bad")
    stand.sees(5, disk="good")
    stand.sees(15, disk="good")
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event__startswith="system_alert.").count() == 2


def _found(finding, by, now):
    return finding


def test_checks_that_are_made_and_metrics_that_are_measured(monkeypatch, stopped_clock):
    """Everything together: real checks, real points."""
    for name, each in CHECKS.items():
        state = State.BAD if name == "disk" else State.GOOD
        found = Finding(state, "So it is.")
        monkeypatch.setitem(CHECKS, name, replace(each, make=partial(_found, found)))
    running.run_all(OURS)
    slow = (0,) * len(BOUNDS) + (30,)
    for minute in range(12):
        at = NOW + timedelta(minutes=minute)
        with clock.frozen(at), acting_as(OURS):
            collecting.write(OURS, at, {"api": Reading(30, 0, 400.0, slow), "uptime": Reading(1)})
            evaluate()
    assert [(alert.kind, alert.subject) for alert in alerts()] == [("check", "disk"), ("metric", "api_response")]
    assert alerts()[1].says == "Nineteen of twenty answers within: 10 s. Target 500 ms, critical 2 s."


def test_a_few_measurements_are_no_figure(stopped_clock):
    slow = (0,) * len(BOUNDS) + (3,)
    with acting_as(OURS):
        collecting.write(OURS, NOW, {"api": Reading(3, 3, 40.0, slow)})
        seen = {each.subject: each for each in observing.look(NOW)}
    assert seen["api_response"].state is State.UNKNOWN
    assert seen["error_rate"].says == "Too little was measured within five minutes to say."
    assert seen["disk"].since is None


def test_every_practice_begins_with_the_same_rules(stand):
    stand.sees(0)
    with acting_as(OURS):
        assert set(SystemAlertRule.objects.values_list("default_key", flat=True)) == set(defaults.DEFAULTS)
        defaults.ensure_rules(HERE)
        assert SystemAlertRule.objects.count() == len(defaults.DEFAULTS)
        assert SystemAlertLine.objects.count() == 0
