"""Where the link of a place goes now, and what became of the mails that brought it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from mentalspace.documents.signing.links import ENTITY
from mentalspace.documents.signing.messages import COPY, LINK
from mentalspace.documents.signing.models import SignatureRequestSigner
from mentalspace.notify.models import Notification

WHAT = {LINK: "link", COPY: "copy"}


def address_now(place: SignatureRequestSigner) -> str:
    """The address in the chart of whoever signs by a link; empty for staff, and where the chart has none any more.

    `place.email` is the one they were first asked at: it may have been put right since.
    """
    if not place.email:
        return ""
    if place.guardian_id is None:
        return place.client.email
    return place.guardian.email if place.guardian else place.email


def latest(places: Iterable[SignatureRequestSigner]) -> dict[UUID, dict[str, Any]]:
    """The last mail about each place that has one, as the outbox has it."""
    rows = _of([place.pk for place in places if place.email]).order_by("created_at", "id")
    return {row.related_entity_id: _shown(row) for row in rows if row.related_entity_id}


def sent_to(places: Iterable[SignatureRequestSigner]) -> Mapping[UUID, str]:
    """Every address to which the link of a place went before it was signed at, the first first."""
    found: dict[UUID, list[str]] = {place.pk: [] for place in places if place.email}
    decided = {place.pk: place.decided_at for place in places}
    for row in _of(list(found)).filter(kind=LINK, sent_at__isnull=False).order_by("sent_at", "id"):
        place, until = row.related_entity_id, decided.get(row.related_entity_id)
        if place and row.address not in found[place] and (until is None or row.created_at <= until):
            found[place].append(row.address)
    return {place: ", ".join(addresses) for place, addresses in found.items()}


def _of(places: list[UUID]) -> Any:
    return Notification.objects.filter(related_entity_type=ENTITY, related_entity_id__in=places, kind__in=list(WHAT))


def _shown(row: Notification) -> dict[str, Any]:
    return {
        "what": WHAT[row.kind],
        "address": row.address,
        "state": row.state,
        "at": row.sent_at or row.cancelled_at or row.created_at,
        "delivery_status": row.delivery_status,
        "problem": row.error_message,
    }
