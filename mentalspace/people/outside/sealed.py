"""Tokens that name a practice and a row in it, with a seal over both that only this installation can make.

Nothing of a token is stored, so nothing that is stored opens anything, and a message that is sent again has the same
link. Whether it still opens anything is said by the row alone.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

SEAL: Final = 16
"""Bytes: 128 bits that nobody guesses."""
WHOLE: Final = 16 + 16 + SEAL


@dataclass(frozen=True, slots=True)
class Way:
    """Where a link leads."""

    practice: UUID
    place: UUID


def token_of(way: Way, *, salt: str) -> str:
    """64 letters, the same for the same place, for ever. `salt` keeps kinds of links apart."""
    return base64.urlsafe_b64encode(way.practice.bytes + way.place.bytes + _seal(way, salt)).decode()


def way_of(token: str, *, salt: str) -> Way | None:
    """Where a token leads; None when it was not made here, or is for another kind of link."""
    try:
        held = base64.urlsafe_b64decode(token.encode("ascii"))
    except (ValueError, binascii.Error):
        return None
    if len(held) != WHOLE:
        return None
    way = Way(UUID(bytes=held[:16]), UUID(bytes=held[16:32]))
    return way if constant_time_compare(token, token_of(way, salt=salt)) else None


def _seal(way: Way, salt: str) -> bytes:
    return salted_hmac(salt, f"{way.practice}:{way.place}", algorithm="sha256").digest()[:SEAL]
