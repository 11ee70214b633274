"""What a printed note says, independent of how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentalspace.charting.rules import CodedDiagnosis
from mentalspace.core.printing.words import CONFIDENTIALITY


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends the document."""

    name: str
    address_lines: Sequence[str] = ()
    phone: str = ""
    npi: str = ""


@dataclass(frozen=True, slots=True)
class PrintedClient:
    """Whom it is about."""

    name: str
    date_of_birth: date | None
    mrn: str


@dataclass(frozen=True, slots=True)
class PrintedSession:
    """When and where they met. Start and stop are the actual ones."""

    service_date: date
    actual_start: datetime | None = None
    actual_stop: datetime | None = None
    location: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class PrintedPerson:
    """A clinician as their name is printed under a note; `licence` reads e.g. "NY 012345"."""

    name: str
    credentials: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A heading and the text under it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    """That the author signed, when, and the digest of what they signed. `is_imported`: in an earlier system."""

    signed_at: datetime
    digest: str
    is_imported: bool = False


@dataclass(frozen=True, slots=True)
class PrintedAmendment:
    """What was added to a signed note, by whom, when and why."""

    author: PrintedPerson
    made_at: datetime
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteDocument:
    """A note as printed. Without a signature it is a draft and says so on every page.

    `timezone` is the practice's; every time is printed in it. `is_altered`: the text is no longer what was
    signed, and the document says so.
    """

    title: str
    practice: Letterhead
    client: PrintedClient
    session: PrintedSession
    author: PrintedPerson
    diagnoses: Sequence[CodedDiagnosis]
    sections: Sequence[PrintedSection]
    timezone: str
    signature: PrintedSignature | None = None
    amendments: Sequence[PrintedAmendment] = ()
    is_altered: bool = False
    confidentiality: str = CONFIDENTIALITY
