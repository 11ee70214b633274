"""`/s/<token>`: where a client or a guardian reads a document and signs it. No sign-in; our only script is a pen.

Mail programs and virus scanners open every link they see: a GET shows, and the POST of a form acts. Nothing is shown
before the client's date of birth has been named: see `people.outside.gate`.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from mentalspace.access.actor import acting_as
from mentalspace.audit.trail import flush, following, record, saw
from mentalspace.core import clock
from mentalspace.core.api import meant
from mentalspace.core.errors import BadInput, ReadOnly, Refusal
from mentalspace.core.printing.words import moment
from mentalspace.documents.models import ClientDocument
from mentalspace.documents.signing import giving, rules
from mentalspace.documents.signing.forms import drawing_in, words_in
from mentalspace.documents.signing.giving import Given
from mentalspace.documents.signing.links import SALT
from mentalspace.documents.signing.models import PlaceState, RequestStatus, SignatureRequestSigner
from mentalspace.documents.signing.turns import RESOURCE
from mentalspace.people import closed
from mentalspace.people.network import client_address, trail_of
from mentalspace.people.outside.gate import Gate, asked
from mentalspace.people.outside.pages import UNKNOWN, again, rendered, said
from mentalspace.people.outside.sealed import way_of
from mentalspace.practices.models import Practice
from mentalspace.practices.system import system_actor
from mentalspace.storage.serving import served

GATE = Gate("signature_link", cookie="signer")

OVER = (
    "This link is over",
    "The document does not wait for your signature any more. Please get in touch if you need it.",
)
LATER = ("It is not your turn yet", "Somebody else signs first. You will get a message when it is your turn.")
AWAY = ("The document cannot be opened just now", "Please try again in a while, or get in touch with the practice.")
DECLINED = ("You have declined", "The practice has been told, with your reason. Nothing was signed.")

View = Callable[[HttpRequest, SignatureRequestSigner], HttpResponse]


def by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view, given the place that the link is for, as the practice's system."""

    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        way = way_of(token, salt=SALT)
        if way is None:
            return said(request, UNKNOWN, status=404)
        with acting_as(system_actor(way.practice)):
            place = _place(way.place)
            if place is None:
                return said(request, UNKNOWN, status=404)
            name = "A guardian, by a link" if place.guardian_id else "The client, by a link"
            with following(trail_of(request, name)):
                return view(request, place)

    return shown


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def signing_page(request: HttpRequest, place: SignatureRequestSigner) -> HttpResponse:
    """The date of birth first; then the document, what is agreed to, and the form."""
    if request.method != "POST":
        return _shown(request, place)
    if request.POST.get("do") == "identify":
        return _identified(request, place) if _readable(place) else _shown(request, place)
    if not GATE.is_open(request, place.pk):
        return again(request)
    try:
        closed.refuse_outside()
        with transaction.atomic():
            _act(request, place)
    except ReadOnly as refusal:
        return meant(_shown(request, place, {"problem": refusal.message}, status=refusal.status))
    except BadInput as wrong:
        return _shown(request, place, {"errors": wrong.fields}, status=422)
    except Refusal as refusal:
        place = _place(place.pk) or place  # as it stands now: it may have been answered or ended meanwhile
        if _is_open(place):
            return _shown(request, place, {"problem": refusal.message}, status=refusal.status)
    return again(request)  # which then says how it stands


@require_safe
@by_link
def signing_document(request: HttpRequest, place: SignatureRequestSigner) -> HttpResponse:
    """The PDF that is to be signed, or with all signatures in it; with `?save` to be kept."""
    document = _readable(place)
    if document is not None and not GATE.is_open(request, place.pk):
        return again(request, request.path.removesuffix("/document"))  # where the date of birth is asked for
    if document is None:
        return said(request, OVER, status=404)
    try:
        with transaction.atomic():  # any part may be nearly all of it, so each is written down
            saw("document", clients=[place.client_id], resource=document.pk, what="opened a document")
            answer = served(request, document.object, file_name=document.file_name, is_shown="save" not in request.GET)
            flush()
    except Refusal as refusal:
        return said(request, AWAY, {"practice": _practice()}, status=refusal.status)
    return answer


def _place(place_id: UUID) -> SignatureRequestSigner | None:
    """With all that the page looks at: outside a transaction nothing more can be read."""
    places = SignatureRequestSigner.objects.select_related("request__document__object", "client")
    with transaction.atomic():
        return places.filter(pk=place_id).first()


def _act(request: HttpRequest, place: SignatureRequestSigner) -> None:
    if request.POST.get("do") == "decline":
        giving.decline_by_link(place_id=place.pk, reason=words_in(request.POST, "reason", 500), now=clock.now())
        return
    for box in ("consents", "intends"):
        if request.POST.get(box) != "yes":
            raise BadInput(fields={box: ["Tick this to sign, or decline below."]})
    given = Given(
        name=words_in(request.POST, "name", 200),
        drawing=drawing_in(request.POST),
        document_sha256=request.POST.get("document", ""),
        ip_address=client_address(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
    giving.sign_by_link(place_id=place.pk, given=given, now=clock.now())


def _identified(request: HttpRequest, place: SignatureRequestSigner) -> HttpResponse:
    def wrong() -> None:
        event, what = "signature.identity_refused", "{actor} named a wrong date of birth"
        about: dict[str, Any] = {"resource": place.request_id, "clients": [place.client_id]}
        record(event, what, resource_type=RESOURCE, severity="warning", **about)

    ask = partial(_asked_for_birth, request, place)
    return GATE.answer(request, place.pk, place.client.date_of_birth, wrong=wrong, ask=ask)


def _is_open(place: SignatureRequestSigner) -> bool:
    """Whether it can be signed now."""
    return place.state == PlaceState.ASKED and not place.request.is_over(clock.now())


def _readable(place: SignatureRequestSigner) -> ClientDocument | None:
    """What this place may still read: what it is to sign or has signed, and the signed copy for a while."""
    asked = place.request
    if asked.status == RequestStatus.OPEN:
        has_turn = place.state in (PlaceState.ASKED, PlaceState.SIGNED)
        return asked.document if has_turn and not asked.is_over(clock.now()) else None
    if asked.status != RequestStatus.SIGNED or not asked.closed_at:
        return None
    document, since = asked.document, asked.closed_at
    if asked.sealed_id is not None:
        with transaction.atomic():
            document = ClientDocument.objects.select_related("object").get(pk=asked.sealed_id)
        since = document.created_at
    return document if clock.now() < rules.copy_until(since) else None


def _shown(
    request: HttpRequest, place: SignatureRequestSigner, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    document = _readable(place)
    if document is None:
        words = DECLINED if place.state == PlaceState.DECLINED else OVER
        if place.state == PlaceState.WAITING and not place.request.is_over(clock.now()):
            words = LATER
        return said(request, words, {"practice": _practice()})
    if not GATE.is_open(request, place.pk):
        return _asked_for_birth(request, place)
    with transaction.atomic():
        saw(RESOURCE, clients=[place.client_id], resource=place.request_id, what="opened a document to sign")
        facts = _facts(request, place, document) | (more or {})
        flush()
    return rendered(request, "signing/sign.html" if _is_open(place) else "signing/done.html", facts, status)


def _facts(request: HttpRequest, place: SignatureRequestSigner, document: ClientDocument) -> dict[str, Any]:
    practice = _practice()
    return {
        "title": document.title,
        "practice": practice,
        "place": place,
        "message": place.request.message,
        "sender": place.request.created_by.full_name,
        "until": moment(place.request.expires_at, practice.timezone),
        "signed": moment(place.decided_at, practice.timezone) if place.decided_at else "",
        "is_complete": place.request.sealed_id is not None,
        "consent": rules.CONSENT,
        "intent": rules.INTENT,
        "wide": rules.WIDE,
        "high": rules.HIGH,
        "said": request.POST,
    }


def _asked_for_birth(
    request: HttpRequest, place: SignatureRequestSigner, refusal: Refusal | None = None
) -> HttpResponse:
    is_for_another = place.guardian_id is not None
    return asked(request, _practice(), "A document to sign", is_for_another=is_for_another, refusal=refusal)


def _practice() -> Practice:
    with transaction.atomic():
        return Practice.objects.get()
