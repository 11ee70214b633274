"""Where providers tell what became of messages. Each practice has addresses of its own; the signature says it is them.

Whoever's signature is not good learns nothing, not even whether there is such a practice. What was told before is
answered as if it were new: the provider has done its part.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import EventType
from anymail.webhooks.resend import ResendTrackingWebhookView
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify import suppression
from mentalspace.notify.accounts import RESEND, TWILIO, believed, unseal
from mentalspace.notify.models import BOUNCED, COMPLAINED, DELAYED, DELIVERED, SMS, STOPPED, UNDELIVERED
from mentalspace.notify.outcomes import CLICKED, KNOWN, OPENED, Told, take
from mentalspace.practices.system import system_actor

MAIL = {
    EventType.DELIVERED: DELIVERED,
    EventType.DEFERRED: DELAYED,
    EventType.BOUNCED: BOUNCED,
    EventType.COMPLAINED: COMPLAINED,
    EventType.OPENED: OPENED,
    EventType.CLICKED: CLICKED,
}
TEXTS = {"delivered": DELIVERED, "read": OPENED, "undelivered": UNDELIVERED, "failed": UNDELIVERED}
"""The providers' words, and ours."""

STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START = {"START", "YES", "UNSTOP"}
"""The words that carriers in the United States have every sender understand (CTIA messaging principles, 5.1.2.1)."""

NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

View = Callable[[HttpRequest, UUID], HttpResponse]


def told_by_a_provider(view: View) -> View:
    """A POST of a program, as the practice's system and in one transaction; anything unreadable is refused whole.

    It has no session and no CSRF token: the mark lets `people.middleware.Csrf` pass it, and the signature is asked.
    """

    @require_POST
    def wrapped(request: HttpRequest, practice: UUID) -> HttpResponse:
        try:
            with acting_as(system_actor(practice)), transaction.atomic():
                return view(request, practice)
        except (ValueError, KeyError, TypeError, AttributeError):
            return HttpResponse("This cannot be read.", status=400, content_type="text/plain")

    wrapped.is_signed_by_a_provider = True  # type: ignore[attr-defined]
    return wrapped


def refused() -> HttpResponse:
    return HttpResponse("The signature is not good.", status=403, content_type="text/plain")


@told_by_a_provider
def resend(request: HttpRequest, practice: UUID) -> HttpResponse:
    """What became of a mail. Signed by Svix, which refuses what is older than five minutes."""
    for account in believed(RESEND):
        reader = ResendTrackingWebhookView(signing_secret=unseal(account)["signing_secret"])
        try:
            reader.validate_request(request)
        except AnymailWebhookValidationFailure:
            continue
        for event in reader.parse_events(request):
            kind = MAIL.get(event.event_type, "")
            if kind in KNOWN and event.event_id:
                take(_of_mail(event, kind))
        return HttpResponse(status=204)
    return refused()


def _of_mail(event: object, kind: str) -> Told:
    said = vars(event)
    return Told(
        provider=RESEND,
        event_id=said["event_id"],
        kind=kind,
        happened_at=said["timestamp"] or clock.now(),
        notification=_id(said["metadata"].get("notification")),
        external_id=said["message_id"] or "",
        detail=said.get("description") or said.get("reject_reason") or "",
    )


@told_by_a_provider
def twilio_status(request: HttpRequest, practice: UUID) -> HttpResponse:
    """What became of a text message."""
    if not _is_twilio(request):
        return refused()
    sid, status = request.POST["MessageSid"], request.POST["MessageStatus"]
    if status in TEXTS:
        error = request.POST.get("ErrorCode", "")
        take(
            Told(
                provider=TWILIO,
                event_id=f"{sid}:{status}",
                kind=TEXTS[status],
                happened_at=datetime.now(UTC),
                notification=_id(request.GET.get("notification")),
                external_id=sid,
                detail=f"Twilio: {error}" if error else "",
            )
        )
    return HttpResponse(status=204)


@told_by_a_provider
def twilio_inbound(request: HttpRequest, practice: UUID) -> HttpResponse:
    """What a reader wrote back: STOP and START are heeded, by whatever name. Twilio itself answers them."""
    if not _is_twilio(request):
        return refused()
    number, word = request.POST["From"], request.POST.get("Body", "").strip().upper()
    asked = request.POST.get("OptOutType", "")
    if asked == "STOP" or word in STOP:
        suppression.suppress(SMS, number, STOPPED)
    elif asked == "START" or word in START:
        suppression.resume(SMS, number)
    return HttpResponse(NOTHING, content_type="application/xml")


def _is_twilio(request: HttpRequest) -> bool:
    signature = request.headers.get("X-Twilio-Signature", "")
    query = f"?{urlencode(request.GET, doseq=True)}" if request.GET else ""
    url = f"{settings.PUBLIC_URL}{request.path}{query}"
    tokens = [unseal(account)["token"] for account in believed(TWILIO)]
    return any(RequestValidator(token).validate(url, request.POST, signature) for token in tokens)


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
