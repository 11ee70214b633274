"""What signing and its jobs have in common: taking turns over a request, and telling those whose turn it is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from mentalspace.core.printing.words import moment
from mentalspace.documents.signing.links import ENTITY
from mentalspace.documents.signing.mails import address_now
from mentalspace.documents.signing.messages import ASKED, LINK, NO_ADDRESS, OVER, VOID
from mentalspace.documents.signing.models import PlaceState, SignatureRequest, SignatureRequestSigner
from mentalspace.notify import outbox
from mentalspace.notify.bell import ring
from mentalspace.notify.models import CLIENT
from mentalspace.practices.models import Practice

RESOURCE = "signature_request"


def tell_asked(request: SignatureRequest, places: Iterable[SignatureRequestSigner]) -> None:
    """Staff under the bell, clients and guardians by a link. Everybody in `places` is asked."""
    places = list(places)
    staff = [place.person_id for place in places if place.person_id]
    ring(kind=ASKED, recipients=staff, about=request.document_id, client=request.client_id)
    for place in places:
        write_to(place, LINK, until=request.expires_at)


def tell_unreached(request: SignatureRequest, place: SignatureRequestSigner) -> None:
    """Whoever sent it hears that somebody is asked whom no link can reach: nobody else would notice."""
    if place.email and not address_now(place):
        ring(kind=NO_ADDRESS, recipients=[request.created_by_id], about=request.document_id, client=request.client_id)


def tell_signed(request: SignatureRequest, *, but: Iterable[UUID] = ()) -> None:
    """It has ended without everybody's signature: those who had given theirs hear so, `but` who is told otherwise."""
    signed = list(request.places.filter(state=PlaceState.SIGNED).select_related("client", "guardian"))
    staff = {place.person_id for place in signed if place.person_id} - set(but)
    ring(kind=VOID, recipients=staff, about=request.document_id, client=request.client_id)
    for place in signed:
        write_to(place, OVER)


def write_to(place: SignatureRequestSigner, kind: str, *, until: datetime | None = None) -> None:
    """A message about a place, to the address in the chart now; none to staff, and none where there is no address."""
    if not (email := address_now(place)):
        return
    zone = Practice.objects.values_list("timezone", flat=True).get(pk=place.practice_id)
    outbox.queue(
        kind=kind,
        recipient=place.client_id,
        recipient_type=CLIENT,
        email=email,
        values={"until": moment(until, zone)} if until else {},
        about=(ENTITY, place.pk),
    )


def take_turn(request_id: UUID) -> None:
    """Whoever signs, declines or ends a request does so alone, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"signature:{request_id}"])
