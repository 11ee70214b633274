"""Alerts over HTTP: who sees them, taking one on, rules, the webhook's secret, a test."""

import os
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core import mail

from mentalspace.access.actor import acting_as, current
from mentalspace.env import environment
from mentalspace.jobs import signs
from mentalspace.notify import accounts
from mentalspace.notify.models import StaffNotification
from mentalspace.ops import jobs
from mentalspace.ops.alerts import evaluating, silence
from mentalspace.ops.alerts.models import AlertWebhook, SystemAlertRule
from mentalspace.ops.tests.alerting import OURS, alerts, at_minute, stand
from tests.cast import HERE, ID, NEXT_DOOR, actor
from tests.http import refused
from tests.mail import delivered

__all__ = ["stand"]

pytestmark = pytest.mark.django_db

RULE = {
    "name": "The disk fills", "kind": "check", "subject": "disk", "condition": "attention", "severity": "warning",
    "hold_minutes": 60, "clear_minutes": 10, "channels": ["email"],
    "steps": [{"minutes": 5, "roles": ["administrator"], "people": [str(ID["mia"])]}],
}  # fmt: skip
URL = "https://127.0.0.1/hook"


@pytest.fixture(autouse=True)
def own_signs(monkeypatch, tmp_path):
    """The folder of signs: of this test alone, with nothing told in it yet."""
    monkeypatch.setattr(signs, "environment", lambda: SimpleNamespace(logs=tmp_path))
    return tmp_path


@pytest.fixture
def one(stand):
    stand.sees(0, disk="bad")
    return alerts()[0]


@pytest.fixture
def here_too(monkeypatch):
    """The installation allows webhooks on this machine."""
    import ipaddress

    from mentalspace.ops.alerts import actions

    allowed = type("Env", (), {"webhook_networks": (ipaddress.ip_network("127.0.0.0/8"),)})
    monkeypatch.setattr(actions, "environment", allowed)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "/operations/alerts", None),
        ("get", "/operations/alerts/summary", None),
        ("post", "/operations/alerts/{id}/acknowledgement", {}),
        ("get", "/operations/alert-rules", None),
        ("post", "/operations/alert-rules", RULE),
        ("put", "/operations/alert-rules/{rule}", RULE | {"version": 1}),
        ("get", "/operations/alert-webhook", None),
        ("put", "/operations/alert-webhook", {"url": URL}),
        ("delete", "/operations/alert-webhook", None),
        ("post", "/operations/alert-tests", None),
    ],
)
def test_nobody_but_administrators_finds_any_of_it(http, one, method, path, body):
    path = path.format(id=one.pk, rule=one.rule_id)
    for who in ("ana", "sam", "bea", "fay", "otto"):
        assert refused(http(who).call(method, path, body), 404)
    if "{" in path or ("/alerts/" in path and method == "post") or (method == "put" and "rules" in path):
        assert refused(http("olga").call(method, path, body), 404), "an administrator next door"


def test_what_stands_and_what_is_over(http, stand):
    stand.sees(0, disk="bad", clock="bad")
    stand.sees(5, disk="good", clock="bad")
    stand.sees(15, disk="good", clock="bad")
    ada = http("ada")
    (standing,) = ada.read("/operations/alerts?stage=standing")["items"]
    (over,) = ada.read("/operations/alerts?stage=resolved")["items"]
    assert (standing["title"], over["title"]) == ("Clock", "Disk")
    assert standing["history"][0]["people"] == ["Ada Cast", "Mia Cast"]
    assert standing["history"][0]["channels"] == ["in_product", "email"]
    assert standing["fix"] == "Put clock right."
    assert len(ada.read("/operations/alerts?severity=critical")["items"]) == 2
    assert ada.read("/operations/alerts?severity=warning")["items"] == []
    assert ada.read("/operations/alerts/summary")["open"] == 1


def test_one_takes_it_on_and_the_other_is_told_so(http, one):
    path = f"/operations/alerts/{one.pk}/acknowledgement"
    assert http("ada").call("post", path, {"note": "Mine."}).json()["note"] == "Mine."
    assert refused(http("mia").call("post", path, {"note": "No, mine."}), 409, "already_taken")
    assert alerts()[0].note == "Mine."
    assert http("ada").read("/operations/alerts/summary")["untaken"] == 0


def test_what_is_over_is_not_taken_on(http, stand, one):
    stand.sees(5, disk="good")
    stand.sees(15, disk="good")
    path = f"/operations/alerts/{one.pk}/acknowledgement"
    assert refused(http("ada").call("post", path, {}), 409, "already_over")


def test_what_waits_to_be_told_is_seen_by_nobody(http, stand):
    stand.sees(0, kind="metric", api_response="bad")
    assert http("ada").read("/operations/alerts")["items"] == []


def test_a_rule_of_ones_own(http, stand):
    made = http("ada").call("post", "/operations/alert-rules", RULE)
    assert made.status_code == 201, made.content
    assert made.json()["steps"][0]["minutes"] == 0, "the first step is told at once"
    assert refused(http("mia").call("post", "/operations/alert-rules", RULE), 409, "name_taken")
    for minute in range(0, 70, 10):
        stand.sees(minute, disk="attention")
    assert [alert.rule.name for alert in alerts()] == ["The disk fills"]
    with at_minute(60):
        assert {message.to[0] for message in delivered()} >= {"ada@example.org", "mia@example.org"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "nothing"},
        {"steps": []},
        {"steps": [{"minutes": 0, "roles": [], "people": []}]},
        {"steps": [{"minutes": 0, "roles": [], "people": [str(ID["cleo"])]}]},
        {"steps": [{"minutes": 0, "roles": [], "people": [str(ID["otto"])]}]},
        {"steps": [{"minutes": 0, "roles": [], "people": [str(ID["sam"])]}]},
        {"steps": [{"minutes": 0, "roles": ["clinician"], "people": []}]},
        {"channels": []},
        {"channels": ["pigeon"]},
        {"hold_minutes": -1},
        {"severity": "low"},
        {"name": " "},
    ],
)
def test_a_rule_that_cannot_be(http, wrong):
    assert refused(http("ada").call("post", "/operations/alert-rules", RULE | wrong), 422)


def test_a_default_is_changed_but_looks_at_the_same(http, stand):
    stand.sees(0)
    ada = http("ada")
    rule = next(each for each in ada.read("/operations/alert-rules")["rules"] if each["default_key"] == "checks_bad")
    path, change = f"/operations/alert-rules/{rule['id']}", RULE | {"version": rule["version"], "is_active": False}
    changed = ada.call("put", path, change).json()
    assert (changed["subject"], changed["condition"], changed["is_active"]) == ("", "bad", False)
    assert refused(http("mia").call("put", path, change), 409, "changed_elsewhere")
    stand.sees(1, disk="bad")
    assert alerts() == []


def test_a_rule_with_somebody_who_left_can_be_changed_and_switched_off(http):
    ada, gone = http("ada"), str(uuid4())
    rule = ada.call("post", "/operations/alert-rules", RULE).json()
    steps = [
        {"minutes": 0, "roles": [], "people": [str(ID["mia"]), gone]},
        {"minutes": 9, "roles": [], "people": [gone]},
    ]
    with acting_as(actor("ada")):
        SystemAlertRule.objects.filter(pk=rule["id"]).update(steps=steps)
    path, change = f"/operations/alert-rules/{rule['id']}", RULE | {"version": rule["version"], "is_active": False}
    other = [{"minutes": 0, "roles": [], "people": [str(ID["sam"])]}]
    assert refused(ada.call("put", path, change | {"steps": other}), 422)
    changed = ada.call("put", path, change | {"steps": steps})
    assert changed.status_code == 200, changed.content
    assert changed.json()["is_active"] is False
    assert changed.json()["steps"] == [
        {"minutes": 0, "roles": [], "people": [str(ID["mia"])]},
        {"minutes": 9, "roles": ["administrator"], "people": []},
    ]


def test_the_secret_is_shown_once_and_kept_sealed(http, here_too):
    ada = http("ada")
    first = ada.call("put", "/operations/alert-webhook", {"url": URL})
    assert first.status_code == 200, first.content
    secret = first.json()["secret"]
    assert secret.startswith("whsec_")
    shown = ada.read("/operations/alert-webhook")
    assert (shown["url"], shown["set_by"]) == (URL, "Ada Cast")
    assert secret not in str(shown)
    with acting_as(OURS):
        assert secret not in AlertWebhook.objects.get().sealed
    assert ada.call("put", "/operations/alert-webhook", {"url": URL}).json()["secret"] != secret
    with acting_as(OURS):
        assert AlertWebhook.objects.filter(retired_at__isnull=True).count() == 1
    assert ada.call("delete", "/operations/alert-webhook").json()["url"] is None
    assert refused(ada.call("delete", "/operations/alert-webhook"), 409, "no_webhook")


@pytest.mark.parametrize(
    "url", ["http://example.org/x", "https://10.0.0.1/x", "https://127.0.0.1/x", "ftp://x", "https://a b/", "https://"]
)
def test_an_address_that_may_not_be_called_is_refused_with_a_reason(http, url):
    assert not environment().webhook_networks
    answer = http("ada").call("put", "/operations/alert-webhook", {"url": url})
    assert refused(answer, 422)
    assert "url" in answer.json()["fields"]


def test_a_test_alert_says_by_what_it_goes(http, stopped_clock):
    sent = http("ada").call("post", "/operations/alert-tests")
    assert (sent.status_code, sent.json()["channels"]) == (201, ["in_product", "email"])
    assert [message.subject for message in delivered("ada@example.org")] == ["A test alert"]
    with acting_as(actor("ada")):
        assert StaffNotification.objects.get().title == "A test alert"
    for _ in range(9):
        http("ada").call("post", "/operations/alert-tests")
    assert refused(http("ada").call("post", "/operations/alert-tests"), 429)


def test_when_the_alerter_is_dead_administrators_are_told_without_the_queue(http, monkeypatch, stopped_clock):
    silence.tell("silent")
    assert [message.to for message in mail.outbox] == [["ada@example.org"], ["mia@example.org"], ["olga@example.org"]]
    assert mail.outbox[0].subject == "MentalSpace no longer watches itself"
    for who, told in (("ada", 1), ("olga", 1), ("ana", 0)):
        with acting_as(actor(who)):
            assert StaffNotification.objects.filter(kind=silence.SILENT).count() == told
    monkeypatch.setattr(silence, "is_silent", lambda: True)
    assert http("ada").read("/operations/alerts/summary")["is_silent"] is True


def test_one_mail_that_is_not_taken_keeps_no_other_from_going(monkeypatch):
    class Picky:
        name = "picky"

        def __init__(self):
            self.taken = []

        def send(self, letter):
            if letter.to == "ada@example.org":
                raise OSError("away")
            self.taken.append(letter.to)

    carrier = Picky()
    monkeypatch.setattr(silence, "carrier_for", lambda channel: carrier)
    for _ in range(silence.MOST_TRIES - 1):
        with pytest.raises(ExceptionGroup, match="not everybody"):
            silence.tell("back")
    silence.tell("back")  # whoever cannot be reached does not keep the watch from going on
    assert carrier.taken == ["mia@example.org", "olga@example.org"], "each once, however often it is tried"
    with acting_as(actor("ada")):
        assert StaffNotification.objects.filter(kind=silence.BACK).count() == 1


def test_a_practice_that_fails_keeps_no_other_from_being_told_once(monkeypatch, stopped_clock):
    real = accounts.carrier_for

    def none_here(channel):
        if (me := current.get()) and me.practice == HERE:
            raise ValueError("its account cannot be read")
        return real(channel)

    with monkeypatch.context() as broken:
        broken.setattr(silence, "carrier_for", none_here)
        for _ in range(3):
            with pytest.raises(ExceptionGroup, match="not everybody"):
                silence.tell("silent")
    assert [message.to for message in mail.outbox] == [["olga@example.org"]]
    silence.tell("silent")
    assert [message.to[0] for message in mail.outbox] == ["olga@example.org", "ada@example.org", "mia@example.org"]
    for who in ("ada", "olga"):
        with acting_as(actor(who)):
            assert StaffNotification.objects.filter(kind=silence.SILENT).count() == 1


def test_the_next_outage_is_told_anew(own_signs):
    for sign in (1, 2):
        signs.leave(signs.ALERTS)
        os.utime(own_signs / f"{signs.ALERTS}.alive", (sign, sign))
        silence.tell("silent")
    assert [message.to[0] for message in mail.outbox].count("olga@example.org") == 2


def test_one_practice_that_cannot_be_evaluated_is_not_the_end_of_alerts(monkeypatch, own_signs):
    failing = {HERE}

    def evaluate(actor):
        if actor.practice in failing:
            raise ValueError("a rule of its own")

    monkeypatch.setattr(evaluating, "evaluate", evaluate)
    with pytest.raises(ExceptionGroup, match="1 practice"):
        jobs.evaluate_alerts()
    assert signs.age(signs.ALERTS) < 60, "the others were served"
    (own_signs / f"{signs.ALERTS}.alive").unlink()
    failing.add(NEXT_DOOR)
    with pytest.raises(ExceptionGroup, match="2 practice"):
        jobs.evaluate_alerts()
    assert signs.left_at(signs.ALERTS) is None, "nobody was served"


def test_a_young_process_does_not_judge(monkeypatch):
    monkeypatch.setattr(signs, "age", lambda name: float("inf"))
    monkeypatch.setattr(silence, "STARTED", time.monotonic())
    assert not silence.is_silent()
    monkeypatch.setattr(silence, "STARTED", time.monotonic() - 301)
    assert silence.is_silent()
    monkeypatch.setattr(signs, "age", lambda name: 30.0)
    assert not silence.is_silent()
