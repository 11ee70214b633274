"""The outbox over HTTP: what waits, failed and went; trying again; calling off; stops. Administrators' alone."""

from datetime import timedelta
from typing import Any

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.notify import suppression
from mentalspace.notify.models import CLIENT, EMAIL, SMS, Notification
from mentalspace.notify.outbox import queue
from mentalspace.practices.system import system_actor
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.http import refused
from tests.mail import delivered
from tests.providers import Fault, ResendServer, TwilioServer

pytestmark = pytest.mark.django_db

RESEND = {"sender": "Here <office@here.example>", "key": "re_right", "signing_secret": "whsec_eA=="}
TWILIO = {"sender": "518 555 0199", "account": TwilioServer.account, "token": "right"}


@pytest.fixture
def ada(http):
    return http("ada")


def some_message(**more: Any):
    with acting_as(actor("ada")):
        how: dict[str, Any] = {"email": "ana@example.org", "recipient": ID["ana"]} | more
        return queue(kind="correspondence.test", values={}, **how)


def messages(http, state=""):
    return [row["id"] for row in http.read(f"/messages?state={state}")["items"]]


def events(of):
    with acting_as(actor("ada")):
        return list(AuditLog.objects.filter(event__startswith=of).values_list("event", "severity"))


def test_every_message_is_in_one_state(ada):
    with clock.frozen(NOW):
        went, later, wrong, off = (
            some_message(),
            some_message(at=NOW + timedelta(days=1)),
            some_message(),
            some_message(),
        )
    with acting_as(system_actor(HERE)):
        went.write(sent_at=NOW, sent_successfully=True, next_attempt_at=None)
        wrong.write(next_attempt_at=None, attempts=12, error_message="Nobody there.")
    assert ada.call("delete", f"/messages/{off.pk}").json()["state"] == "called_off"
    for state, row in (("sent", went), ("waiting", later), ("failed", wrong), ("called_off", off)):
        assert messages(ada, state) == [str(row.pk)]
    assert len(messages(ada)) == 4
    failed = ada.read(f"/messages/{wrong.pk}")
    assert (failed["problem"], failed["recipient_name"], failed["content"]) == (
        "Nobody there.",
        "Ana Cast",
        "This is a test message of Here. It has arrived.\n",
    )


def test_what_was_given_up_goes_when_it_is_tried_again(ada):
    row = some_message()
    with acting_as(system_actor(HERE)):
        row.write(next_attempt_at=None, attempts=12, error_message="Nobody there.")
    assert delivered() == []
    assert ada.call("post", f"/messages/{row.pk}/attempt").json()["state"] == "waiting"
    assert len(delivered()) == 1
    assert ada.read(f"/messages/{row.pk}")["state"] == "sent"
    for method, path in (("post", f"/messages/{row.pk}/attempt"), ("delete", f"/messages/{row.pk}")):
        assert refused(ada.call(method, path), 409, "nothing_to_retry")
    assert events("message.") == [("message.retried", "warning")]


def test_what_was_tried_before_stays_known_as_tried(ada):
    """A carrier may have taken it and the answer been lost: only what was tried is asked for before it goes again."""
    with acting_as(system_actor(HERE)):
        once = some_message().write(next_attempt_at=None, attempts=12, error_message="Nobody there.")
        never = some_message(at=NOW + timedelta(days=900))
    for row, attempts in ((once, 1), (never, 0)):
        assert ada.call("post", f"/messages/{row.pk}/attempt").json()["attempts"] == attempts


def test_a_message_in_a_workers_hands_is_left_there(ada):
    with acting_as(system_actor(HERE)):
        row = some_message().write(attempts=1, next_attempt_at=clock.now() + timedelta(minutes=5))
    for method, path in (("post", f"/messages/{row.pk}/attempt"), ("delete", f"/messages/{row.pk}")):
        assert refused(ada.call(method, path), 409, "being_sent")
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert ada.call("post", f"/messages/{row.pk}/attempt").status_code == 200


def test_looking_at_a_clients_message_is_in_the_trail(ada):
    row = some_message(recipient=CLEO, recipient_type=CLIENT)
    ada.read("/messages")
    assert ada.read(f"/messages/{row.pk}")["recipient_name"] == "Cleo Client"
    ada.call("post", f"/messages/{row.pk}/attempt")
    ada.call("delete", f"/messages/{row.pk}")
    with acting_as(actor("ada")):
        seen = AuditLog.objects.filter(action_type=PHI_ACCESS).values_list("resource_type", "client_ids")
        assert sorted(seen) == [("message", [CLEO])] * 3 + [("message_list", [CLEO])]


@pytest.mark.parametrize("who", ["ana", "sam", "bea", "fay", "otto", "olga"])
def test_it_is_nobody_elses(http, who):
    row, browser = some_message(), http(who)
    path = f"/messages/{row.pk}"
    for method, at in (("get", path), ("post", f"{path}/attempt"), ("delete", path)):
        assert browser.call(method, at).status_code in (403, 404)
    if who == "olga":
        assert browser.read("/messages")["items"] == []
    else:
        assert refused(browser.call("get", "/messages"), 404)
        assert refused(browser.call("get", "/carriers"), 404)
        assert browser.call("put", "/carriers/resend", RESEND).status_code in (403, 404)
        assert refused(browser.call("post", "/test-messages", {"email": "a@example.org"}), 403)
    with acting_as(actor("ada")):
        kept = Notification.objects.get()
        assert (kept.cancelled_at, kept.sent_at) == (None, None)


def test_accounts_are_connected_changed_and_never_shown(ada, settings):
    mail, texts = ada.read("/carriers")
    assert (mail["provider"], mail["delivered"], texts["provider"]) == ("folder", None, "folder")
    with ResendServer() as resend, TwilioServer() as twilio:
        settings.RESEND_URL, settings.TWILIO_URL = resend.url, twilio.url
        ada.call("put", "/carriers/resend", RESEND | {"key": "re_wrong"})
        row = ada.call("post", "/test-messages", {"email": "ana@example.org"}).json()
        delivered()
        mail = ada.read("/carriers")[0]
        assert "enter a new one" in mail["problems"][0]["problem"]
        answer = ada.call("put", "/carriers/resend", RESEND)
        assert b"re_right" not in answer.content + ada.call("get", "/carriers").content
        ada.call("post", f"/messages/{row['id']}/attempt")
        ada.call("put", "/carriers/twilio", TWILIO)
        ada.call("post", "/test-messages", {"phone": "(518) 555-0100"})
        delivered()
        assert [taken["to"] for taken in resend.taken] == [["ana@example.org"]]
        assert [(taken["To"], taken["From"]) for taken in twilio.taken] == [("+15185550100", "+15185550199")]
    mail, texts = ada.read("/carriers")
    assert (mail["provider"], mail["sent"], mail["delivered"], mail["sender_domain"]) == (
        "resend",
        1,
        0,
        "here.example",
    )
    assert mail["webhooks"] == [f"{settings.PUBLIC_URL}/functions/v1/resend-webhook/{HERE}"]
    assert texts["webhooks"] == [f"{settings.PUBLIC_URL}/functions/v1/twilio-inbound/{HERE}"]
    assert ada.call("delete", "/carriers/resend").json()[0]["provider"] == "folder"
    assert refused(ada.call("delete", "/carriers/resend"), 409, "not_connected")
    connected = [event for event, severity in events("provider.") if severity == "critical"]
    assert connected == ["provider.connected"] * 3 + ["provider.disconnected"]


def test_a_rate_is_of_what_the_present_carrier_took(ada):
    went = {"sent_at": NOW, "sent_successfully": True, "next_attempt_at": None}
    with acting_as(system_actor(HERE)):
        some_message().write(**went, provider="folder")
        some_message().write(**went, provider="resend", delivery_status="delivered")
        some_message().write(**went, provider="resend", delivery_status="bounced")
    by_folder = ada.read("/carriers")[0]
    assert [by_folder[name] for name in ("sent", "delivered", "bounced")] == [1, None, 0]
    assert by_folder["webhooks"]
    by_resend = ada.call("put", "/carriers/resend", RESEND).json()[0]
    assert [by_resend[name] for name in ("sent", "delivered", "bounced")] == [2, 1, 1]


@pytest.mark.parametrize(
    ("provider", "body", "field"),
    [
        ("resend", RESEND | {"key": ""}, "key"),
        ("resend", RESEND | {"sender": "Here"}, "sender"),
        ("resend", TWILIO, "key"),
        ("twilio", TWILIO | {"sender": "12"}, "sender"),
        ("twilio", TWILIO | {"token": ""}, "token"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_at_its_field(ada, provider, body, field):
    answer = ada.call("put", f"/carriers/{provider}", body)
    assert refused(answer, 422)
    assert field in answer.json()["fields"]
    assert ada.read("/carriers")[0]["provider"] == "folder"


@pytest.mark.parametrize("body", [{}, {"email": "a@example.org", "phone": "5185550100"}, {"phone": "12"}])
def test_a_test_goes_to_one_good_address(ada, body):
    assert refused(ada.call("post", "/test-messages", body), 422)


def test_tests_are_limited(ada):
    for _ in range(10):
        assert ada.call("post", "/test-messages", {"email": "a@example.org"}).status_code == 201
    assert refused(ada.call("post", "/test-messages", {"email": "a@example.org"}), 429, "too_many_attempts")


@pytest.fixture
def stopped():
    with acting_as(system_actor(HERE)):
        suppression.suppress(EMAIL, "Cleo@example.org", "bounced", "no such mailbox")
        suppression.suppress(SMS, "+15185550100", "stopped")


def test_a_stop_of_a_bounce_is_lifted_by_who_keeps_addresses(http, stopped):
    shown = {row["reason"]: row for row in http("fay").read("/stopped-addresses")["items"]}
    assert (shown["bounced"]["address"], shown["bounced"]["may_lift"]) == ("cleo@example.org", True)
    assert not shown["stopped"]["may_lift"]
    assert refused(http("fay").call("delete", f"/stopped-addresses/{shown['stopped']['id']}"), 409, "not_lifted")
    path = f"/stopped-addresses/{shown['bounced']['id']}"
    assert refused(http("ana").call("delete", path), 403)
    assert refused(http("otto").call("delete", path), 404)
    assert http("olga").read("/stopped-addresses")["items"] == []
    assert http("fay").call("delete", path).status_code == 204
    assert refused(http("fay").call("delete", path), 409, "not_lifted")
    assert [row["reason"] for row in http("fay").read("/stopped-addresses")["items"]] == ["stopped"]
    for who in ("ana", "sam", "bea"):
        assert refused(http(who).call("get", "/stopped-addresses"), 404)


def test_whose_a_stopped_address_is_stands_beside_it_and_in_the_trail(http, stopped):
    with acting_as(actor("ada")):
        Client.objects.visible(CLEO).write(email="Cleo@Example.org")
    shown = {row["channel"]: row["clients"] for row in http("fay").read("/stopped-addresses")["items"]}
    assert shown == {"Email": [{"id": str(CLEO), "name": "Cleo Client"}], "SMS": []}
    with acting_as(actor("ada")):
        (seen,) = AuditLog.objects.filter(action_type=PHI_ACCESS)
        assert (seen.resource_type, seen.client_ids) == ("stopped_address_list", [CLEO])


def test_a_provider_that_is_away_keeps_the_message(ada, settings):
    with ResendServer() as resend:
        settings.RESEND_URL = resend.url
        ada.call("put", "/carriers/resend", RESEND)
        resend.faults.append(Fault(503))
        ada.call("post", "/test-messages", {"email": "ana@example.org"})
        delivered()
        (row,) = ada.read("/messages?state=waiting")["items"]
    assert row["attempts"] == 1
    assert "Resend" in row["problem"]
