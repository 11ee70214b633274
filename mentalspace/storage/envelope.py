"""How a file is encrypted: AES-256-GCM in pieces, under a key of its own that the installation's key wraps.

    form (4) · name of the wrapping key (16) · nonce (12) · wrapped key (48) · pieces of 64 KiB, each with its tag (16)

Each piece is bound to the file's place, to its number, and to whether it is the last, so that pieces cannot be
exchanged, left out or cut off, nor a file put in another's place. Pieces let a part be read without the rest.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORM = b"MSO1"
NAME, NONCE, KEY, TAG = 16, 12, 32, 16
HEADER = len(FORM) + NAME + NONCE + KEY + TAG
PIECE = 64 * 1024
LONGEST_KEY_NAME = NAME


class Damaged(Exception):
    """These are not the bytes that were sealed, or they belong elsewhere, or their key is gone."""


@dataclass(frozen=True)
class Ring:
    """The installation's keys by name, and which of them wraps what is new."""

    current: str
    keys: Mapping[str, bytes]


def seal(content: bytes, place: str, ring: Ring) -> bytes:
    """The file as a disk may hold it."""
    key, nonce = secrets.token_bytes(KEY), secrets.token_bytes(NONCE)
    name = ring.current.encode().ljust(NAME, b"\0")
    wrapped = AESGCM(ring.keys[ring.current]).encrypt(nonce, key, _bound(place, name))
    cipher, total = AESGCM(key), _pieces(len(content))
    body = (
        cipher.encrypt(_nonce(number), content[number * PIECE : (number + 1) * PIECE], _part(place, number, total))
        for number in range(total)
    )
    return b"".join((FORM, name, nonce, wrapped, *body))


def unseal(file: BinaryIO, sealed_size: int, place: str, ring: Ring, start: int = 0, end: int | None = None) -> bytes:
    """The bytes from `start` up to and without `end`. Reads only the pieces they lie in. Raises Damaged."""
    size, total = _sizes(sealed_size)
    stop = size if end is None else min(end, size)
    cipher = AESGCM(_key(file.read(HEADER), place, ring))
    if stop <= start and total > 1:
        return b""
    first, last = start // PIECE, max(start, stop - 1) // PIECE
    file.seek(HEADER + first * (PIECE + TAG))
    try:
        found = b"".join(
            cipher.decrypt(_nonce(number), file.read(PIECE + TAG), _part(place, number, total))
            for number in range(first, min(last, total - 1) + 1)
        )
    except InvalidTag:
        raise Damaged from None
    return found[start - first * PIECE : stop - first * PIECE]


def key_name(header: bytes) -> str:
    """Which key wraps the file that begins so."""
    return header[len(FORM) : len(FORM) + NAME].rstrip(b"\0").decode("ascii", "replace")


def _key(header: bytes, place: str, ring: Ring) -> bytes:
    if len(header) < HEADER or not header.startswith(FORM):
        raise Damaged
    wrapping = ring.keys.get(key_name(header))
    name, rest = header[len(FORM) : len(FORM) + NAME], header[len(FORM) + NAME :]
    if wrapping is None:
        raise Damaged
    try:
        return AESGCM(wrapping).decrypt(rest[:NONCE], rest[NONCE:], _bound(place, name))
    except InvalidTag:
        raise Damaged from None


def _sizes(sealed_size: int) -> tuple[int, int]:
    """How many bytes there were, and in how many pieces."""
    body = sealed_size - HEADER
    total = max(1, -(-body // (PIECE + TAG)))
    if body < total * TAG:
        raise Damaged
    return body - total * TAG, total


def _pieces(size: int) -> int:
    return max(1, -(-size // PIECE))


def _nonce(number: int) -> bytes:
    """Counted: the key is this file's alone and encrypts nothing twice."""
    return number.to_bytes(NONCE, "big")


def _bound(place: str, name: bytes) -> bytes:
    return b"key." + name + b"." + place.encode()


def _part(place: str, number: int, total: int) -> bytes:
    return f"{place}.{number}.{'last' if number == total - 1 else 'more'}".encode()
