"""The webhook over real HTTP: signed, at least once, tried again, and never inwards."""

import hashlib
import hmac
import ipaddress
import json
import socket
import time
from datetime import timedelta
from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from procrastinate.contrib.django import app

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.jobs.queue import SCHEDULE
from mentalspace.jobs.worker import load_jobs
from mentalspace.ops.alerts import addresses, delivery, hurrying, pinging, webhooks
from mentalspace.ops.alerts import jobs as alert_jobs
from mentalspace.ops.alerts.models import AlertWebhook, WebhookDelivery
from mentalspace.ops.tests.alerting import OURS, alerts, stand
from tests.cast import HERE, ID, NOW, actor
from tests.providers import DRIP, LOST, Fault, HookServer

__all__ = ["stand"]

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
SECRET = "whsec_right"


@pytest.fixture
def receiver(db, monkeypatch):
    allowed = type("Env", (), {"webhook_networks": LOOPBACK})
    monkeypatch.setattr(delivery, "environment", allowed)
    with HookServer() as server:
        with acting_as(actor("ada")):
            row = AlertWebhook(practice_id=HERE, url=f"{server.url}/hook?a=1", sealed=delivery.seal(SECRET))
            row.added_by = ID["ada"]
            row.save(force_insert=True)
        yield server


def deliver(at=0):
    with clock.frozen(NOW + timedelta(minutes=at)):
        delivery.deliver_due(OURS)


def deliveries():
    with acting_as(OURS):
        return list(WebhookDelivery.objects.order_by("created_at", "id"))


def test_it_is_told_signed_and_without_anybody(receiver, stand):
    stand.sees(0, disk="bad")
    deliver()
    (told,) = receiver.taken
    moment, digest = (part.partition("=")[2] for part in told["signature"].split(","))
    assert int(moment) == int(NOW.timestamp())
    wanted = hmac.new(SECRET.encode(), f"{moment}.".encode() + told["raw"], hashlib.sha256).hexdigest()
    assert hmac.compare_digest(digest, wanted)
    said = json.loads(told["raw"])
    assert (told["path"], said["id"], said["event"]) == ("/hook?a=1", told["delivery"], "opened")
    assert (said["alert"]["id"], said["alert"]["severity"]) == (str(alerts()[0].pk), "critical")
    assert "Ada" not in told["raw"].decode()
    assert deliveries()[0].delivered_at == NOW


def test_every_step_is_told(receiver, stand):
    stand.sees(0, disk="bad")
    stand.sees(30, disk="bad")
    stand.sees(35, disk="good")
    stand.sees(45, disk="good")
    deliver(45)
    assert [json.loads(told["raw"])["event"] for told in receiver.taken] == ["opened", "escalated", "resolved"]


def events(receiver):
    return [json.loads(told["raw"])["event"] for told in receiver.taken]


def test_what_came_first_is_told_first(receiver, stand):
    receiver.faults.append(Fault(503))
    stand.sees(0, disk="bad")
    deliver()
    stand.sees(0.5, disk="good", clock="bad")
    stand.sees(10.5, disk="good")
    with clock.frozen(NOW):
        opened, other, resolved = deliveries()
        with acting_as(OURS):
            opened.write(next_attempt_at=NOW + timedelta(minutes=12))
    with clock.frozen(NOW + timedelta(minutes=11)):
        assert not delivery.deliver(OURS, resolved.pk), "its own job finds nothing to do yet"
    deliver(11)
    assert [told["delivery"] for told in receiver.taken] == [str(other.pk)], "another alert does not wait"
    deliver(12)
    assert events(receiver)[1:] == ["opened", "resolved"]


def test_what_was_given_up_holds_nothing_back(receiver, stand):
    stand.sees(0, disk="bad")
    with acting_as(OURS):
        WebhookDelivery.objects.get().write(next_attempt_at=None, last_error="Given up.")
    stand.sees(1, disk="good")
    stand.sees(11, disk="good")
    deliver(11)
    assert events(receiver) == ["resolved"]


def test_that_it_has_come_back_is_told_there(receiver, stand):
    stand.sees(0, disk="bad")
    stand.sees(1, disk="good")
    stand.sees(11, disk="good")
    stand.sees(20, disk="bad")
    deliver(20)
    assert events(receiver) == ["opened", "resolved", "reopened"]


@pytest.mark.parametrize(
    "fault", [Fault(500), Fault(429), Fault(404), Fault(302, {}, {"Location": "http://127.0.0.1/x"})]
)
def test_what_is_not_taken_is_tried_again_with_the_same_id(receiver, stand, fault):
    receiver.faults.append(fault)
    stand.sees(0, disk="bad")
    deliver()
    (row,) = deliveries()
    assert row.last_error == f"The receiver answered {fault.status}."
    assert row.next_attempt_at >= NOW + timedelta(minutes=1)
    deliver()
    assert receiver.taken == [], "not before its time"
    deliver(2)
    assert [told["delivery"] for told in receiver.taken] == [str(row.pk)]
    assert deliveries()[0].last_error == ""


def test_an_answer_that_was_lost_is_sent_again_and_known_by_its_id(receiver, stand):
    receiver.faults.append(Fault(LOST))
    stand.sees(0, disk="bad")
    deliver()
    assert deliveries()[0].last_error == "It could not be reached."
    deliver(2)
    assert len({told["delivery"] for told in receiver.taken}) == 1
    assert len(receiver.taken) == 2


def test_it_is_given_up_after_a_day_or_two_and_says_why(receiver, stand):
    receiver.faults.extend(Fault(503) for _ in range(delivery.MOST_ATTEMPTS))
    stand.sees(0, disk="bad")
    for attempt in range(delivery.MOST_ATTEMPTS):
        deliver(attempt * 500)
    (row,) = deliveries()
    assert (row.attempts, row.next_attempt_at, row.delivered_at) == (12, None, None)
    assert row.last_error == "The receiver answered 503."


def test_one_whose_last_worker_died_is_given_up(receiver, stand):
    stand.sees(0, disk="bad")
    with acting_as(OURS):
        WebhookDelivery.objects.get().write(attempts=delivery.MOST_ATTEMPTS)
    deliver()
    (row,) = deliveries()
    assert (receiver.taken, row.attempts, row.next_attempt_at) == ([], delivery.MOST_ATTEMPTS, None)
    assert row.last_error == "It could not be sent; the worker's log says why."


def test_what_nobody_thought_of_is_said_and_tried_again(receiver, stand, monkeypatch, caplog):
    stand.sees(0, disk="bad", clock="bad")
    real, asked = delivery.unseal, []

    def fails_at_first(webhook):
        asked.append(webhook)
        return real(webhook) if len(asked) > 1 else 1 / 0

    monkeypatch.setattr(delivery, "unseal", fails_at_first)
    deliver()
    failed, told = sorted(deliveries(), key=lambda row: not row.last_error)
    assert failed.last_error == delivery.NOT_SENT
    assert failed.next_attempt_at > NOW
    assert told.delivered_at == NOW, "the other goes all the same"
    assert "ZeroDivisionError" in caplog.text
    deliver(2)
    assert len(receiver.taken) == 2


def test_a_receiver_that_drips_is_given_up_and_hung_up_on(receiver, stand, monkeypatch):
    monkeypatch.setattr(delivery, "LONGEST", 0.2)
    receiver.faults.append(Fault(DRIP))
    stand.sees(0, disk="bad")
    began = time.monotonic()
    deliver()
    assert time.monotonic() - began < delivery.PATIENCE
    (row,) = deliveries()
    assert row.last_error.startswith("It was too slow")
    assert row.next_attempt_at > NOW
    assert receiver.hung_up.wait(10), "its connection is closed, not left"


def test_a_name_that_is_never_found_is_given_up_and_nothing_is_sent_later(receiver, monkeypatch):
    found, looked = Event(), Event()
    real = addresses.target

    def slow(*args):
        found.wait(20)
        looked.set()
        return real(*args)

    monkeypatch.setattr(addresses, "target", slow)
    monkeypatch.setattr(delivery, "LONGEST", 0.05)
    with pytest.raises(hurrying.TooSlow):
        delivery.post(f"{receiver.url}/x", SECRET, ID["ada"], {})
    (left,) = [each for each in enumerate_threads() if each.name == "call-outside"]
    found.set()
    left.join(20)
    assert looked.is_set()
    assert receiver.taken == []


def test_a_round_has_a_budget_and_the_next_goes_on(receiver, stand, monkeypatch):
    monkeypatch.setattr(delivery, "BUDGET", 0.0)
    stand.sees(0, disk="bad", clock="bad")
    deliver()
    assert len(receiver.taken) == 1
    deliver(1)
    assert len(receiver.taken) == 2


def test_deliveries_hold_one_slot_of_the_worker():
    load_jobs()
    assert app.tasks["operations.webhook"].lock == alert_jobs.WEBHOOKS
    assert alert_jobs.WEBHOOKS in {line.name for line in SCHEDULE}, "whose lock is its name"


def test_a_retired_webhook_hears_nothing_more(receiver, stand):
    stand.sees(0, disk="bad")
    with acting_as(actor("ada")):
        AlertWebhook.objects.get().write(retired_at=clock.now())
    deliver()
    assert receiver.taken == []


def test_a_worker_that_died_with_it_leaves_it_to_the_next(receiver, stand):
    stand.sees(0, disk="bad")
    with clock.frozen(NOW):
        delivery._claim(OURS, None)
    deliver(1)
    assert receiver.taken == []
    deliver(3)
    assert len(receiver.taken) == 1


def test_a_name_that_means_an_address_inside_later_is_not_followed(receiver, stand, monkeypatch):
    """The connection is made to the address that was looked at; the name is asked once."""
    asked = []
    real = socket.getaddrinfo

    def resolve(host, *args, **more):
        asked.append(host)
        return real("127.0.0.1" if host == "hooks.example" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    port = int(receiver.url.rpartition(":")[2])
    delivery.post(f"http://hooks.example:{port}/x", SECRET, ID["ada"], {})
    assert asked.count("hooks.example") == 1
    assert receiver.taken[0]["host"] == f"hooks.example:{port}"


@pytest.mark.parametrize(
    "found",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::1",
        "64:ff9b::a9fe:a9fe", "fec0::1", "64:ff9b:1::a01:203", "192.0.0.192", "168.63.129.16",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(monkeypatch, found):
    family = socket.AF_INET6 if ":" in found else socket.AF_INET
    public = (socket.AF_INET, 1, 6, "", ("93.184.216.34", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [public, (family, 1, 6, "", (found, 443))])
    with pytest.raises(addresses.AddressRefused, match="private network"):
        addresses.target("https://hooks.example/x", ())


def test_a_public_address_and_an_allowed_one(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(2, 1, 6, "", ("93.184.216.34", 443))])
    to = addresses.target("https://hooks.example/x?y=1", ())
    assert (to.host, to.address, to.port, to.path) == ("hooks.example", "93.184.216.34", 443, "/x?y=1")
    with pytest.raises(addresses.AddressRefused, match="https"):
        addresses.target("http://hooks.example/x", ())
    assert addresses.is_allowed(ipaddress.ip_address("10.1.2.3"), (ipaddress.ip_network("10.1.0.0/16"),))
    assert not addresses.is_allowed(ipaddress.ip_address("10.2.2.3"), (ipaddress.ip_network("10.1.0.0/16"),))


@pytest.mark.parametrize(
    "url", ["https://user:pw@x.example/", "https://x.example:99999/", "file:///etc/passwd", "https:///x"]
)
def test_addresses_that_are_none(url):
    with pytest.raises(addresses.AddressRefused, match="https"):
        addresses.target(url, ())


def test_names_that_lead_nowhere(monkeypatch):
    def nowhere(*args, **more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(addresses.AddressRefused, match="cannot be resolved"):
        addresses.target("https://nowhere.example/", ())


def test_a_sign_of_life_for_a_service_outside():
    with HookServer() as server:
        assert pinging.ping(f"{server.url}/ping/x")
        assert server.pinged == ["/ping/x"]
    assert not pinging.ping(server.url), "nobody listens: that stops nothing"
    assert not pinging.ping("")


def test_a_test_is_told_there_too(receiver, stand):
    with clock.frozen(NOW), acting_as(actor("ada")):
        assert webhooks.queue(None, webhooks.TEST)
    deliver()
    assert json.loads(receiver.taken[0]["raw"])["alert"] is None
