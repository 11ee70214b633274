"""A filled template as a tagged PDF (PDF/UA-1)."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from mentalspace.core.printing.glyphs import has_undrawable
from mentalspace.core.printing.typesetting import typeset
from mentalspace.core.printing.words import (
    CONFIDENTIALITY,
    SPELLED_REMARK,
    Draw,
    Json,
    drawn,
    is_seen,
    letterhead_lines,
    one_line,
)
from mentalspace.documents.templates.filling import Filled
from mentalspace.practices.models import Practice

TEMPLATE: Final = Path(__file__).parent / "document.typ"
UNTITLED: Final = "Document"


def document_pdf(title: str, filled: Filled, practice: Practice, *, at: datetime) -> bytes:
    """What was looked at, on the practice's letter paper. `at` is when it was made."""
    return typeset(TEMPLATE, partial(_content, title, filled, practice), at=at)


def _content(title: str, filled: Filled, practice: Practice, draw: Draw) -> Mapping[str, Json]:
    blocks = filled.runs()
    content: dict[str, Json] = {
        "title": one_line(title),
        "author": one_line(practice.name),
        "confidentiality": CONFIDENTIALITY,
        "practice": {
            "name": one_line(practice.name),
            "lines": letterhead_lines(practice.address_lines, practice.phone, practice.npi_number),
        },
        "remark": SPELLED_REMARK if _has_undrawable([title, practice.name], blocks) else "",
    }
    printed = {name: drawn(value, draw) for name, value in content.items()}
    if not is_seen(str(printed["title"])):  # PDF/UA wants a title
        printed["title"] = UNTITLED
    return {**printed, "blocks": [_block(block, draw) for block in blocks]}


def _block(block: dict[str, Any], draw: Draw) -> Json:
    """Line ends in what was filled in begin a new line of the block."""
    lines: list[list[Json]] = []
    for line in block["lines"]:
        lines.append([])
        for run in line:
            first, *more = draw(run["text"]).split("\n")
            lines[-1].append({"text": first, "bold": run["is_bold"]})
            lines.extend([{"text": part, "bold": run["is_bold"]}] for part in more)
    has_words = any(is_seen(run["text"]) for line in block["lines"] for run in line)
    return {"kind": block["kind"] if has_words else "paragraph", "lines": lines}  # PDF/UA refuses an empty heading


def _has_undrawable(names: list[str], blocks: list[dict[str, Any]]) -> bool:
    texts = [run["text"] for block in blocks for line in block["lines"] for run in line]
    return any(map(has_undrawable, [*names, *texts]))
