"""What the two places for documents have in common over HTTP: files that come, links to them, and files that go."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ninja import UploadedFile

from mentalspace.core.errors import BadInput
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage import uploads
from mentalspace.storage.inspection import Checked
from mentalspace.storage.inspection.naming import NAMES, endings
from mentalspace.storage.keeping import examine
from mentalspace.storage.links import Link
from mentalspace.storage.models import Bucket
from mentalspace.storage.stores import scanner

BYTES = {"content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in NAMES}}
CONTENT = {
    "responses": {
        200: {"description": "The file", **BYTES},
        206: {"description": "The part that was asked for", **BYTES},
        416: {"description": "There is no such part"},
    }
}


def uploading(bucket_id: str) -> dict[str, Any]:
    """What may be added to a bucket."""
    bucket = Bucket.objects.get(pk=bucket_id)
    return {
        "most_bytes": bucket.most_bytes,
        "endings": endings(bucket.allowed_types),
        "has_scanner": scanner() is not None,
    }


@dataclass
class Arrival:
    """A file that came. `result` is what it became: set when it has been put in its place, before or now."""

    file: Checked
    result: UUID | None = None


@contextmanager
def arriving(bucket_id: str, file: UploadedFile | None, upload: UUID | None) -> Iterator[Arrival]:
    """The file of a form, or one that came in pieces, as the bucket may keep it. Raises FileRefused.

    The block sets `result`. One that came in pieces and whose answer was lost has its result already. No row is locked
    while a file is looked at: whoever stops it meanwhile has stopped it.
    """
    if upload is None:
        if file is None:
            raise BadInput(fields={"file": ["Choose a file."]})
        yield Arrival(_checked(bucket_id, file.read(), file.name or "", file.size or 0))
        return
    row, content = uploads.whole(upload, bucket_id=bucket_id)
    came = Checked(b"", "", row.file_name)
    if row.result is None:
        came = _checked(bucket_id, content, row.file_name, row.size)
        row = uploads.taken(upload)
    arrival = Arrival(came, row.result)
    yield arrival
    if row.result is None and arrival.result is not None:
        uploads.became(row, arrival.result)


def _checked(bucket_id: str, content: bytes, name: str, size: int) -> Checked:
    return examine(Bucket.objects.get(pk=bucket_id), content, name=name, size=size)


def link_to(request: StaffRequest, object_id: UUID, *, is_shown: bool) -> Link:
    """A link for the person who asks, in the session they ask in."""
    return Link(object_id, request.actor.person, request.session.session_key or "", is_shown)
