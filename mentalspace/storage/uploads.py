"""Files that come in pieces: begun, gone on with after whatever interrupted it, and taken once they are whole.

Pieces lie in the database, sealed with the installation's key, because every web process must find them and a piece
must be there exactly when it was said to be. They are there for a day at most, and for their owner alone.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import QuerySet

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.core.errors import BadInput
from mentalspace.storage import envelope
from mentalspace.storage.errors import (
    FileMissing,
    FileRefused,
    NotTheNextPiece,
    UploadNotWhole,
    UploadOver,
    WasAdded,
)
from mentalspace.storage.inspection import naming, too_large
from mentalspace.storage.models import MEGABYTE, Bucket, Upload, UploadPiece

PIECE = 512 * 1024
"""Bytes of a piece at most: small enough that a bad connection carries one, and that losing one loses little."""

GOOD_FOR = timedelta(hours=24)
MOST_ON_THEIR_WAY = 30
MOST_BYTES_ON_THEIR_WAY = 300 * MEGABYTE
"""Of one person, unfinished."""


def begin(*, bucket_id: str, file_name: str, size: int, by: Actor, pk: UUID | None = None) -> Upload:
    """Make room for a file. What could not be taken anyway is refused before it is sent. Raises FileRefused.

    `pk` is the sender's own name for it: beginning the same again, when an answer was lost, is going on with it. Where
    one person has too much on the way, the oldest is let go of: nobody sends so much at once, so it was left behind.
    """
    bucket = Bucket.objects.get(pk=bucket_id)
    if size > bucket.most_bytes:
        raise too_large(size, bucket.most_bytes)
    name = naming.cleaned(file_name)
    if naming.type_of(name) not in bucket.allowed_types:
        raise FileRefused(f"This kind of file is not taken here. Taken are {naming.listed(bucket.allowed_types)}.")
    of = {"practice_id": by.practice, "owner_id": by.person, "bucket": bucket}
    row = Upload(id=pk or uuid4(), **of, file_name=name, size=size, expires_at=clock.now() + GOOD_FOR)
    _make_room(row)
    Upload.objects.bulk_create([row], ignore_conflicts=True)
    begun = _open(row.pk)
    if (begun.bucket_id, begun.file_name, begun.size) != (bucket_id, name, size):
        raise BadInput(fields={"id": ["Another file was begun under this id."]})
    return begun


def _make_room(row: Upload) -> None:
    """Let go of what was left behind: of the others of its owner, the newest that fit beside it stay."""
    coming = Upload.objects.filter(owner_id=row.owner_id, result__isnull=True, expires_at__gt=clock.now())
    number, held, left_behind = 1, row.size, []
    for pk, size in coming.exclude(pk=row.pk).order_by("-created_at", "id").values_list("pk", "size"):
        number, held = number + 1, held + size
        if number > MOST_ON_THEIR_WAY or held > MOST_BYTES_ON_THEIR_WAY:
            left_behind.append(pk)
    if left_behind:
        _let_go(coming.filter(pk__in=left_behind).select_for_update())


def add_piece(*, upload_id: UUID, begins: int, content: bytes) -> Upload:
    """Put the next piece to those that are there. Raises NotTheNextPiece with how much is there already."""
    row = _open(upload_id)
    if row.result is not None or begins != row.received:
        raise NotTheNextPiece(data={"received": row.received})
    if not 0 < len(content) <= PIECE or begins + len(content) > row.size:
        raise FileRefused(f"A piece has 1 to {PIECE} bytes, and all together as many as the file.")
    sealed = envelope.seal(content, _place(row, begins), _ring())
    UploadPiece(practice_id=row.practice_id, upload=row, begins=begins, sealed=sealed).save(force_insert=True)
    return row.write(received=begins + len(content))


def whole(upload_id: UUID, *, bucket_id: str) -> tuple[Upload, bytes]:
    """The upload and its bytes; no bytes when it has become a row already. Raises UploadNotWhole."""
    row = _in_time(Upload.objects.visible(upload_id))
    if row.bucket_id != bucket_id:
        raise FileRefused("This file was sent for another place. Add it again.")
    if row.result is not None:
        return row, b""
    if row.received != row.size:
        raise UploadNotWhole(data={"received": row.received})
    return row, b"".join(_unsealed(row))


def taken(upload_id: UUID) -> Upload:
    """The upload, locked, to be made what it is to become; its `result` says when another request was quicker."""
    return _open(upload_id)


def became(row: Upload, result: UUID) -> None:
    """The file is kept: its pieces go, and that it is stays, so that asking again makes no second one."""
    UploadPiece.objects.filter(upload=row).delete()
    row.write(result=result)


def stop(upload_id: UUID) -> None:
    """Let go of an upload and of what there is of it. Raises WasAdded when that is too late."""
    row = Upload.objects.for_change(upload_id)
    if row.result is not None:
        raise WasAdded(data={"result": str(row.result)})
    _let_go(Upload.objects.filter(pk=row.pk))


def forget_old() -> int:
    """Let go of every upload whose day is over, as the practice's system. Returns how many."""
    return _let_go(Upload.objects.filter(expires_at__lte=clock.now()))


def _let_go(rows: QuerySet[Upload]) -> int:
    over = list(rows.values_list("pk", flat=True))
    UploadPiece.objects.filter(upload__in=over).delete()
    return Upload.objects.filter(pk__in=over).delete()[0]


def _open(upload_id: UUID) -> Upload:
    return _in_time(Upload.objects.for_change(upload_id))


def _in_time(row: Upload) -> Upload:
    if row.expires_at <= clock.now():
        raise UploadOver
    return row


def _unsealed(row: Upload) -> Iterator[bytes]:
    for piece in UploadPiece.objects.filter(upload=row).order_by("begins"):
        sealed = bytes(piece.sealed)
        try:
            yield envelope.unseal(BytesIO(sealed), len(sealed), _place(row, piece.begins), _ring())
        except envelope.Damaged:
            raise FileMissing from None


def _place(row: Upload, begins: int) -> str:
    return f"uploads/{row.practice_id}/{row.pk}/{begins}"


def _ring() -> envelope.Ring:
    return envelope.Ring(settings.STORAGE_KEY, settings.STORAGE_KEYS)
