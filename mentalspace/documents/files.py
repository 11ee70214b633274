"""What the two places for documents have in common over HTTP: files that come, links to them, and files that go."""

from typing import Any
from uuid import UUID

from ninja import UploadedFile

from mentalspace.people.middleware import StaffRequest
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


def checked(bucket_id: str, file: UploadedFile) -> Checked:
    """The file as the bucket may keep it. Raises FileRefused."""
    bucket = Bucket.objects.get(pk=bucket_id)
    return examine(bucket, file.read(), name=file.name or "", size=file.size or 0)


def link_to(request: StaffRequest, object_id: UUID, *, is_shown: bool) -> Link:
    """A link for the person who asks, in the session they ask in."""
    return Link(object_id, request.actor.person, request.session.session_key or "", is_shown)
