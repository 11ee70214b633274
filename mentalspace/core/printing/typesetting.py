"""Content as a tagged PDF (PDF/UA-1), the same bytes for the same content."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

from mentalspace.core.printing.glyphs import FONTS, printable, spelled
from mentalspace.core.printing.words import Draw, Json

ROOT: Final = Path(__file__).parents[2]
"""What templates may read: this package, for the look that they share (`/core/printing/page.typ`)."""


def typeset(template: Path, content: Callable[[Draw], Mapping[str, Json]], *, at: datetime) -> bytes:
    """The content as a PDF on US Letter paper, tagged for screen readers.

    It depends on its arguments alone: fonts come from this package, `at` is the creation date. Text goes in as data and
    is never read as markup, and it never makes this fail: should Typst refuse a text that our own table of glyphs
    allows, all that is not plain ASCII is spelled out.
    """
    try:
        return _compiled(template, content(printable), at)
    except typst.TypstError:
        return _compiled(template, content(_ascii), at)


def _compiled(template: Path, content: Mapping[str, Json], at: datetime) -> bytes:
    return typst.compile(
        template,
        root=ROOT,
        font_paths=fonts(),
        sys_inputs={"document": json.dumps(content)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )


@cache
def fonts() -> typst.Fonts:
    """Ours only: a document must not look different on another machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _ascii(text: str) -> str:
    return re.sub(r"[^\x20-\x7e\n]", lambda match: spelled(match[0]), printable(text))
