"""Sealing and opening psychotherapy notes. Each author has a key of their own, which the database never sees.

Three things must come together to read a note: the sealed row (database), the author's key (`<home>/vault`, one
wrapped file each) and the key that wraps those (`keys/psychotherapy`). Destroying an author's file destroys their
notes for good, backups of the database included. AES-256-GCM throughout; a sealed text is bound to its note, author,
client and version, so that it cannot be put in another's place nor set back to an earlier state.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from mentalspace.access.actor import current
from mentalspace.charting.psychotherapy.errors import KeyIsGone

FORM = b"\x01"
"""The first byte of a sealed text: how it was made."""
NAME, NONCE, KEY = 8, 12, 32
"""Bytes: the key's own name, the nonce, the key."""


@dataclass(frozen=True)
class Place:
    """What a sealed text belongs to."""

    practice: UUID
    author: UUID
    client: UUID
    note: UUID
    version: int

    @property
    def bound(self) -> bytes:
        """The part that is not secret and must be the same when it is opened."""
        return f"{self.practice}.{self.author}.{self.client}.{self.note}.{self.version}".encode()


def seal(text: str, place: Place) -> bytes:
    """The text as the database may hold it. The author's first note makes their key."""
    _only_the_author(place)
    name, key = _key_of(place) or _new_key(place)
    nonce = secrets.token_bytes(NONCE)
    return FORM + name + nonce + AESGCM(key).encrypt(nonce, text.encode(), place.bound)


def unseal(sealed: bytes | memoryview, place: Place) -> str:
    """The text again. Raises KeyIsGone when the author's key was destroyed, or another has taken its place."""
    _only_the_author(place)
    found = _key_of(place)
    name, nonce, body = _parts(bytes(sealed))
    if found is None or found[0] != name:
        raise KeyIsGone
    try:
        return AESGCM(found[1]).decrypt(nonce, body, place.bound).decode()
    except InvalidTag:
        raise KeyIsGone from None


def destroy(practice: UUID, author: UUID) -> bool:
    """Make everything this author sealed unreadable for ever. False when they have no key."""
    path = _path(practice, author)
    try:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    path.unlink()
    return True


def _only_the_author(place: Place) -> None:
    """A second lock beside the database's: whoever acts is the author."""
    actor = current.get()
    if actor is None or (actor.practice, actor.person) != (place.practice, place.author):
        raise PermissionError("psychotherapy notes are opened by their author alone")


def _parts(sealed: bytes) -> tuple[bytes, bytes, bytes]:
    start = len(FORM)
    return sealed[start : start + NAME], sealed[start + NAME : start + NAME + NONCE], sealed[start + NAME + NONCE :]


def _path(practice: UUID, author: UUID) -> Path:
    return Path(settings.VAULT) / str(practice) / str(author)


def _key_of(place: Place) -> tuple[bytes, bytes] | None:
    """The author's key with its name, unwrapped."""
    try:
        stored = _path(place.practice, place.author).read_bytes()
    except FileNotFoundError:
        return None
    name, nonce, wrapped = _parts(stored)
    try:
        return name, _wrapping().decrypt(nonce, wrapped, _bound(place.practice, place.author, name))
    except InvalidTag:
        raise KeyIsGone from None


def _new_key(place: Place) -> tuple[bytes, bytes]:
    """Make and keep a key. Of two first notes at the same moment, both get the one that came first."""
    name, nonce, key = secrets.token_bytes(NAME), secrets.token_bytes(NONCE), secrets.token_bytes(KEY)
    wrapped = _wrapping().encrypt(nonce, key, _bound(place.practice, place.author, name))
    path = _path(place.practice, place.author)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(FORM + name + nonce + wrapped)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        found = _key_of(place)
        assert found is not None
        return found
    finally:
        draft.unlink()
    _sync_folder(path.parent)
    return name, key


def _sync_folder(folder: Path) -> None:
    """The new name must outlast a loss of power as the note does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _wrapping() -> AESGCM:
    return AESGCM(settings.PSYCHOTHERAPY_KEY)


def _bound(practice: UUID, author: UUID, name: bytes) -> bytes:
    return f"{practice}.{author}.{name.hex()}".encode()
