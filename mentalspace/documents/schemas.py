"""The shapes of the documents API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.documents.rules import Category

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
"""How long a tag may be is said by `rules`, in a sentence beside the field."""


class Piece(Schema):
    """Part of a sentence in a document; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool


class DocumentOut(Schema):
    """A document as its list and its page show it. `state` is that of its file.

    `words`: whether it is found by the words in it; "none" when it holds none, such as a picture or a scan. `found` is
    the place in it that a search met, as pieces of a sentence; empty where it was met by name only. `template` is what
    the template is called that it was made from; empty for a file that somebody brought. `is_shared`: by a link that
    was neither taken back nor has run out, in any version.
    """

    id: UUID
    client_id: UUID
    title: str
    category: Category
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
    words: Literal["found", "waiting", "none"]
    found: list[Piece] = []
    version_number: int
    latest_version: bool
    version: int
    signed_at: datetime | None
    is_out: bool
    is_copy_given_up: bool
    is_shared: bool
    template: str
    template_version: int | None


class DocumentVersions(DocumentOut):
    """A document with all of its versions, the newest first."""

    versions: list[DocumentOut]


class Uploading(Schema):
    """What may be added here, and whether anybody looks for malware in it."""

    most_bytes: int
    endings: list[str]
    has_scanner: bool


class DocumentPage(Schema):
    """One page of a client's documents; `next` is the cursor of the following page, or null at the end."""

    items: list[DocumentOut]
    next: str | None = None
    uploading: Uploading


class DocumentFilter(Schema):
    """Every word of `q` is looked for in titles, file names, tags and the text of files."""

    q: Annotated[str, Field(max_length=100), Storable] = ""
    category: Category | Literal[""] = ""
    archived: bool = False
    cursor: str | None = None


class FileIn(Schema):
    """Which upload the file is, when it was sent in pieces before; else the form holds it."""

    upload: UUID | None = None


class DocumentIn(FileIn):
    """What is said of a file beside it. Without a title it is called by its name."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable] = ""
    category: Category = "other"


class DocumentChange(Schema):
    """How a document is called and found, and the version it was opened at."""

    title: Title
    category: Category
    tags: list[Tag] = []
    version: Version


class LinkIn(Schema):
    """To look at in the page, or to save."""

    show: bool = False


class LinkOut(Schema):
    """An address that is good until then, for whoever asked, in the session they asked in."""

    url: str
    expires_at: datetime


class ContentQuery(Schema):
    """What a link's address ends in."""

    expires: Annotated[int, Field(ge=0, le=2**40)] = 0
    show: bool = False
    signature: Annotated[str, StringConstraints(max_length=64, pattern="^[0-9a-f]*$")] = ""
