"""Operations runbook, "Emails Not Sending": each fault caused for real, its diagnosis and solution followed, healed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify.messages import KINDS, message
from mentalspace.notify.models import Notification
from mentalspace.notify.outbox import queue
from mentalspace.notify.tests.test_webhooks import SECRET, by_resend
from mentalspace.people.tests.browser import ask
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, actor
from tests.http import Http, refused
from tests.mail import delivered
from tests.providers import LOST, Fault, ResendServer
from tests.sessions import session_of

QUEUE = """
SELECT * FROM notification_logs
WHERE sent_at IS NULL
ORDER BY created_at DESC
LIMIT 20;
"""
ANA = "ana@example.org"


def test_check_the_email_queue(operator, monkeypatch):
    monkeypatch.delitem(KINDS, "tests.runbook", raising=False)
    message("tests.runbook", subject="Something happened", body="Hello.")
    assert operator.execute(QUEUE).fetchall() == []
    with acting_as(actor("ana")), transaction.atomic():
        for name in ("ana", "ada"):
            queue(kind="tests.runbook", recipient=ID[name], email=f"{name}@example.org", values={})
        assert operator.execute(QUEUE).fetchall() == []  # not before it is committed
    assert len(operator.execute(QUEUE).fetchall()) == 2
    assert {address for sent in delivered() for address in sent.to} == {"ana@example.org", "ada@example.org"}
    assert operator.execute(QUEUE).fetchall() == []
    assert len(mail.outbox) == 2
    KINDS.pop("tests.runbook")


def browser(name):
    made = Http(raise_request_exception=False)
    with transaction.atomic():
        made.cookies["session"] = session_of(name)
    return made


@pytest.fixture
def ada(operator):
    return browser("ada")


@pytest.fixture
def resend(ada, settings):
    with ResendServer() as server:
        settings.RESEND_URL = server.url
        connect(ada, server.key)
        yield server


def connect(ada, key):
    account = {"sender": "Here <office@here.example>", "key": key, "signing_secret": SECRET}
    assert ada.call("put", "/carriers/resend", account).status_code == 200


def forgot_password():
    """Ana asks for the link that the runbook's readers wait for."""
    assert ask(Http(), "post", "auth/password/request", {"email": ANA}).status_code == 200
    delivered()


def waiting(operator):
    """The runbook's diagnosis: what it shows of each mail, by the names of its columns."""
    found = operator.execute(QUEUE)
    names = [column.name for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def later(minutes):
    with clock.frozen(clock.now() + timedelta(minutes=minutes)):
        delivered()


def arrived(resend):
    return [address for taken in resend.taken for address in taken["to"]]


def test_a_key_that_is_no_longer_good_is_rotated(operator, ada, resend):
    resend.key = "re_next"
    forgot_password()
    assert arrived(resend) == []
    (row,) = waiting(operator)
    assert row["recipient_email"] == ANA
    assert "key" in row["error_message"]
    assert "enter a new one" in ada.read("/carriers")[0]["problems"][0]["problem"]
    connect(ada, "re_next")
    assert ada.call("post", f"/messages/{row['id']}/attempt").status_code == 200
    delivered()
    assert (arrived(resend), waiting(operator)) == ([ANA], [])
    assert refused(browser("otto").call("post", f"/messages/{row['id']}/attempt"), 404)


@pytest.mark.parametrize(
    "fault",
    [Fault(429, {"name": "rate_limit_exceeded"}, {"Retry-After": "30"}), Fault(503), Fault(LOST)],
    ids=["rate limited", "away", "answer lost"],
)
def test_what_the_provider_cannot_take_now_goes_by_itself_and_once(operator, ada, resend, fault):
    resend.faults.append(fault)
    forgot_password()
    (row,) = waiting(operator)
    assert (row["attempts"], "Resend" in row["error_message"]) == (1, True)
    assert ada.read(f"/messages/{row['id']}")["state"] == "waiting"
    for _ in range(3):
        later(10)
    assert (arrived(resend), waiting(operator)) == ([ANA], [])
    assert browser("olga").read("/messages")["items"] == []


def test_an_address_that_bounced_is_stopped_shown_and_lifted(operator, ada, resend):
    forgot_password()
    (sent,) = ada.read("/messages?state=sent")["items"]
    with acting_as(system_actor(HERE)), transaction.atomic():
        row = Notification.objects.get(pk=sent["id"])
    assert by_resend("bounced", row).status_code == 204
    assert ada.read(f"/messages/{sent['id']}")["delivery_status"] == "bounced"
    (stop,) = ada.read("/stopped-addresses")["items"]
    assert (stop["address"], stop["reason"]) == (ANA, "bounced")
    forgot_password()
    assert arrived(resend) == [ANA], "nothing more goes to an address that came back"
    assert browser("otto").call("delete", f"/stopped-addresses/{stop['id']}").status_code == 404
    assert browser("fay").call("delete", f"/stopped-addresses/{stop['id']}").status_code == 204
    forgot_password()
    assert arrived(resend) == [ANA] * 2


def test_a_reader_the_provider_does_not_know_fails_at_once_with_words(operator, ada, resend):
    resend.faults.append(Fault(422, {"name": "validation_error", "message": "Invalid `to` field."}))
    forgot_password()
    (row,) = waiting(operator)
    shown = ada.read(f"/messages/{row['id']}")
    assert shown["state"] == "failed"
    assert shown["problem"]
    later(60 * 24)
    assert arrived(resend) == [], "trying again would not help"
    assert browser("ana").call("get", f"/messages/{row['id']}").status_code == 404
