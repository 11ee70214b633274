"""The shapes of the charting API."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from mentalspace.clients.schemas import DiagnosisCode
from mentalspace.core.fields import Storable, Version

NoteFormat = Literal["SOAP", "DAP", "BIRP", "GIRP", "Narrative"]
SectionText = Annotated[str, StringConstraints(max_length=50_000), Storable]
Sections = Annotated[dict[str, SectionText], Field(max_length=12)]


class CodedDiagnosis(Schema):
    code: Annotated[DiagnosisCode, Field(min_length=1)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Storable]


class NoteFilter(Schema):
    """Which notes a list shows: of one client or of everybody one may read, drafts or signed."""

    client_id: UUID | None = None
    state: Literal["draft", "signed", ""] = ""
    cursor: str | None = None


class MissingOut(Schema):
    """Something to fill in before signing; `section_key` says where."""

    section_key: str
    message: str


class AmendmentOut(Schema):
    id: UUID
    author_name: str
    created_at: datetime
    reason: str
    text: str


class SectionOut(Schema):
    """A section of the note's format, in order."""

    key: str
    label: str
    hint: str
    required: bool


class NoteFormatOut(Schema):
    """A way to divide a note."""

    note_format: NoteFormat
    label: str
    sections: list[SectionOut]


class NoteOut(Schema):
    """A note, whole. `layout` is its format's sections; `missing` what signing still needs.

    `is_intact` is false when a signed note is no longer, to the letter, what was signed.
    """

    id: UUID
    client_id: UUID
    client_name: str
    author_id: UUID
    author_name: str
    appointment_id: UUID | None
    kind: str
    note_format: NoteFormat
    service_date: date
    started_at: datetime | None
    ended_at: datetime | None
    sections: dict[str, str]
    diagnoses: list[CodedDiagnosis]
    layout: list[SectionOut]
    missing: list[MissingOut]
    version: int
    updated_at: datetime
    signed_at: datetime | None
    signed_name: str
    content_hash: str
    is_intact: bool
    amendments: list[AmendmentOut]
    may_write: bool
    may_sign: bool
    may_amend: bool


class NoteRow(Schema):
    """A note in a list."""

    id: UUID
    client_id: UUID
    client_name: str
    author_name: str
    appointment_id: UUID | None
    kind: str
    note_format: str
    service_date: date
    updated_at: datetime
    signed_at: datetime | None


class NoteIn(Schema):
    """Begin a note: for an appointment, or for a client on a day. Diagnoses are carried from the last signed note,
    else from the client's list."""

    appointment_id: UUID | None = None
    client_id: UUID | None = None
    service_date: date | None = None
    note_format: NoteFormat = "SOAP"


class DraftIn(Schema):
    """The editor's whole content, saved 2 s after typing stops. `version` is the one it was built on.

    `base` is the text of that version, so that two tabs that wrote in different sections can both be kept;
    `base_diagnoses` likewise. A time that is absent stays as it is.
    """

    version: Version
    note_format: NoteFormat
    sections: Sections
    base: Sections | None = None
    diagnoses: Annotated[list[CodedDiagnosis], Field(max_length=12)]
    base_diagnoses: Annotated[list[CodedDiagnosis], Field(max_length=12)] | None = None
    service_date: date
    started_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None


class NoteVersionOut(Schema):
    """A kept text of a draft: `checkpoint` while writing, `conflict` when two tabs collided."""

    id: UUID
    version: int
    sections: dict[str, str]
    created_at: datetime
    kept_because: str


class SignIn(Schema):
    """Signing freezes exactly this version. The person proves who they are again just before (reauthenticate)."""

    version: Version


class AmendmentIn(Schema):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=300), Storable]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), Storable]
