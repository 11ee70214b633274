"""Resend and Twilio by their own SDKs, over HTTP against counterparts that behave as they do."""

from base64 import b64encode
from datetime import timedelta
from email.utils import format_datetime

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify import accounts, delivery
from mentalspace.notify.models import EMAIL, OUT_OF_DATE, SMS, Notification, ProviderAccount, SuppressedAddress
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, NOW, actor
from tests.mail import delivered
from tests.providers import LOST, Fault, ResendServer, TwilioServer

from .test_outbox import letterhead, rows, tell

pytestmark = pytest.mark.django_db

PHONE = "+15185550100"


def connect(provider, sender, **secrets):
    with acting_as(actor("ada")):
        row = ProviderAccount(
            practice_id=HERE, provider=provider, sender=sender, sealed=accounts.seal(secrets), added_by=ID["ada"]
        )
        row.save(force_insert=True)
    return row


@pytest.fixture
def resend(settings):
    with ResendServer() as server:
        settings.RESEND_URL = server.url
        connect("resend", "Here <office@here.example>", key=server.key, signing_secret="whsec_eA==")
        yield server


@pytest.fixture
def twilio(settings):
    with TwilioServer() as server:
        settings.TWILIO_URL = server.url
        connect("twilio", "+15185550199", account=server.account, token=server.token)
        yield server


@pytest.fixture(autouse=True)
def _to_the_minute(monkeypatch):
    monkeypatch.setattr(delivery, "JITTER", 0)


def mail():
    with acting_as(actor("ana")):
        return tell()


def text(**more):
    with acting_as(actor("ana")):
        return tell(email="", phone=PHONE, **more)


def again(minutes=10):
    with clock.frozen(NOW + timedelta(minutes=minutes)):
        delivered()
    (row,) = rows()
    return row


def test_resend_takes_a_mail(resend, stopped_clock):
    row = mail()
    assert delivered() == []
    (kept,) = rows()
    assert (kept.provider, kept.external_id, kept.sent_at) == ("resend", "resend-1", NOW)
    (taken,) = resend.taken
    assert (taken["from"], taken["to"]) == ("Here <office@here.example>", ["ana@example.org"])
    assert taken["text"] == "Hello Ana of Here.\n"
    assert taken["headers"]["Message-ID"] == f"<{row.pk}@here.example>"


def test_resend_takes_a_mail_as_html_with_its_logo(resend, stopped_clock):
    logo = letterhead()
    mail()
    delivered()
    (kept,) = rows()
    assert kept.sent_at, kept.error_message
    (taken,) = resend.taken
    assert taken["text"] == "Hello Ana of Here.\n"
    assert "Hello Ana of Here." in taken["html"]
    assert f"cid:logo-{logo.pk.hex}@inline" in taken["html"]
    (picture,) = taken["attachments"]
    assert picture == {
        "content": b64encode(b"\x89PNG").decode(),
        "content_id": f"logo-{logo.pk.hex}@inline",
        "content_type": "image/png",
        "filename": "logo.png",
    }


def test_a_look_that_changed_between_two_attempts_sends_nothing_twice(resend, stopped_clock):
    resend.faults.append(Fault(LOST))
    mail()
    delivered()
    letterhead()
    assert again().sent_at
    assert len(resend.taken) == 1


def test_another_practices_account_is_not_ours(resend):
    with acting_as(actor("otto")):
        tell("otto")
    assert [message.to for message in delivered()] == [["otto@example.org"]]
    assert resend.taken == []
    with acting_as(system_actor(HERE)):
        assert ProviderAccount.objects.count() == 1
    with acting_as(actor("olga")):
        assert not ProviderAccount.objects.exists()


@pytest.mark.parametrize("times", [1, 3])
def test_an_answer_that_was_lost_sends_nothing_twice(resend, twilio, stopped_clock, times):
    resend.faults += [Fault(LOST)] * times
    twilio.faults += [Fault(LOST)] * times
    mail(), text()
    for attempt in range(times + 1):
        with clock.frozen(NOW + timedelta(hours=attempt)):
            delivered()
    assert all(row.sent_at for row in rows())
    assert {row.external_id for row in rows()} == {"resend-1", f"SM{1:032}"}
    assert (len(resend.taken), len(twilio.taken)) == (1, 1)


def test_a_like_text_of_long_ago_is_another(twilio, stopped_clock):
    before = NOW - timedelta(days=9)
    with clock.frozen(before):
        text()
        delivered()
    twilio.made = [format_datetime(before)]
    text()
    with acting_as(system_actor(HERE)):
        Notification.objects.filter(sent_at=None).update(attempts=1)
    delivered()
    assert len(twilio.taken) == 2


def test_of_two_texts_alike_neither_stands_for_the_other(twilio, stopped_clock):
    text()
    delivered()
    twilio.faults.append(Fault(503))
    text()
    delivered()
    with clock.frozen(NOW + timedelta(hours=1)):
        delivered()
    assert len(twilio.taken) == 2
    assert len({row.external_id for row in rows()}) == 2


def test_a_mail_whose_links_were_made_anew_is_known_to_have_gone(resend, kinds, stopped_clock):
    made = iter(range(9))
    kinds["maker"] = lambda row: f"https://example.org/{next(made)}"
    resend.faults.append(Fault(LOST))
    with acting_as(actor("ana")):
        tell(kind="tests.linked", values={})
    delivered()
    assert again().sent_at
    assert len(resend.taken) == 1


FAULTS = [
    (Fault(429, {"name": "rate_limit_exceeded"}, {"Retry-After": "600"}), "a little later", 10),
    (Fault(429, {"name": "daily_quota_exceeded"}), "larger plan", 1),
    (Fault(500), "did not take it", 1),
    (Fault(503, {}, {"Retry-After": "later"}), "did not take it", 1),
    (Fault(403, {"name": "invalid_api_key"}), "enter a new one", 1),
    (Fault(422, {"name": "invalid_from_address"}), "verify its domain", 1),
    (Fault(422, {"name": "validation_error", "message": "`to` is no address"}), "no address", None),
]


@pytest.mark.parametrize(("fault", "says", "minutes"), FAULTS, ids=[f"{f.status}-{s}" for f, s, _ in FAULTS])
def test_what_resend_says_is_told_in_plain_words(resend, stopped_clock, fault, says, minutes):
    resend.faults.append(fault)
    mail()
    delivered()
    (row,) = rows()
    assert says in row.error_message
    assert row.next_attempt_at == (NOW + timedelta(minutes=minutes) if minutes else None)
    assert row.sent_at is None


def test_twilio_takes_a_text(twilio, stopped_clock, settings):
    row = text()
    delivered()
    (kept,) = rows()
    assert (kept.provider, kept.external_id, kept.notification_type) == ("twilio", f"SM{1:032}", SMS)
    (taken,) = twilio.taken
    assert (taken["To"], taken["From"], taken["Body"]) == (PHONE, "+15185550199", "Hello Ana of Here.\n")
    assert taken["StatusCallback"] == f"{settings.PUBLIC_URL}/functions/v1/twilio-status/{HERE}?notification={row.pk}"


TEXT_FAULTS = [
    (Fault(400, {"code": 21211, "message": "no number", "status": 400}), "put it right", None),
    (Fault(400, {"code": 21659, "message": "not yours", "status": 400}), "one of the account's", 1),
    (Fault(401, {"code": 20003, "message": "Authenticate", "status": 401}), "account or token", 1),
    (Fault(429, {"code": 20429, "message": "Too many", "status": 429}), "a little later", 1),
    (Fault(503, {}), "a little later", 1),
    (Fault(400, {"code": 21617, "message": "too long", "status": 400}), "did not take it", None),
]


@pytest.mark.parametrize(("fault", "says", "minutes"), TEXT_FAULTS, ids=[f"{f.status}-{s}" for f, s, _ in TEXT_FAULTS])
def test_what_twilio_says_is_told_in_plain_words(twilio, stopped_clock, fault, says, minutes):
    twilio.faults.append(fault)
    text()
    delivered()
    (row,) = rows()
    assert says in row.error_message
    assert row.next_attempt_at == (NOW + timedelta(minutes=minutes) if minutes else None)


def test_a_number_that_wrote_stop_gets_no_more(twilio, stopped_clock):
    twilio.faults.append(Fault(400, {"code": 21610, "message": "unsubscribed", "status": 400}))
    text()
    delivered()
    assert rows()[0].next_attempt_at is None
    text()
    delivered()
    assert twilio.taken == []
    assert [row.cancelled_at for row in rows()] == [None, NOW]
    with acting_as(actor("fay")):
        stop = SuppressedAddress.objects.get()
        assert (stop.channel, stop.address, stop.reason) == (SMS, PHONE, "stopped")
    with acting_as(actor("otto")):
        assert not SuppressedAddress.objects.exists()


def test_without_an_account_texts_go_where_the_mail_goes(tmp_path, monkeypatch, stopped_clock):
    kept = {}
    monkeypatch.setattr("mentalspace.notify.folder.put", lambda name, content: kept.update({name: content}))
    row = text()
    delivered()
    assert PHONE.encode() in kept[str(row.pk)]
    assert rows()[0].provider == "folder"


def test_a_message_of_later_waits_and_is_asked_whether_it_is_wanted(resend, kinds, stopped_clock):
    from mentalspace.notify.messages import message

    wanted: list[bool] = []
    message("tests.later", subject="Later", body="Hello {name}.\n", wanted=lambda row: bool(wanted))
    with acting_as(actor("ana")):
        tell(kind="tests.later", at=NOW + timedelta(hours=2))
    delivered()
    assert rows()[0].attempts == 0
    with clock.frozen(NOW + timedelta(hours=2)):
        delivered()
    (row,) = rows()
    assert (row.sent_at, row.error_message) == (None, OUT_OF_DATE)
    assert row.cancelled_at == NOW + timedelta(hours=2)


def test_a_message_goes_to_one_address():
    with acting_as(actor("ana")):
        for each in ({"phone": PHONE}, {"email": ""}):
            with pytest.raises(ValueError, match="one address"):
                tell(**each)


def test_the_channels_have_their_own_addresses(resend, twilio):
    mail(), text()
    assert {row.notification_type for row in rows()} == {EMAIL, SMS}
