"""Links by which a client or a guardian signs without signing in.

A token names the practice and the place, with a seal over both that only this installation can make. Nothing of it is
stored, so nothing that is stored opens a place, and a message that is sent again has the same link. What it opens is
said by the place alone: it works until the signature is given, the request has ended, or its time is over.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from mentalspace.documents.signing.models import PlaceState, RequestStatus, SignatureRequestSigner

SEAL: Final = 16
"""Bytes: 128 bits that nobody guesses."""
WHOLE: Final = 16 + 16 + SEAL
ENTITY: Final = "signature_signer"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a link leads."""

    practice: UUID
    place: UUID


def token_of(way: Way) -> str:
    """64 letters, the same for the same place, for ever."""
    return base64.urlsafe_b64encode(way.practice.bytes + way.place.bytes + _seal(way)).decode()


def way_of(token: str) -> Way | None:
    """Where a token leads; None when it was not made here."""
    try:
        held = base64.urlsafe_b64decode(token.encode("ascii"))
    except (ValueError, binascii.Error):
        return None
    if len(held) != WHOLE:
        return None
    way = Way(UUID(bytes=held[:16]), UUID(bytes=held[16:32]))
    return way if constant_time_compare(token, token_of(way)) else None


def link_to_sign(row: Any) -> str | None:
    """Put into a message as it is sent; None when there is nothing to sign any more."""
    asked = SignatureRequestSigner.objects.filter(pk=row.related_entity_id, state=PlaceState.ASKED)
    place = asked.filter(request__status=RequestStatus.OPEN).first()
    return address_of(place) if place else None


def link_to_copy(row: Any) -> str | None:
    """The same address, where everybody's signatures are by now."""
    place = SignatureRequestSigner.objects.filter(pk=row.related_entity_id, request__sealed__isnull=False).first()
    return address_of(place) if place else None


def address_of(place: SignatureRequestSigner) -> str:
    return f"{settings.PUBLIC_URL}/s/{token_of(Way(place.practice_id, place.pk))}"


def _seal(way: Way) -> bytes:
    said = f"{way.practice}:{way.place}"
    return salted_hmac("documents.signing.links", said, algorithm="sha256").digest()[:SEAL]
