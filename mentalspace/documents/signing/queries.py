"""Reads of requests for signatures. Row-level security has decided which are there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from mentalspace.core import clock
from mentalspace.core.paging import page
from mentalspace.documents.signing import asking, mails, rules
from mentalspace.documents.signing.models import PlaceState, RequestStatus, SignatureRequest, SignatureRequestSigner
from mentalspace.people.days import access_day

KEYS = ("-created_at", "id")
GOING_ON = Q(status=RequestStatus.OPEN) | Q(status=RequestStatus.SIGNED, sealed__isnull=True)
"""Signatures are being gathered, or are about to be put into the document."""

PLACE = (
    *("id", "position", "role", "person_id", "name", "email", "state", "asked_at", "decided_at", "method"),
    *("signed_name", "decline_reason"),
)
ROW = (
    "id",
    "client_id",
    "document_id",
    "document_sha256",
    "status",
    "is_ordered",
    "message",
    "expires_at",
    "copy_given_up_at",
)


def is_out(document_id: UUID) -> bool:
    """Whether signatures on it are being gathered, or are about to be put into it."""
    return SignatureRequest.objects.filter(GOING_ON, document_id=document_id).exists()


def is_held(document_id: UUID) -> bool:
    """Whether signatures keep it where it is: it is out, and its signed copy was not given up."""
    return SignatureRequest.objects.filter(GOING_ON, document_id=document_id, copy_given_up_at__isnull=True).exists()


def copy_given_up() -> Exists:
    """Of each document of a queryset: everybody has signed, and it is not tried any more to make the signed copy."""
    return Exists(SignatureRequest.objects.filter(copy_given_up_at__isnull=False, document_id=OuterRef("pk")))


def out_for_signature() -> Exists:
    """As `is_out`, of each document of a queryset."""
    return Exists(SignatureRequest.objects.filter(GOING_ON, document_id=OuterRef("pk")))


def is_what_was_signed() -> Exists:
    """Of each document of a queryset: its file is the one whose digest stands with the signatures."""
    return Exists(SignatureRequest.objects.filter(status=RequestStatus.SIGNED, document_id=OuterRef("pk")))


def of_family(family: UUID) -> list[dict[str, Any]]:
    """The requests of a document in any of its versions, the latest first."""
    return _shown(list(_rows().filter(document__family=family).order_by(*KEYS)))


def waiting(person: UUID, *, whose: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of what waits for this person's signature, or ("sent") of what they sent and others sign; newest first.

    What is signed by everybody and has no copy yet still counts as sent.
    """
    rows = _rows().filter(GOING_ON)
    if whose == "sent":
        rows = rows.filter(created_by_id=person)
    else:
        asked = SignatureRequestSigner.objects.filter(person_id=person, state=PlaceState.ASKED).values("request_id")
        rows = rows.filter(status=RequestStatus.OPEN, pk__in=asked)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    return _shown(found, asks_team=False), following


def opened(request_id: UUID) -> SignatureRequest:
    """A request with its places. 404 when invisible."""
    return _rows().visible(request_id)  # type: ignore[attr-defined,no-any-return]


def shown(row: SignatureRequest) -> dict[str, Any]:
    """The `SignatureRequestOut` of a row of `_rows`."""
    return _shown([row])[0]


def _shown(rows: Sequence[SignatureRequest], *, asks_team: bool = True) -> list[dict[str, Any]]:
    """Of one client's requests, whether a colleague still sees the chart is asked, too: `asks_team`."""
    told = mails.latest(place for row in rows for place in row.places.all())
    is_open = any(row.status == RequestStatus.OPEN for row in rows)
    seeing = _seeing(rows[0].client_id) if asks_team and is_open else None
    return [_request(row, told, seeing) for row in rows]


def _seeing(client: UUID) -> set[UUID]:
    """The staff who see this chart today."""
    return set(asking.staff(client, access_day()).values_list("pk", flat=True))


def _request(row: SignatureRequest, told: dict[UUID, dict[str, Any]], seeing: set[UUID] | None) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ROW},
        "client_name": row.client.chosen_name,
        "title": row.document.title,
        "created_at": row.created_at,
        "created_by": row.created_by.full_name,
        "sealed_id": row.sealed_id,
        "gives_copy": row.sealed is not None and clock.now() < rules.copy_until(row.sealed.created_at),
        "consent": rules.CONSENT,
        "intent": rules.INTENT,
        "places": [_place(place, told.get(place.pk), seeing) for place in row.places.all()],
    }


def _place(place: SignatureRequestSigner, mail: dict[str, Any] | None, seeing: set[UUID] | None) -> dict[str, Any]:
    has_left = seeing is not None and place.person_id not in seeing
    is_gone = place.person is not None and (not place.person.is_active or has_left)
    same = {name: getattr(place, name) for name in PLACE}
    return same | {"is_gone": is_gone, "mail": mail, "address_now": mails.address_now(place)}


def _rows() -> QuerySet[SignatureRequest]:
    signers = SignatureRequestSigner.objects.select_related("person", "client", "guardian")
    places = Prefetch("places", signers.order_by("position"))
    beside = ("client", "document", "created_by", "sealed")
    return SignatureRequest.objects.select_related(*beside).prefetch_related(places)
