"""The webhook over real HTTP: signed, at least once, tried again, and never inwards."""

import hashlib
import hmac
import ipaddress
import json
import socket
from datetime import timedelta

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.ops.alerts import addresses, delivery, pinging, webhooks
from mentalspace.ops.alerts.models import AlertWebhook, WebhookDelivery
from mentalspace.ops.tests.alerting import OURS, alerts, stand
from tests.cast import HERE, ID, NOW, actor
from tests.providers import LOST, Fault, HookServer

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
        "64:ff9b::a9fe:a9fe",
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
