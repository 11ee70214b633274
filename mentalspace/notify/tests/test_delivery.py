"""From the outbox to the provider: once, again later when it fails, not when it has become pointless."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from mentalspace.access.actor import acting_as, current, identity_of
from mentalspace.core import clock
from mentalspace.notify import delivery, messages
from mentalspace.notify.models import LEASE, Notification
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, NEXT_DOOR, NOW, actor
from tests.mail import delivered

from .test_outbox import rows, tell

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _to_the_minute(monkeypatch):
    monkeypatch.setattr(delivery, "JITTER", 0)


@pytest.fixture
def provider(monkeypatch):
    """A provider that raises what is put into the list, one after the other, and then works."""
    faults: list[Exception] = []
    send = EmailBackend.send_messages

    def answer(self, messages):
        if faults:
            raise faults.pop(0)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    return faults


@pytest.mark.django_db
def test_a_message_is_sent_once(stopped_clock):
    with acting_as(actor("ana")):
        row = tell()
    (sent,) = delivered()
    assert (sent.to, sent.subject, sent.body) == (["ana@example.org"], "Something happened", "Hello Ana of Here.\n")
    assert sent.message()["Message-ID"].startswith(f"<{row.pk}@")
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    (kept,) = rows()
    assert (kept.sent_at, kept.sent_successfully, kept.attempts, kept.next_attempt_at) == (NOW, True, 1, None)
    assert len(delivered()) == 1


@pytest.mark.django_db
def test_a_job_sends_its_own_and_no_other(stopped_clock):
    with acting_as(actor("ana")):
        first, _ = tell(), tell("ada")
    delivery.deliver(system_actor(NEXT_DOOR), first.pk)
    assert mail.outbox == []
    for _ in range(2):
        delivery.deliver(system_actor(HERE), first.pk)
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]


@pytest.mark.django_db
def test_what_fails_is_tried_again_ever_later(provider):
    provider += [smtplib.SMTPServerDisconnected("gone")] * 4
    with clock.frozen(NOW), acting_as(actor("ana")):
        tell()
    tried: list[float] = []
    at = NOW
    while not tried or rows()[0].sent_at is None:
        with clock.frozen(at):
            delivered()
        tried.append((at - NOW) / MINUTE)
        at = rows()[0].next_attempt_at or at
    assert tried == [0, 1, 3, 7, 15]
    assert rows()[0].error_message == ""


@pytest.mark.django_db
def test_between_attempts_it_waits(provider):
    provider.append(OSError("no route"))
    with clock.frozen(NOW):
        with acting_as(actor("ana")):
            tell()
        delivered()
        assert delivered() == []
    with clock.frozen(NOW + MINUTE):
        assert len(delivered()) == 1


@pytest.mark.django_db
def test_after_many_attempts_it_is_given_up_and_stays_visible(provider):
    provider += [smtplib.SMTPAuthenticationError(535, b"wrong password")] * delivery.MOST_ATTEMPTS
    with clock.frozen(NOW), acting_as(actor("ana")):
        tell()
    for number in range(delivery.MOST_ATTEMPTS + 3):
        with clock.frozen(NOW + number * delivery.LONGEST_PAUSE):
            delivered()
    (row,) = rows()
    assert (row.sent_at, row.next_attempt_at, row.attempts) == (None, None, delivery.MOST_ATTEMPTS)
    assert "wrong password" in row.error_message
    assert mail.outbox == []


REFUSED = [
    (smtplib.SMTPRecipientsRefused({"x": (550, b"unknown")}), None),
    (smtplib.SMTPRecipientsRefused({"x": (450, b"busy")}), MINUTE),
    (smtplib.SMTPDataError(554, b"not this text"), None),
    (smtplib.SMTPDataError(451, b"later"), MINUTE),
    (smtplib.SMTPSenderRefused(550, b"not you", "x"), MINUTE),
    (TimeoutError("slow"), MINUTE),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "again"), REFUSED, ids=lambda value: type(value).__name__)
def test_a_reader_who_is_not_there_is_not_tried_again(provider, stopped_clock, fault, again):
    provider.append(fault)
    with acting_as(actor("ana")):
        tell()
    delivered()
    assert rows()[0].next_attempt_at == (NOW + again if again else None)


@pytest.mark.django_db
def test_one_message_does_not_hold_the_others_up(provider, stopped_clock):
    provider.append(OSError("no route"))
    with acting_as(actor("ana")):
        tell(), tell("ada")
    assert len(delivered()) == 1


@pytest.mark.django_db
def test_a_link_is_made_as_that_persons_identity(kinds):
    seen = []

    def make(row):
        seen.append(current.get())
        return "https://example.org"

    kinds["maker"] = make
    with acting_as(actor("ada")):
        tell(kind="tests.linked", values={})
    delivered()
    assert seen == [identity_of(ID["ana"])]


@pytest.mark.django_db
def test_what_has_become_pointless_is_called_off(kinds, stopped_clock):
    kinds["maker"] = lambda row: None
    with acting_as(actor("ada")):
        tell(kind="tests.linked", values={})
    assert delivered() == []
    (row,) = rows()
    assert (row.sent_at, row.cancelled_at, row.next_attempt_at) == (None, NOW, None)


@pytest.mark.django_db
def test_a_worker_that_died_leaves_a_lease(monkeypatch):
    def die(self, messages):
        raise KeyboardInterrupt

    with clock.frozen(NOW):
        with acting_as(actor("ana")):
            tell()
        with monkeypatch.context() as dying:
            dying.setattr(EmailBackend, "send_messages", die)
            with pytest.raises(KeyboardInterrupt):
                delivered()
        assert delivered() == []
    with clock.frozen(NOW + LEASE):
        assert len(delivered()) == 1
    assert rows()[0].attempts == 2


def test_eight_workers_send_it_once(really_committed):
    with acting_as(actor("ana")), transaction.atomic():
        for _ in range(5):
            tell()

    def work():
        try:
            return delivery.deliver_due(system_actor(HERE))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        tried = [future.result() for future in [pool.submit(copy_context().run, work) for _ in range(8)]]
    assert sum(tried) == 5
    assert len(mail.outbox) == 5
    with acting_as(actor("ada")), transaction.atomic():
        assert Notification.objects.waiting().count() == 0


@pytest.mark.django_db
def test_a_kind_that_is_newer_than_the_worker_waits(stopped_clock, monkeypatch):
    with acting_as(actor("ana")):
        tell()
    known = messages.KINDS.pop("tests.plain")
    assert delivered() == []
    (row,) = rows()
    assert (row.attempts, row.sent_at, row.next_attempt_at) == (0, None, NOW + delivery.UNTIL_RENEWED)
    messages.KINDS["tests.plain"] = known
    with clock.frozen(NOW + delivery.UNTIL_RENEWED):
        assert len(delivered()) == 1
