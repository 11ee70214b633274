"""Taking a file into a bucket, and giving it out again.

A row and its bytes cannot be committed together, so the bytes come last and leave a mark behind until the row is
committed: what a rolled-back transaction left is found by its mark (`checking`), and nothing else is ever removed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.launch.keys import write_private
from mentalspace.storage import stores
from mentalspace.storage.errors import FileMissing, FileRemoved, InQuarantine, StorageAway
from mentalspace.storage.inspection import Checked, apart, inspect
from mentalspace.storage.models import Bucket, State, StoredObject
from mentalspace.storage.ports import ObjectMissing, Place, Verdict


def examine(bucket: Bucket, content: bytes, *, name: str, size: int) -> Checked:
    """The file as this bucket may keep it, with what the scanner says of it: both take time, so no row is locked yet.

    Raises FileRefused, in plain words; InspectionAway or ScannerAway when nobody can look.
    """
    allowed, most_bytes = bucket.allowed_types, bucket.most_bytes
    file = inspect(content, name, size=size, allowed=allowed, most_bytes=most_bytes, look=apart.content_to_keep)
    return replace(file, verdict=scanned(file))


@contextmanager
def keeping(bucket: Bucket, file: Checked, *, below: UUID, by: Actor) -> Iterator[StoredObject]:
    """Put a file into a bucket, in the acting person's transaction; `below` is the folder, an id.

    The block writes the row that names the object. Only when that has succeeded do the bytes go to the store.
    Raises ScannerAway or StorageAway, and then nothing is kept.
    """
    verdict = scanned(file)
    store, pk = stores.current_store(), uuid4()
    row = StoredObject(
        id=pk,
        practice_id=by.practice,
        bucket=bucket,
        name=f"{below}/{pk}",
        owner_id=by.person,
        size=file.size,
        content_type=file.content_type,
        sha256=file.sha256,
        store=store.name,
        key_id=store.key_id,
        state=State.QUARANTINED if verdict.finding else State.KEPT,
        scanner=verdict.scanner,
        finding=verdict.finding,
    )
    row.save(force_insert=True)
    yield row
    place = place_of(row)
    mark = Mark.make(store.name, place)
    transaction.on_commit(mark.take_away)
    store.put(place, file.content)


def scanned(file: Checked) -> Verdict:
    """What the scanner says of a file, which is asked once. Raises ScannerAway."""
    if file.verdict is not None:
        return file.verdict
    scanner = stores.scanner()
    return scanner.scan(file.content) if scanner else Verdict("")


def content_of(row: StoredObject, start: int = 0, end: int | None = None) -> bytes:
    """The object's bytes, or some of them. Raises InQuarantine, FileMissing or StorageAway."""
    if row.state == State.QUARANTINED:
        raise InQuarantine
    if row.state == State.REMOVED:
        raise FileRemoved
    try:
        found = stores.store_named(row.store).get(place_of(row), start, end)
    except ObjectMissing:
        raise FileMissing from None
    is_whole = start == 0 and (end is None or end >= row.size)
    if is_whole and sha256(found).hexdigest() != row.sha256:
        raise FileMissing
    return found


def marked_removed(row: StoredObject) -> None:
    """Say that an object's bytes are let go of, as the practice's system; the database refuses what must be kept.

    It is said, with whatever else is to be known of it, in a transaction of its own: only then `remove_bytes`.
    """
    row.write(state=State.REMOVED, checked_at=clock.now())


def remove_bytes(row: StoredObject) -> bool:
    """Let go of the bytes of an object that was said to be removed, for good.

    False when the store failed: the check lets go of what is left.
    """
    try:
        stores.store_named(row.store).remove(place_of(row))
    except (StorageAway, OSError):
        return False
    return True


def place_of(row: StoredObject) -> Place:
    return Place(row.bucket_id, row.practice_id, row.name)


class Mark:
    """Says that bytes are on their way to a place. It is there before them, and until their row is committed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def folder(cls) -> Path:
        return Path(settings.OBJECTS) / ".arriving"

    @classmethod
    def make(cls, store: str, place: Place) -> "Mark":
        cls.folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        made = cls(cls.folder() / sha256(f"{store}:{place}".encode()).hexdigest())
        write_private(made.path, json.dumps({"store": store, "place": str(place), "at": clock.now().isoformat()}))
        return made

    @classmethod
    def every(cls) -> list["Mark"]:
        return [cls(path) for path in sorted(cls.folder().glob("*")) if not path.name.startswith(".")]

    def read(self) -> tuple[str, Place, datetime] | None:
        """The store, the place, and since when; None when it is gone already."""
        try:
            said = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        return said["store"], Place.parse(said["place"]), datetime.fromisoformat(said["at"])

    def take_away(self) -> None:
        self.path.unlink(missing_ok=True)
