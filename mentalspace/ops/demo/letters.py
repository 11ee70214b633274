"""What the practice has written to people: a message in every state, and two addresses that get nothing more.

As if it had tried Resend and Twilio for some days before it came back to the installation's own outbox.
"""

from datetime import datetime, timedelta
from io import BytesIO
from math import sin
from typing import Any
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.fields import e164
from mentalspace.correspondence.look.actions import add_logo, save_mail_settings
from mentalspace.correspondence.wordings import actions
from mentalspace.correspondence.wordings.drafts import Draft
from mentalspace.notify import suppression
from mentalspace.notify.models import BOUNCED, CLIENT, DELIVERED, EMAIL, OUT_OF_DATE, SMS, STOPPED
from mentalspace.notify.outbox import queue
from mentalspace.ops.demo import cast
from mentalspace.practices.system import system_actor
from mentalspace.storage.shrinking import Small

TEST = "correspondence.test"
LUIS, HANNAH, BEATRIZ = (cast.named(f"client {name}") for name in ("Luis Ortega", "Hannah Whitlock", "Beatriz Fonseca"))

WELCOME = (
    "Dear {name},\n\nwe are glad that you are joining {practice}. Please set up your account before your first day:\n\n"
    "{link}\n\nThe link works once, for seven days. Should it not work, ask the front desk for another.\n\nAda Osei"
)
BLUE, SIDE = "#2f5d8a", 128
FOOTER = "This message was sent automatically. Questions? Call the front desk."

NO_MOBILE = (
    "This number cannot receive texts: put in a mobile number. (Twilio: 400 21614 'To' number is not a valid mobile"
    " number)"
)
USED_UP = (
    "Resend's limit for today is used up: it goes on tomorrow, or with a larger plan. (Resend: 429 You have reached"
    " your daily email sending quota)"
)


def keep(now: datetime) -> None:
    """Fill Riverbend's outbox, in the words it has chosen."""
    with acting_as(cast.ADA.actor), transaction.atomic():
        _words(now - timedelta(days=20))
    with acting_as(system_actor(cast.RIVERBEND.id)), transaction.atomic():
        _to_people(now)
        _to_clients(now)


def _words(then: datetime) -> None:
    """Ada has worded the invitation, and says below every mail where it comes from."""
    invitation = Draft("account.invitation", EMAIL, "Welcome to {practice}", WELCOME)
    actions.save_wording(invitation, by=cast.ADA.actor, version=0, now=then)
    around = {"sender_name": "Riverbend Counseling", "reply_to": "", "footer": FOOTER, "accent_color": BLUE}
    logo = add_logo(picture=_logo(), by=cast.ADA.actor)
    save_mail_settings(by=cast.ADA.actor, version=0, now=then, logo_id=logo.pk, **around)


def _logo() -> Small:
    """A river's bend, as Riverbend has it above its mails."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (4 * SIDE, 4 * SIDE))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, 4 * SIDE - 1, 4 * SIDE - 1), radius=SIDE, fill=BLUE)
    for number, shade in enumerate(("#ffffff", "#cfe0f0", "#9fc0df")):
        points = [(x, SIDE * (1.25 + 0.75 * number + 0.4 * sin(x / SIDE * 1.6))) for x in range(0, 4 * SIDE + 1, 2)]
        pen.line(points, fill=shade, width=SIDE // 4, joint="curve")
    into = BytesIO()
    picture.resize((SIDE, SIDE)).save(into, "PNG", optimize=True)
    return Small(into.getvalue(), "image/png", SIDE, SIDE)


def _to_people(now: datetime) -> None:
    """Opened, delivered, kept here, called off, and two that wait."""
    then = now - timedelta(days=3, hours=2)
    invitation = _message(then, "account.invitation", cast.ASH, {"name": "Ash"})
    _sent(invitation, then, "resend", delivery_status=DELIVERED, delivery_status_at=then + timedelta(seconds=4))
    invitation.write(opened=True, opened_date=then + timedelta(minutes=51))
    then = now - timedelta(days=2, hours=5)
    changed = {"name": "Ana", "when": f"{then:%B %d}", "what": "a passkey was added to your account"}
    delivered = {"delivery_status": DELIVERED, "delivery_status_at": then + timedelta(seconds=3)}
    _sent(_message(then, "account.changed", cast.ANA, changed), then, "resend", **delivered)
    then = now - timedelta(days=1, hours=6)
    off = _message(then, "account.verification", cast.BEA, {"name": "Bea"})
    off.write(cancelled_at=then + timedelta(hours=1), next_attempt_at=None, error_message=OUT_OF_DATE)
    then = now - timedelta(hours=5)
    seen = {"name": "Fay", "when": f"{then:%B %d}", "browser": "Firefox on Windows", "address": "10.20.4.31"}
    _sent(_message(then, "account.new_browser", cast.FAY, seen), then, "folder")
    tried = _message(now - timedelta(minutes=40), TEST, cast.MIA, {})
    tried.write(attempts=5, next_attempt_at=now + timedelta(minutes=35), error_message=USED_UP)
    _message(now - timedelta(minutes=9), TEST, cast.ADA, {}, at=now + timedelta(days=1))


def _to_clients(now: datetime) -> None:
    """One came back, one cannot be sent, and one is not wanted."""
    emails = dict(Client.objects.filter(pk__in=[LUIS]).values_list("pk", "email"))
    phones = dict(Client.objects.filter(pk__in=[HANNAH, BEATRIZ]).values_list("pk", "primary_phone"))
    then = now - timedelta(days=4, hours=1)
    back = {"delivery_status": BOUNCED, "delivery_status_at": then + timedelta(minutes=2)}
    _sent(_to_client(then, LUIS, email=emails[LUIS]), then, "resend", **back)
    with clock.frozen(then + timedelta(minutes=2)):
        suppression.suppress(EMAIL, emails[LUIS], BOUNCED, "550 5.1.1 no such mailbox")
    then = now - timedelta(days=1, hours=3)
    wrong = _to_client(then, HANNAH, phone=e164(phones[HANNAH]))
    wrong.write(attempts=1, next_attempt_at=None, error_message=NO_MOBILE)
    then = now - timedelta(hours=20)
    with clock.frozen(then - timedelta(days=2)):
        suppression.suppress(SMS, e164(phones[BEATRIZ]), STOPPED)
    unwanted = _to_client(then, BEATRIZ, phone=e164(phones[BEATRIZ]))
    unwanted.write(attempts=1, cancelled_at=then, next_attempt_at=None, error_message=suppression.WHY[STOPPED])


def _message(then: datetime, kind: str, to: cast.Member, values: dict[str, Any], at: datetime | None = None) -> Any:
    with clock.frozen(then):
        return queue(kind=kind, recipient=to.id, email=to.email, values=values, at=at or then)


def _to_client(then: datetime, client: UUID, *, email: str = "", phone: str = "") -> Any:
    with clock.frozen(then):
        return queue(kind=TEST, recipient=client, recipient_type=CLIENT, values={}, at=then, email=email, phone=phone)


def _sent(row: Any, then: datetime, provider: str, **told: object) -> None:
    went = {"sent_at": then + timedelta(seconds=1), "sent_successfully": True, "next_attempt_at": None, "attempts": 1}
    row.write(**went, provider=provider, **told)
