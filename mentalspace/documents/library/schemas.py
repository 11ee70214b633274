"""The shapes of the library's API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.documents.rules import LibraryCategory
from mentalspace.documents.schemas import FileIn, Tag, Title, Uploading

Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable]


class LibraryDocumentOut(Schema):
    """A paper of the practice's as its list and its panel show it. `state` is that of its file."""

    id: UUID
    title: str
    description: str
    category: LibraryCategory
    tags: list[str]
    file_name: str
    mime_type: str
    file_size_bytes: int
    uploaded_by: str
    uploaded_date: datetime
    status: Literal["active", "archived", "quarantined"]
    state: Literal["kept", "quarantined", "missing", "removed"]
    is_scanned: bool
    is_shown: bool
    version_number: int
    latest_version: bool
    version: int


class LibraryVersions(LibraryDocumentOut):
    """A document with all of its versions, the newest first."""

    versions: list[LibraryDocumentOut]


class LibraryPage(Schema):
    """One page of the library; `next` is the cursor of the following page, or null at the end."""

    items: list[LibraryDocumentOut]
    next: str | None = None
    uploading: Uploading


class LibraryFilter(Schema):
    """Every word of `q` is looked for in titles, descriptions, file names and tags."""

    q: Annotated[str, Field(max_length=100), Storable] = ""
    category: LibraryCategory | Literal[""] = ""
    archived: bool = False
    cursor: str | None = None


class LibraryIn(FileIn):
    """What is said of a file beside it. Without a title it is called by its name."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable] = ""
    category: LibraryCategory = "handouts"
    description: Description = ""


class LibraryChange(Schema):
    """How a document is called, described and found, and the version it was opened at."""

    title: Title
    description: Description = ""
    category: LibraryCategory
    tags: list[Tag] = []
    version: Version
