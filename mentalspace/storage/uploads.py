"""Files that come in pieces: begun, gone on with after whatever interrupted it, and taken once they are whole.

Pieces lie in the database, sealed with the installation's key, because every web process must find them and a piece
must be there exactly when it was said to be. They are there for a day at most, and for their owner alone.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.storage import envelope
from mentalspace.storage.errors import (
    FileMissing,
    FileRefused,
    NotTheNextPiece,
    TooManyUploads,
    UploadNotWhole,
    UploadOver,
)
from mentalspace.storage.inspection import naming, too_large
from mentalspace.storage.models import MEGABYTE, Bucket, Upload, UploadPiece

PIECE = 512 * 1024
"""Bytes of a piece at most: small enough that a bad connection carries one, and that losing one loses little."""

GOOD_FOR = timedelta(hours=24)
MOST_ON_THEIR_WAY = 30
MOST_BYTES_ON_THEIR_WAY = 300 * MEGABYTE
"""Of one person, unfinished."""


def begin(*, bucket_id: str, file_name: str, size: int, by: Actor) -> Upload:
    """Make room for a file. What could not be taken anyway is refused before it is sent. Raises FileRefused."""
    bucket = Bucket.objects.get(pk=bucket_id)
    if size > bucket.most_bytes:
        raise too_large(size, bucket.most_bytes)
    name = naming.cleaned(file_name)
    if naming.type_of(name) not in bucket.allowed_types:
        raise FileRefused(f"This kind of file is not taken here. Taken are {naming.listed(bucket.allowed_types)}.")
    coming = Upload.objects.filter(owner_id=by.person, result__isnull=True, expires_at__gt=clock.now())
    held = coming.aggregate(bytes=Sum("size"))["bytes"] or 0
    if coming.count() >= MOST_ON_THEIR_WAY or held + size > MOST_BYTES_ON_THEIR_WAY:
        raise TooManyUploads
    of = {"practice_id": by.practice, "owner_id": by.person, "bucket": bucket}
    row = Upload(**of, file_name=name, size=size, expires_at=clock.now() + GOOD_FOR)
    row.save(force_insert=True)
    return row


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
    """The upload, locked, and its bytes; no bytes when it has become a row already. Raises UploadNotWhole."""
    row = _open(upload_id)
    if row.bucket_id != bucket_id:
        raise FileRefused("This file was sent for another place. Add it again.")
    if row.result is not None:
        return row, b""
    if row.received != row.size:
        raise UploadNotWhole(data={"received": row.received})
    return row, b"".join(_unsealed(row))


def became(row: Upload, result: UUID) -> None:
    """The file is kept: its pieces go, and that it is stays, so that asking again makes no second one."""
    UploadPiece.objects.filter(upload=row).delete()
    row.write(result=result)


def stop(upload_id: UUID) -> None:
    """Let go of an upload and of what there is of it."""
    row = Upload.objects.for_change(upload_id)
    UploadPiece.objects.filter(upload=row).delete()
    Upload.objects.filter(pk=row.pk).delete()


def forget_old() -> int:
    """Let go of every upload whose day is over, as the practice's system. Returns how many."""
    over = list(Upload.objects.filter(expires_at__lte=clock.now()).values_list("pk", flat=True))
    UploadPiece.objects.filter(upload__in=over).delete()
    return Upload.objects.filter(pk__in=over).delete()[0]


def _open(upload_id: UUID) -> Upload:
    row = Upload.objects.for_change(upload_id)
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
