"""Files in pieces over HTTP. What one becomes, the operations that take files say (`upload` in their forms)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from mentalspace.core.api import REFUSALS
from mentalspace.core.errors import NotAllowed
from mentalspace.core.fields import Storable
from mentalspace.people.abilities import can
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage import uploads
from mentalspace.storage.models import Upload

router = Router(tags=["uploads"])

ABILITY = {"client-documents": "add_documents", "document-library": "keep_library", "form-files": "assign_forms"}
BINARY = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}


class UploadIn(Schema):
    """Where the file is meant for, what it is called, and how many bytes it has.

    `id` is the sender's own: with it, beginning may be asked again when the answer was lost.
    """

    id: UUID | None = None
    bucket: Literal["client-documents", "document-library", "form-files"]
    file_name: Annotated[str, StringConstraints(min_length=1, max_length=1000), Storable]
    size: Annotated[int, Field(ge=1, le=2**40)]


class UploadOut(Schema):
    """How much of a file is there, and how large the next piece may be."""

    id: UUID
    size: int
    received: int
    piece_bytes: int
    expires_at: datetime


class PieceQuery(Schema):
    """Where the piece begins: exactly where the file has arrived."""

    begins: Annotated[int, Field(ge=0, le=2**40)] = 0


@router.post("/uploads", response={201: UploadOut, **REFUSALS}, operation_id="begin_upload")
def begin_upload(request: StaffRequest, data: UploadIn) -> Status[dict[str, object]]:
    """Begin to send a file in pieces, or go on with one. What could not be taken anyway is refused now."""
    if not can(request.actor.audience, ABILITY[data.bucket]):
        raise NotAllowed
    where = {"bucket_id": data.bucket, "file_name": data.file_name}
    row = uploads.begin(**where, size=data.size, pk=data.id, by=request.actor)
    return Status(201, _shown(row))


@router.get("/uploads/{upload_id}", response={200: UploadOut, **REFUSALS}, operation_id="get_upload")
def get_upload(request: StaffRequest, upload_id: UUID) -> dict[str, object]:
    """How much of one's own file has arrived, to go on from there."""
    return _shown(Upload.objects.visible(upload_id))


@router.patch(
    "/uploads/{upload_id}", response={200: UploadOut, **REFUSALS}, operation_id="send_piece", openapi_extra=BINARY
)
def send_piece(request: StaffRequest, upload_id: UUID, query: Query[PieceQuery]) -> dict[str, object]:
    """The next piece of a file, as it is. 409 `not_the_next_piece` says how much is there: an answer may be lost."""
    return _shown(uploads.add_piece(upload_id=upload_id, begins=query.begins, content=request.body))


@router.delete("/uploads/{upload_id}", response={204: None, **REFUSALS}, operation_id="stop_upload")
def stop_upload(request: StaffRequest, upload_id: UUID) -> Status[None]:
    """Let go of a file on its way. 409 `was_added` with what it became when that is too late."""
    uploads.stop(upload_id)
    return Status(204, None)


def _shown(row: Upload) -> dict[str, object]:
    said: dict[str, object] = {name: getattr(row, name) for name in ("id", "size", "received", "expires_at")}
    return said | {"piece_bytes": uploads.PIECE}
