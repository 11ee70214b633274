"""The text of a template: headings, lists, paragraphs, and places to fill. Pure functions.

`# ` and `## ` begin headings, `- ` an item of a list; a blank line ends a paragraph, and any other line end stays one.
`**so**` is bold. `{client_name}` is a variable; `{field:Label}` is asked for when a document is made. What is filled
in is never read as any of this.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

VARIABLES: Final[Mapping[str, tuple[str, str]]] = {
    "client_name": ("Client’s name", "Jordan Example"),
    "client_preferred_name": ("What the client is called", "Jo"),
    "client_date_of_birth": ("Client’s date of birth", "May 17, 1990"),
    "clinician_name": ("Clinician’s name", "Alex Sample"),
    "clinician_credentials": ("Clinician’s credentials", "LCSW"),
    "practice_name": ("Practice’s name", "Example Counseling"),
    "practice_address": ("Practice’s address", "418 Elm Street, Kingston, NY 12401"),
    "practice_phone": ("Practice’s telephone number", "(845) 555-0142"),
    "date": ("Date", "March 10, 2026"),
}
"""What may stand in braces: what it is called when it has to be asked for, and an example."""

FIELD: Final = "field:"
MOST_FIELDS, LONGEST_LABEL = 20, 80
SLOT: Final = re.compile(r"\{([^{}]*)\}")
BOLD: Final = re.compile(r"\*\*(.+?)\*\*")

Kind = Literal["heading", "subheading", "item", "paragraph"]
BEGINNINGS: Final[Mapping[str, Kind]] = {"# ": "heading", "## ": "subheading", "- ": "item"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line: text as it is, or, with a `slot`, a place to fill."""

    text: str = ""
    slot: str = ""
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    lines: list[list[Piece]]


def blocks(body: str) -> list[Block]:
    """The parts of a text, in order."""
    found: list[Block] = []
    is_open = False
    for line in map(str.strip, body.split("\n")):
        kind = next((kind for begins, kind in BEGINNINGS.items() if line.startswith(begins)), None)
        if kind:
            found.append(Block(kind, [_pieces(line.partition(" ")[2].strip())]))
        elif line and is_open:
            found[-1].lines.append(_pieces(line))
        elif line:
            found.append(Block("paragraph", [_pieces(line)]))
        is_open = bool(line) and kind is None
    return found


def slots(body: str) -> list[str]:
    """What has to be filled, each once, in the order of the text."""
    pieces = (piece for block in blocks(body) for line in block.lines for piece in line)
    return list(dict.fromkeys(piece.slot for piece in pieces if piece.slot))


def label_of(slot: str) -> str:
    """What a slot is called where it is asked for."""
    return slot.removeprefix(FIELD) if slot.startswith(FIELD) else VARIABLES[slot][0]


def example_of(slot: str) -> str:
    return f"[{label_of(slot)}]" if slot.startswith(FIELD) else VARIABLES[slot][1]


def problems(body: str) -> list[str]:
    """What keeps a text from being a template, each with its line, in plain words."""
    found = [
        f"Line {number}: {problem}" for number, line in enumerate(body.split("\n"), 1) for problem in _problems_of(line)
    ]
    if len(fields := [slot for slot in slots(body) if slot.startswith(FIELD)]) > MOST_FIELDS:
        found.append(f"At most {MOST_FIELDS} fields of its own; these are {len(fields)}.")
    return found


def _problems_of(line: str) -> Iterator[str]:
    for name in map(_tidy, SLOT.findall(line)):
        if problem := _problem_with(name):
            yield problem
    if {"{", "}"} & set(SLOT.sub("", line)):
        yield "a brace stands alone. Variables stand between two, like {client_name}."


def _problem_with(name: str) -> str:
    if name in VARIABLES:
        return ""
    if name.startswith(FIELD):
        label = name.removeprefix(FIELD)
        if not label:
            return "a field needs a label, like {field:Fee per session}."
        return f"the label of a field has at most {LONGEST_LABEL} letters." if len(label) > LONGEST_LABEL else ""
    close = get_close_matches(name, VARIABLES, n=1)
    advice = f"Did you mean {{{close[0]}}}?" if close else "For something to be asked for, write {field:Label}."
    return f"{{{name[:40]}}} is not a variable. {advice}"


def _pieces(line: str) -> list[Piece]:
    """Every second part that a pattern with one group splits off is what it met."""
    return [
        Piece(slot=_tidy(part), is_bold=is_bold) if is_slot else Piece(part, is_bold=is_bold)
        for bold, run in enumerate(BOLD.split(line))
        for is_bold in [bool(bold % 2)]
        for slot, part in enumerate(SLOT.split(run))
        for is_slot in [bool(slot % 2)]
        if part
    ]


def _tidy(name: str) -> str:
    """The name with single blanks, and none around it or before a field's label."""
    plain = " ".join(name.split())
    if not plain.startswith(FIELD):
        return plain
    return FIELD + plain.removeprefix(FIELD).strip()
