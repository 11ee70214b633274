"""Objects as encrypted files in the home: what an installation has without an account anywhere."""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mentalspace.storage import envelope
from mentalspace.storage.errors import StorageAway
from mentalspace.storage.ports import ObjectMissing, Place

SAFE = re.compile(r"[a-z0-9-]{1,60}(/[A-Za-z0-9-]{1,60}){1,4}")
"""What a place may look like as a path: ids, and no way out."""


class LocalStore:
    """Below `folder`, one encrypted file for each object, readable by this account only."""

    name = "local"

    def __init__(self, folder: Path, ring: envelope.Ring) -> None:
        self.folder, self.ring = folder, ring

    @property
    def key_id(self) -> str:
        return self.ring.current

    def put(self, place: Place, content: bytes) -> None:
        path = self._path(place)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(envelope.seal(content, str(place), self.ring))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            _sync(path.parent)
            _clear_drafts(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise StorageAway from error

    def get(self, place: Place, start: int = 0, end: int | None = None) -> bytes:
        try:
            with self._path(place).open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                return envelope.unseal(file, size, str(place), self.ring, start, end)
        except (FileNotFoundError, NotADirectoryError, envelope.Damaged):
            raise ObjectMissing from None
        except OSError as error:
            raise StorageAway from error

    def has(self, place: Place) -> bool:
        return self._path(place).is_file()

    def remove(self, place: Place) -> None:
        path = self._path(place)
        path.unlink(missing_ok=True)
        _clear_drafts(path)

    def probe(self) -> None:
        if not os.access(self.folder, os.R_OK | os.W_OK | os.X_OK):
            raise StorageAway

    def places(self, bucket: str) -> Iterator[Place]:
        top = self.folder / bucket
        for path in sorted(top.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield Place.parse(path.relative_to(self.folder).as_posix())

    def _path(self, place: Place) -> Path:
        if not SAFE.fullmatch(str(place)):
            raise ValueError("an object's place is made of ids")
        return self.folder / str(place)


def _clear_drafts(path: Path) -> None:
    """What a process left that was killed while it wrote here. One place is written by one process at a time."""
    for draft in path.parent.glob(f".{path.name}.*"):
        draft.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """The new name must outlast a loss of power as its row does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
