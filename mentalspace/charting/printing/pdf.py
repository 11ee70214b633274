"""A note as a tagged PDF (PDF/UA-1), the same bytes for the same document."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Final

import typst

from mentalspace.charting.printing.document import NoteDocument
from mentalspace.charting.printing.glyphs import FONTS, printable, spelled
from mentalspace.charting.printing.wording import content_of

TEMPLATE: Final = Path(__file__).parent / "note.typ"


def note_pdf(document: NoteDocument) -> bytes:
    """The document as a PDF on US Letter paper, tagged for screen readers.

    It depends on the document alone: fonts come from this package, the creation date from the document. Text
    never makes it fail: should Typst refuse a text that our own table of glyphs allows, all that is not plain
    ASCII is spelled out.
    """
    try:
        return _compiled(document, printable)
    except typst.TypstError:
        return _compiled(document, _ascii)


def _compiled(document: NoteDocument, draw: Callable[[str], str]) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(content_of(document, draw))},
        pdf_standards=["ua-1"],
        timestamp=int(_written_at(document).timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    """Ours only: a document must not look different on another machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _written_at(document: NoteDocument) -> datetime:
    """When the last word was added; of a draft only the day of the session is known."""
    if document.signature is None:
        return datetime.combine(document.session.service_date, time(), UTC)
    return max([document.signature.signed_at, *(one.made_at for one in document.amendments)])


def _ascii(text: str) -> str:
    return re.sub(r"[^\x20-\x7e\n]", lambda match: spelled(match[0]), printable(text))
