"""Incidents from beginning to end: opened once, called for in time, taken on, looked back on, closed."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import AuditLog
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.notify.models import SMS, Notification, StaffNotification
from mentalspace.ops import jobs
from mentalspace.ops.alerts.models import SystemAlert
from mentalspace.ops.checks import running
from mentalspace.ops.checks.registry import CHECKS
from mentalspace.ops.incidents import calling, defaults, joining
from mentalspace.ops.incidents.models import IncidentRule, OnCallRotation, OperationsIncident, OperationsIncidentLine
from mentalspace.ops.tests.alerting import OURS, alerts, at_minute, change_rule, stand
from mentalspace.people.models import Profile
from tests.cast import HERE, ID, NOW, actor
from tests.http import refused
from tests.mail import delivered

__all__ = ["running", "stand"]  # importing the checks registers them

pytestmark = pytest.mark.django_db


ORDER = ["opened", "told", "linked", "severity", "role", "status", "alert"]


def incidents(**found):
    with acting_as(OURS), transaction.atomic():
        return list(OperationsIncident.objects.filter(**found).order_by("serial"))


def timeline():
    """What happened, in order; at one moment of a clock that stands still, in that of `Happened`."""
    with acting_as(OURS), transaction.atomic():
        lines = OperationsIncidentLine.objects.values_list("created_at", "happened")
        return [happened for _, happened in sorted(lines, key=lambda line: (line[0], ORDER.index(line[1])))]


def told():
    """Who was called, in order: a set of names for each call."""
    with acting_as(OURS), transaction.atomic():
        lines = OperationsIncidentLine.objects.filter(happened="told").order_by("created_at", "id")
        return [{name for name in ("ada", "mia") if ID[name] in line.people} for line in lines]


def rung(who):
    with acting_as(actor(who)):
        rows = StaffNotification.objects.filter(kind__startswith="operations.incident").order_by("created_at", "id")
        return [kind.removeprefix("operations.incident_") for kind in rows.values_list("kind", flat=True)]


def call(at):
    with at_minute(at), following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
        return calling.call_due(OURS)


def raised(severity, kind="odd", description="Something odd"):
    with following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
        return raise_incident(kind=kind, severity=severity, description=description)


def join(at=0):
    with at_minute(at), following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
        return joining.open_for_security_incidents(OURS)


def rotate(*people):
    """A week each, from the Monday of the tests."""
    row = OnCallRotation(practice_id=HERE, people=[ID[who] for who in people])
    row.starts_on, row.hands_over = date(2026, 3, 2), time(0)
    with acting_as(actor("ada")):
        row.save(force_insert=True)


def opened(http, who="ada", at=0, **more):
    with at_minute(at):
        body = {"id": uuid4(), "title": "The printer is slow", "severity": "P2"} | more
        answer = http(who).call("post", "/operations/incidents", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def change(http, incident, what, at=1, who="ada", **body):
    with at_minute(at):
        version = http(who).read(f"/operations/incidents/{incident['id']}")["version"]
        return http(who).call("put", f"/operations/incidents/{incident['id']}/{what}", {"version": version, **body})


def test_numbers_count_up_in_each_practice_and_year(http):
    first = opened(http)
    assert first["number"] == "INC-2026-0001"
    body = {"id": first["id"], "title": "The printer is slow", "severity": "P2"}
    with at_minute(1):
        again = http("ada").call("post", "/operations/incidents", body).json()
    assert again["number"] == "INC-2026-0001", "a double click is one incident"
    assert refused(http("ada").call("post", "/operations/incidents", body | {"severity": "P9"}), 422)
    assert opened(http, "mia")["number"] == "INC-2026-0002"
    assert opened(http, "olga")["number"] == "INC-2026-0001"
    assert opened(http, at=305 * 24 * 60)["number"] == "INC-2027-0001"


def test_whoever_is_on_call_is_told_then_the_next_then_everybody(http):
    rotate("mia", "ada")
    made = opened(http)
    assert made["due_at"] == "2026-03-02T19:00:00Z"
    assert told() == [{"mia"}]
    assert call(239) == 0
    assert call(240) == 1
    assert call(241) == 0, "once for each call"
    assert call(480) == 1
    assert call(5000) == 0
    assert told() == [{"mia"}, {"ada"}, {"ada", "mia"}]
    assert rung("mia") == ["opened", "waiting"]
    with at_minute(480):
        assert [mail.subject for mail in delivered("mia@example.org")] == [
            "An incident needs you",
            "An incident still needs somebody",
        ]


def test_without_a_rotation_everybody_who_runs_operations_is_on_call(http):
    opened(http)
    assert told() == [{"ada", "mia"}]
    assert rung("ana") == []


def test_who_left_is_not_called(http):
    rotate("sam", "mia")
    opened(http)
    assert told() == [{"ada", "mia"}], "Sam runs no operations any more"


def test_calls_that_came_while_no_worker_ran_are_one(http):
    opened(http, severity="P0")
    assert call(60) == 1
    assert call(61) == 0
    assert len(told()) == 2


def test_somebody_takes_it_on_and_nobody_further_is_called(http):
    made = opened(http)
    path = f"/operations/incidents/{made['id']}/command"
    with at_minute(3):
        taken = http("mia").call("post", path).json()
        assert taken["commander"]["name"] == "Mia Cast"
        assert http("mia").call("post", path).status_code == 200, "twice is once"
        assert refused(http("ada").call("post", path), 409, "already_taken")
        assert delivered("ada@example.org") == [], "what was not sent yet is called off"
    assert call(600) == 0
    assert timeline() == ["opened", "told", "role"]


def test_a_critical_alert_opens_one_and_tells_nobody_twice(stand, http):
    stand.sees(0, disk="bad")
    (made,) = incidents()
    assert (made.severity, made.source, made.is_automatic, made.title) == ("P1", "alert", True, "Disk: It is bad.")
    assert timeline() == ["opened", "told", "linked"]
    assert rung("ada") == []
    with at_minute(0):
        assert [mail.subject for mail in delivered("ada@example.org")] == ["MentalSpace needs you"]
    assert call(15) == 1
    assert rung("ada") == ["waiting"]


def test_a_webhook_alone_has_told_nobody(stand):
    change_rule("checks_bad", channels=["webhook"])
    stand.sees(0, disk="bad")
    assert rung("ada") == ["opened"]


def test_a_rule_that_texts_has_told_whoever_has_a_number(stand):
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ada"]).update(phone_number="518 555 0100")
    change_rule("checks_bad", channels=["sms"])
    stand.sees(0, disk="bad")
    assert (rung("ada"), rung("mia")) == ([], ["opened"])


def test_a_low_security_incident_has_told_nobody(stopped_clock):
    with acting_as(OURS), transaction.atomic():
        defaults.ensure_rules(HERE)
    with acting_as(actor("ada")):
        IncidentRule.objects.filter(source="security_incident", grade="low").update(opens="P2")
    raised("low")
    join()
    assert rung("ada") == ["opened"]


def fails(*_, **__):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_alerts_go_on_where_incidents_fail(stand, monkeypatch):
    monkeypatch.setattr(joining, "open_incident", fails)
    stand.sees(0, disk="bad")
    stand.sees(1, disk="bad", clock="unknown")
    assert [alert.stage for alert in alerts(subject="disk")] == ["open"]
    assert incidents() == []


def test_calls_are_made_where_the_rest_fails(http, monkeypatch):
    opened(http, severity="P0")
    monkeypatch.setattr(joining, "open_for_security_incidents", fails)
    with at_minute(5), following(Trail(name="The system")), pytest.raises(ExceptionGroup, match="1 part"):
        jobs.call_for_incidents(OURS)
    assert rung("mia") == ["opened", "waiting"]


def test_what_has_not_held_yet_is_nobodys_incident(http, stand):
    stand.sees(0, kind="metric", page_load="attention")
    with acting_as(OURS), transaction.atomic():
        pending = SystemAlert.objects.get(stage="pending")
    body = {"id": uuid4(), "severity": "P3", "title": "", "alert_id": pending.pk}
    assert refused(http("ada").call("post", "/operations/incidents", body), 404)


def test_health_is_a_p0_and_a_warning_none(stand):
    for minute in (0, 10, 20, 30):
        stand.sees(minute, health="bad", clock="unknown")
    assert [one.severity for one in incidents()] == ["P0"]
    assert len(alerts()) == 2


def test_a_storm_of_alerts_is_one_incident_as_grave_as_the_gravest(stand):
    stand.sees(0, disk="bad")
    stand.sees(5, disk="bad", messages="bad", health="bad")
    (made,) = incidents()
    assert made.severity == "P0"
    assert timeline().count("linked") == 3
    assert timeline().count("severity") == 1
    stand.sees(36, disk="bad", messages="bad", health="bad", storage="bad")
    assert len(incidents()) == 2, "half an hour later it is another"


def test_an_alert_that_ends_and_comes_back_says_so_and_opens_nothing(stand):
    stand.sees(0, disk="bad")
    stand.sees(5, disk="good")
    stand.sees(15, disk="good")
    stand.sees(20, disk="bad")
    (made,) = incidents()
    assert made.status == "triage", "whether it is over is for people to say"
    assert timeline() == ["opened", "told", "linked", "alert", "alert"]


def test_who_takes_the_incident_on_takes_its_alerts_on(stand, http):
    stand.sees(0, disk="bad")
    (made,) = incidents()
    with at_minute(2):
        assert http("ada").call("post", f"/operations/incidents/{made.pk}/command").status_code == 200
    assert [(alert.stage, alert.note) for alert in alerts()] == [("acknowledged", "By INC-2026-0001.")]


def test_who_takes_the_alert_on_takes_its_incident_on(stand, http):
    stand.sees(0, disk="bad")
    with at_minute(2):
        http("mia").call("post", f"/operations/alerts/{alerts()[0].pk}/acknowledgement", {})
    (made,) = incidents()
    assert (made.commander, made.next_call_at) == (ID["mia"], None)


def test_who_takes_on_an_alert_that_only_joined_takes_on_that_alone(stand, http):
    stand.sees(0, disk="bad")
    stand.sees(5, messages="bad")
    (joined,) = alerts(subject="messages")
    with at_minute(6):
        http("mia").call("post", f"/operations/alerts/{joined.pk}/acknowledgement", {})
    (made,) = incidents()
    assert (made.commander, made.taken_at) == (None, None)


@pytest.mark.parametrize(("severity", "opens"), [("critical", "P0"), ("high", "P1"), ("medium", None), ("low", None)])
def test_a_grave_security_incident_opens_one_and_its_people_hear_once(stopped_clock, severity, opens):
    about = raised(severity)
    join()
    join(1)
    assert [one.severity for one in incidents()] == ([opens] if opens else [])
    assert rung("ada") == [], "the security incident tells them"
    assert opens is None or incidents()[0].title == about.description


def test_an_emergency_access_is_reviewed_elsewhere(stopped_clock):
    raised("high", kind="emergency_access")
    join()
    assert incidents() == []


def test_what_somebody_reported_does_not_go_into_a_mail(http, stopped_clock):
    raised("high", kind="reported", description="Cleo's chart was printed")
    join()
    (made,) = incidents()
    assert "Cleo" not in made.title
    opened(http, title="Cleo's chart was printed", severity="P0")
    assert all("Cleo" not in f"{mail.subject} {mail.body}" for mail in delivered())


def test_a_backup_that_is_told_twice_is_one_incident(stand, stopped_clock):
    raised("critical", kind="backup_overdue")
    stand.sees(1, backup="bad")
    join(2)
    (made,) = incidents()
    assert made.source == "security_incident"
    assert timeline().count("linked") == 2


def test_what_opens_by_itself_can_be_said(http, stand):
    stand.sees(0)
    stand.sees(1, clock="bad")
    assert len(incidents()) == 1
    ada = http("ada")
    rule = next(
        each
        for each in ada.read("/operations/incident-rules")
        if (each["source"], each["grade"], each["subject"]) == ("alert", "critical", "")
    )
    path = f"/operations/incident-rules/{rule['id']}"
    assert ada.call("put", path, {"version": 1, "opens": ""}).status_code == 200
    assert refused(http("mia").call("put", path, {"version": 1, "opens": "P3"}), 409, "changed_elsewhere")
    stand.sees(100, storage="bad")
    assert len(incidents()) == 1


def test_texts_go_for_p0_and_p1_alone(http):
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ada"]).update(phone_number="518 555 0100")
    opened(http, "mia", severity="P2")
    opened(http, "mia", severity="P1")
    with acting_as(OURS):
        (text,) = Notification.objects.filter(notification_type=SMS)
    assert "P1 INC-2026-0002" in text.message_content
    assert "printer" not in text.message_content, "what a person wrote may name a client"


def test_from_triage_to_closed(http):
    made = opened(http, severity="P1")
    assert refused(change(http, made, "status", status="closed"), 409, "cannot_follow")
    assert change(http, made, "status", status="identified").json()["commander"]["name"] == "Ada Cast"
    resolved = change(http, made, "status", 10, status="resolved", note="Restarted it.").json()
    assert resolved["post_mortem_due_at"] == "2026-03-04T15:10:00Z"
    assert refused(change(http, made, "status", 11, status="closed"), 409, "post_mortem_missing")
    path = f"/operations/incidents/{made['id']}/post-mortem"
    ada = http("ada")
    with at_minute(12):
        draft = {"version": None, "summary": "It was slow.", "impact": "Nobody could print."}
        assert ada.call("put", path, draft).status_code == 200
        assert refused(http("mia").call("put", path, draft), 409, "changed_elsewhere")
        assert refused(ada.call("post", f"{path}/publication", {"version": 1}), 422)
        saved = ada.call("put", path, draft | {"version": 1, "root_cause": "A full disk."}).json()["post_mortem"]
        assert saved["version"] == 2
        published = ada.call("post", f"{path}/publication", {"version": 2}).json()
        assert published["post_mortem"]["published_by"] == "Ada Cast"
        assert refused(ada.call("put", path, draft | {"version": 3}), 409, "post_mortem_published")
    assert change(http, made, "status", 13, status="closed").json()["status"] == "closed"
    note = {"id": uuid4(), "note": "Once more"}
    assert refused(ada.call("post", f"/operations/incidents/{made['id']}/notes", note), 409, "incident_closed")


def test_what_was_grave_is_not_closed_as_something_less(http):
    made = opened(http, severity="P1")
    change(http, made, "status", status="resolved")
    assert refused(change(http, made, "severity", 2, severity="P2", reason="To be done with it"), 409, "stays_grave")
    for values in ("severity = 'P3'", "severity = 'P3', status = 'closed', closed_at = now()"):
        _tries(f"UPDATE operations_incidents SET {values}", actor("ada"))
    assert [(one.severity, one.status) for one in incidents()] == [("P1", "resolved")]
    change(http, made, "status", 3, status="investigating")
    assert change(http, made, "severity", 4, severity="P2", reason="One printer").json()["severity"] == "P2"


@pytest.mark.parametrize(
    "more",
    [
        {"status": "resolved"},
        {"commander": ID["ada"]},
        *({name: NOW} for name in ("taken_at", "resolved_at", "closed_at", "post_mortem_due_at", "post_mortem_at")),
    ],
)
def test_an_incident_begins_at_its_beginning(db, more):
    moments = dict.fromkeys(("detected_at", "clock_at", "due_at"), NOW)
    row = OperationsIncident(
        practice_id=HERE, opened_by=ID["ada"], title="x", severity="P2", source="person", **moments
    )
    for name, value in more.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError, match="begins with triage"), acting_as(actor("ada")), transaction.atomic():
        row.save(force_insert=True)


def test_a_p2_needs_no_post_mortem(http):
    made = opened(http)
    assert change(http, made, "status", status="resolved").json()["post_mortem_due_at"] is None
    assert change(http, made, "status", status="closed").json()["status"] == "closed"


def test_what_is_resolved_may_turn_out_not_to_be(http):
    made = opened(http, severity="P1")
    change(http, made, "status", status="resolved")
    again = change(http, made, "status", status="investigating").json()
    assert (again["resolved_at"], again["post_mortem_due_at"]) == (None, None)


def test_how_grave_it_is_may_change_and_the_clock_begins_anew(http):
    rotate("mia", "ada")
    made = opened(http)
    graver = change(http, made, "severity", 60, severity="P0", reason="Nobody can sign in.").json()
    assert graver["due_at"] == "2026-03-02T16:05:00Z"
    assert told()[-1] == {"ada", "mia"}
    less = change(http, made, "severity", 61, severity="P3", reason="It was one browser.").json()
    assert less["due_at"] == "2026-03-03T16:01:00Z"
    assert [(line["before"], line["after"]) for line in less["lines"] if line["happened"] == "severity"] == [
        ("P2", "P0"),
        ("P0", "P3"),
    ]
    assert refused(change(http, made, "severity", 62, severity="P3", reason="Again"), 422)


def test_roles_are_for_who_runs_operations(http):
    made = opened(http)
    some = {"commander": ID["ada"], "communications": ID["mia"], "scribe": None}
    given = change(http, made, "roles", **some).json()
    assert given["communications"]["name"] == "Mia Cast"
    assert given["next_call_at"] is None, "who names herself has taken it on"
    assert refused(change(http, made, "roles", **some | {"scribe": ID["sam"]}), 422)
    assert refused(change(http, made, "roles", **some | {"commander": None}), 422)


def test_action_items_are_late_after_their_day(http):
    made = opened(http)
    path = f"/operations/incidents/{made['id']}/action-items"
    item = {"id": str(uuid4()), "what": "Watch the printer", "assignee": ID["mia"], "due_on": "2026-03-03"}
    with at_minute(1):
        for _ in range(2):
            shown = http("ada").call("post", path, item).json()
    (kept,) = shown["action_items"]
    assert kept["assignee"]["name"] == "Mia Cast"
    day = 24 * 60
    assert summary(http, day)["late_action_items"] == 0
    assert summary(http, 2 * day)["late_action_items"] == 1
    done = {"version": 1, **item, "is_done": True}
    del done["id"]
    with at_minute(5):
        changed = http("mia").call("put", f"/operations/incident-action-items/{item['id']}", done)
        assert changed.json()["action_items"][0]["done_by"] == "Mia Cast"
        assert refused(
            http("ada").call("put", f"/operations/incident-action-items/{item['id']}", done), 409, "changed_elsewhere"
        )
    assert summary(http, 2 * day)["late_action_items"] == 0


def summary(http, at):
    with at_minute(at):
        return http("ada").read("/operations/incidents/summary")


def test_the_checklists_ask_for_incidents(http):
    def made(at):
        with at_minute(at), acting_as(OURS):
            return CHECKS["response"].make(OURS, clock.now())

    assert made(0).state == "good"
    one = opened(http, severity="P1")
    assert (made(1).state, made(1).says) == ("bad", "1 incident is open, the gravest a P1.")
    change(http, one, "status", status="resolved")
    assert made(2).state == "good"
    assert made(3 * 24 * 60).says == "1 post-mortem is overdue."


def test_opened_from_an_alert_or_a_security_incident_once(http, stand):
    stand.sees(0, kind="metric", page_load="attention")
    for minute in (15, 30, 45, 60):
        stand.sees(minute, kind="metric", page_load="attention")
    about = {"alert_id": alerts()[0].pk, "title": ""}
    made = opened(http, at=61, **about)
    assert made["title"].startswith("Page_load: ")
    assert made["links"][0]["kind"] == "alert"
    with at_minute(62):
        again = http("mia").call("post", "/operations/incidents", {"id": uuid4(), "severity": "P3", **about})
        assert refused(again, 409, "already_linked")
        assert again.json()["data"] == {"incident": made["id"]}
        raised("low")
        ada = http("ada")
        (odd,) = ada.read("/operations/incidents/linkable")["security_incidents"]
        path = f"/operations/incidents/{made['id']}/links"
        linked = ada.call("post", path, {"security_incident_id": odd["id"]})
        assert len(linked.json()["links"]) == 2
        assert refused(ada.call("post", path, {"security_incident_id": odd["id"]}), 409, "already_linked")
    assert len(incidents()) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE operations_incident_lines SET note = 'x'",
        "DELETE FROM operations_incident_lines",
        "UPDATE operations_incidents SET number = 'INC-1'",
        "DELETE FROM operations_incidents",
        "UPDATE operations_incident_links SET linked_by = practice_id",
        "UPDATE operations_incidents SET status = 'closed', resolved_at = now(), closed_at = now(), taken_at = now(),"
        " commander = opened_by, next_call_at = NULL",
    ],
)
@pytest.mark.parametrize("who", ["sys", "ada"])
def test_the_database_keeps_what_happened(stand, change, who):
    stand.sees(0, disk="bad")
    before = _kept()
    _tries(change, OURS if who == "sys" else actor("ada"))
    assert _kept() == before


def _tries(sql, by):
    try:
        with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount == 0
    except DatabaseError:
        pass


def _kept():
    (made,) = incidents()
    return made.number, made.status, timeline()


def test_what_is_published_the_database_keeps(http):
    made = opened(http, severity="P1")
    change(http, made, "status", status="resolved")
    path = f"/operations/incidents/{made['id']}/post-mortem"
    texts = {"version": None, "summary": "x", "impact": "x", "root_cause": "x"}
    with at_minute(5):
        http("ada").call("put", path, texts)
        assert http("ada").call("post", f"{path}/publication", {"version": 1}).status_code == 201
    _tries("UPDATE operations_post_mortems SET summary = 'y'", actor("ada"))
    assert http("ada").read(f"/operations/incidents/{made['id']}")["post_mortem"]["summary"] == "x"


def test_what_is_done_is_in_the_trail(http):
    made = opened(http)
    change(http, made, "severity", severity="P1", reason="It got worse.")
    with acting_as(actor("ada")):
        events = set(AuditLog.objects.filter(event__startswith="operations_incident").values_list("event", flat=True))
    assert events == {"operations_incident.opened", "operations_incident.severity_changed"}
