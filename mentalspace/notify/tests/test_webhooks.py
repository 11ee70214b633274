"""What providers tell: signed or not heard, told twice or out of order, and what follows of it."""

import base64
import json
from datetime import UTC, datetime

import pytest
from svix.webhooks import Webhook
from twilio.request_validator import RequestValidator

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify import accounts
from mentalspace.notify.models import ProviderAccount, ProviderEvent, SuppressedAddress
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, NEXT_DOOR, actor
from tests.http import Http
from tests.mail import delivered
from tests.providers import ResendServer, TwilioServer

from .test_outbox import rows, tell
from .test_providers import PHONE, connect

pytestmark = pytest.mark.django_db

SECRET = "whsec_" + base64.b64encode(b"a secret of the webhook").decode()


@pytest.fixture
def sent(settings):
    """A mail and a text that the providers have accepted."""
    with ResendServer() as mail, TwilioServer() as texts:
        settings.RESEND_URL, settings.TWILIO_URL = mail.url, texts.url
        connect("resend", "Here <office@here.example>", key=mail.key, signing_secret=SECRET)
        connect("twilio", "+15185550199", account=texts.account, token=texts.token)
        with acting_as(actor("ana")):
            tell(), tell(email="", phone=PHONE)
        delivered()
        return {row.notification_type: row for row in rows()}


def program():
    """What a provider is: no browser, so no cookie and no CSRF token."""
    return Http(enforce_csrf_checks=True)


def by_resend(kind, row=None, *, event="evt_1", secret=SECRET, practice=HERE, at=None, body=None):
    headers = [{"name": "X-Metadata", "value": json.dumps({"notification": str(row.pk)})}] if row else []
    data = {"email_id": "resend-1", "to": ["ana@example.org"], "headers": headers}
    told = {"type": f"email.{kind}", "created_at": "2026-03-02T15:00:00.000Z", "data": data}
    body = body if body is not None else json.dumps(told)
    signed_at = at or datetime.now(UTC)
    signed = {
        "svix-id": event,
        "svix-timestamp": str(int(signed_at.timestamp())),
        "svix-signature": Webhook(secret).sign(event, signed_at, body),
    }
    path = f"/functions/v1/resend-webhook/{practice}"
    return program().post(path, body, content_type="application/json", headers=signed)


def by_twilio(what, form, *, token=TwilioServer.token, practice=HERE, query=""):
    from django.conf import settings

    path = f"/functions/v1/twilio-{what}/{practice}{query}"
    signature = RequestValidator(token).compute_signature(f"{settings.PUBLIC_URL}{path}", form)
    return program().post(path, form, headers={"X-Twilio-Signature": signature})


def now(channel):
    return next(row for row in rows() if row.notification_type == channel)


def stops():
    with acting_as(actor("fay")):
        return [(row.address, row.reason) for row in SuppressedAddress.objects.filter(lifted_at=None)]


def events():
    with acting_as(system_actor(HERE)):
        return ProviderEvent.objects.count()


def test_it_was_delivered_opened_and_clicked(sent):
    for number, kind in enumerate(("sent", "delivered", "opened", "clicked")):
        assert by_resend(kind, sent["Email"], event=f"evt_{number}").status_code == 204
    row = now("Email")
    assert (row.delivery_status, row.opened, row.clicked) == ("delivered", True, True)
    assert row.opened_date == datetime(2026, 3, 2, 15, tzinfo=UTC)
    assert events() == 3  # that it was sent we know


def test_what_is_told_twice_or_late_changes_nothing(sent):
    for event, kind in (("b", "bounced"), ("d", "delivered"), ("b", "bounced"), ("e", "delivery_delayed")):
        assert by_resend(kind, sent["Email"], event=event).status_code == 204
    assert now("Email").delivery_status == "bounced"
    assert events() == 3


def test_without_our_own_id_it_is_known_by_theirs(sent):
    assert by_resend("delivered").status_code == 204
    assert now("Email").delivery_status == "delivered"


@pytest.mark.parametrize("kind", ["bounced", "complained"])
def test_an_address_that_bounced_or_complained_gets_no_more(sent, kind):
    by_resend(kind, sent["Email"])
    assert stops() == [("ana@example.org", kind)]
    with acting_as(actor("ana")):
        tell(email="Ana@Example.org")
    delivered()
    last = rows()[-1]
    assert last.cancelled_at is not None
    assert "Not sent" in last.error_message


def test_a_signature_that_is_not_good_is_not_heard(sent):
    wrong = "whsec_" + base64.b64encode(b"another").decode()
    assert by_resend("bounced", sent["Email"], secret=wrong).status_code == 403
    assert by_resend("bounced", sent["Email"], practice=NEXT_DOOR).status_code == 403
    assert by_resend("bounced", sent["Email"], practice=ID["ana"]).status_code == 403
    old = datetime(2026, 1, 1, tzinfo=UTC)
    assert by_resend("bounced", sent["Email"], at=old).status_code == 403
    assert (
        program().post(f"/functions/v1/resend-webhook/{HERE}", "{}", content_type="application/json").status_code == 403
    )
    form = {"MessageSid": "SM1", "MessageStatus": "failed"}
    assert by_twilio("status", form, token="wrong").status_code == 403
    assert by_twilio("inbound", {"From": PHONE, "Body": "STOP"}, practice=NEXT_DOOR).status_code == 403
    assert stops() == []
    assert events() == 0


def test_it_is_for_telling_only(sent):
    for name in ("resend-webhook", "twilio-status", "twilio-inbound"):
        assert program().get(f"/functions/v1/{name}/{HERE}").status_code == 405


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"type": 3}', '{"type": "email.bounced", "data": []}', "\x00"])
def test_what_cannot_be_read_is_refused(sent, body):
    assert by_resend("", body=body).status_code in (204, 400, 403)
    assert stops() == []


def test_another_practices_message_is_out_of_reach(sent):
    with acting_as(actor("olga")):
        secrets = {"key": "x", "signing_secret": SECRET}
        ProviderAccount(
            practice_id=NEXT_DOOR, provider="resend", sender="x", sealed=accounts.seal(secrets), added_by=ID["olga"]
        ).save(force_insert=True)
    assert by_resend("bounced", sent["Email"], practice=NEXT_DOOR).status_code == 204
    assert now("Email").delivery_status == ""
    assert stops() == []


def test_a_retired_account_is_believed_for_a_day(sent):
    with acting_as(actor("ada")):
        ProviderAccount.objects.get(provider="resend").write(retired_at=clock.now())
    assert by_resend("delivered", sent["Email"]).status_code == 204
    with clock.frozen(clock.now() + accounts.STILL_TELLS):
        assert by_resend("bounced", sent["Email"], event="later").status_code == 403


def test_a_text_was_delivered_or_not(sent):
    row = sent["SMS"]
    query = f"?notification={row.pk}"
    assert by_twilio("status", {"MessageSid": "SM1", "MessageStatus": "sent"}, query=query).status_code == 204
    assert now("SMS").delivery_status == ""
    form = {"MessageSid": row.external_id, "MessageStatus": "undelivered", "ErrorCode": "30005"}
    for _ in range(2):
        assert by_twilio("status", form, query=query).status_code == 204
    by_twilio("status", {"MessageSid": row.external_id, "MessageStatus": "delivered"}, query=query)
    assert now("SMS").delivery_status == "undelivered"
    assert events() == 2


def test_stop_and_start(sent):
    assert by_twilio("inbound", {"From": PHONE, "Body": " stop "}).status_code == 200
    assert stops() == [(PHONE, "stopped")]
    by_twilio("inbound", {"From": PHONE, "Body": "thank you"})
    assert stops() == [(PHONE, "stopped")]
    answer = by_twilio("inbound", {"From": PHONE, "Body": "Start"})
    assert (stops(), b"<Response/>" in answer.content) == ([], True)
    by_twilio("inbound", {"From": PHONE, "Body": "no more please", "OptOutType": "STOP"})
    assert stops() == [(PHONE, "stopped")]
