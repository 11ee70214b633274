"""The shapes of files that answer questions."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.documents.schemas import FileIn

Question = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class FormFileIn(FileIn):
    """To which question a file is brought; one that takes none is refused in words."""

    field: Annotated[str, StringConstraints(max_length=40), Storable] = ""


class LinkFileIn(Schema):
    """The same by a link, with the proof that the date of birth was right."""

    field: Question
    proof: Annotated[str, StringConstraints(max_length=200)]


class LinkFilesIn(Schema):
    proof: Annotated[str, StringConstraints(max_length=200)]


class FormFileOut(Schema):
    """A file beside a form. It can be opened while its `state` is "kept"; `document_id` is what it became in the
    chart, once the form was accepted. "quarantined": the scanner objected, so it answers nothing."""

    id: UUID
    field: str
    file_name: str
    mime_type: str
    file_size_bytes: int
    state: Literal["kept", "quarantined", "missing", "removed"]
    is_shown: bool
    document_id: UUID | None
