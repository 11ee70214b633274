"""A note as a tagged PDF (PDF/UA-1), the same bytes for the same document."""

from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Final

from mentalspace.charting.printing.document import NoteDocument
from mentalspace.charting.printing.wording import content_of
from mentalspace.core.printing.typesetting import typeset

TEMPLATE: Final = Path(__file__).parent / "note.typ"


def note_pdf(document: NoteDocument) -> bytes:
    """The document as printed. Text never makes it fail."""
    return typeset(TEMPLATE, partial(content_of, document), at=_written_at(document))


def _written_at(document: NoteDocument) -> datetime:
    """When the last word was added; of a draft only the day of the session is known."""
    if document.signature is None:
        return datetime.combine(document.session.service_date, time(), UTC)
    return max([document.signature.signed_at, *(one.made_at for one in document.amendments)])
