"""`/d/<token>`: where a client, or who acts for them, reads a document that was shared. No sign-in, no script.

Nothing is shown before the client's date of birth has been named: see `people.outside.gate`. A share that was taken
back, is over, or whose reader may not see the record any more shows nothing, to whoever has it open too.
"""

from collections.abc import Callable
from functools import partial, wraps
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from mentalspace.access.actor import acting_as
from mentalspace.audit.trail import flush, following, record, saw
from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.core.printing.words import moment
from mentalspace.documents.sharing.links import RESOURCE, SALT, is_good
from mentalspace.documents.sharing.models import DocumentShare
from mentalspace.people.network import trail_of
from mentalspace.people.outside.gate import Gate, asked
from mentalspace.people.outside.pages import UNKNOWN, Words, again, rendered, said
from mentalspace.people.outside.sealed import way_of
from mentalspace.practices.models import Practice
from mentalspace.practices.system import system_actor
from mentalspace.storage.serving import SHOWN, served

GATE = Gate("share_link", cookie="reader")

OVER: Words = ("This link is over", "The document is not shared by it any more. Please get in touch if you need it.")
AWAY: Words = ("The document cannot be opened just now", "Please try again in a while, or get in touch.")

BEGINNING = "bytes 0-"
"""How the `Content-Range` begins of a part that has the first byte in it; what follows is the same reading."""

View = Callable[[HttpRequest, DocumentShare, Practice], HttpResponse]


def by_link(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view, given the share that the link is for while that shows anything, as the practice's system."""

    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        way = way_of(token, salt=SALT)
        if way is None:
            return said(request, UNKNOWN, status=404)
        with acting_as(system_actor(way.practice)):
            with transaction.atomic():
                share, practice, good = _share(way.place)
            if share is None:
                return said(request, UNKNOWN, status=404)
            if not good:
                is_page = not request.path.endswith("/document")  # what is saved under a file's name must be one
                return said(request, OVER, {"practice": practice}, status=200 if is_page else 404)
            name = "A guardian, by a link" if share.guardian_id else "The client, by a link"
            with following(trail_of(request, name)):
                return view(request, share, practice)

    return shown


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def shared_page(request: HttpRequest, share: DocumentShare, practice: Practice) -> HttpResponse:
    """The date of birth first; then what is shared, to be opened or kept."""
    if request.method == "POST":
        return _identified(request, share, practice)
    if not GATE.is_open(request, share.pk):
        return _asked(request, share, practice)
    facts = {
        "title": share.document.title,
        "practice": practice,
        "sender": share.created_by.full_name,
        "message": share.message,
        "until": moment(share.expires_at, practice.timezone),
        "is_shown": share.document.mime_type in SHOWN,
    }
    with transaction.atomic():
        saw(RESOURCE, clients=[share.client_id], resource=share.pk, what="opened a shared document's page")
        flush()
    return rendered(request, "sharing/shared.html", facts)


@require_safe
@by_link
def shared_document(request: HttpRequest, share: DocumentShare, practice: Practice) -> HttpResponse:
    """The file; with `?save` to be kept."""
    if not GATE.is_open(request, share.pk):
        return again(request, request.path.removesuffix("/document"))  # where it is asked for
    document = share.document
    try:
        with transaction.atomic():  # any part may be nearly all of it, so each is written down
            saw("document", clients=[share.client_id], resource=document.pk, what="opened a document")
            answer = served(request, document.object, file_name=document.file_name, is_shown="save" not in request.GET)
            if request.method == "GET" and answer.headers.get("Content-Range", BEGINNING).startswith(BEGINNING):
                _count(share)
            flush()
    except Refusal as refusal:
        return said(request, AWAY, {"practice": practice}, status=refusal.status)
    return answer


def _share(share_id: UUID) -> tuple[DocumentShare | None, Practice, bool]:
    """With all that the page looks at, and whether it shows anything: outside a transaction nothing more is read."""
    shares = DocumentShare.objects.select_related("document__object", "client", "created_by")
    share = shares.filter(pk=share_id).first()
    return share, Practice.objects.get(), share is not None and is_good(share)


def _count(share: DocumentShare) -> None:
    """Opened once more. Parts of a file that follow its beginning are not counted."""
    now = Value(clock.now())
    first, latest = Coalesce("opened_at", now), Greatest("last_opened_at", now)
    DocumentShare.objects.filter(pk=share.pk).update(
        opened_at=first, last_opened_at=latest, times_opened=F("times_opened") + 1
    )


def _identified(request: HttpRequest, share: DocumentShare, practice: Practice) -> HttpResponse:
    def wrong() -> None:
        event, what = "document_share.wrong_birth", "{actor} named a wrong date of birth"
        about = {"resource": share.pk, "clients": [share.client_id], "severity": "warning"}
        record(event, what, resource_type=RESOURCE, **about)  # type: ignore[arg-type]

    ask = partial(_asked, request, share, practice)
    return GATE.answer(request, share.pk, share.client.date_of_birth, wrong=wrong, ask=ask)


def _asked(
    request: HttpRequest, share: DocumentShare, practice: Practice, refusal: Refusal | None = None
) -> HttpResponse:
    is_for_another = share.guardian_id is not None
    return asked(request, practice, "A document for you", is_for_another=is_for_another, refusal=refusal)
