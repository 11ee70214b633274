"""Rules about signing: pure functions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from unicodedata import normalize

Role = Literal["Client", "Guardian", "Clinician", "Supervisor", "Witness"]
StaffRole = Literal["Clinician", "Supervisor", "Witness"]

CONSENT_VERSION: Final = "2026-1"
CONSENT: Final = (
    "I agree to read and sign this document electronically. My consent is for this document only. I can open PDF files "
    "on this device and keep a copy. I may ask for a copy on paper, sign on paper instead, or decline; I can take this "
    "consent back until I have signed, by telling the practice."
)
"""What a signer agrees to before signing. Source: the disclosures that 15 U.S.C. § 7001(c) asks for."""

INTENT: Final = (
    "I have read this document and mean to sign it. My signature here has the same force as one by hand on paper."
)
"""What the signature says. Source: "executed or adopted with the intent to sign", 15 U.S.C. § 7006(5), UETA § 2(8)."""

AGREED: Final = f"{CONSENT} {INTENT}"
"""What is kept with each signature, word by word."""

MOST_SIGNERS: Final = 10
LONGEST: Final = timedelta(days=90)
COPY_LASTS: Final = timedelta(days=30)
"""How long a link gives the signed copy, from when it was made; the document that was signed, until there is one."""

MOST_TRIES: Final = 9
"""After so many the signed copy is not tried to make by itself any more: most of a day after everybody has signed."""
FIRST_PAUSE: Final = timedelta(minutes=10)

WIDE, HIGH = 600, 200
"""The paper a signature is drawn on, in its own points."""
MOST_STROKES, MOST_POINTS, FEWEST_POINTS = 60, 4000, 5

MARKS: Final = str.maketrans("\u2019\u2018\u02bc`\u00b4\u2032\u2010\u2011\u2012\u2013\u2014\u2212", "'" * 6 + "-" * 6)
"""The apostrophes and dashes that telephones put where the name in the chart has the plain ones."""

Drawing = list[list[int]]
"""The strokes of a drawn signature, each x, y, x, y …: numbers, never a picture, so nobody's decoder is at risk."""


def copy_until(made_at: datetime) -> datetime:
    """Until when the links of a request give a signed copy that was made at that moment."""
    return made_at + COPY_LASTS


def copy_due(since: datetime, tries: int) -> datetime:
    """When to try again to make the signed copy, after so many tries: ever later.

    `since`: the last signature, or when somebody had it tried anew.
    """
    return since + FIRST_PAUSE * ((1 << max(0, tries - 1)) - 1)


def is_ones_name(typed: str, names: Iterable[str]) -> bool:
    """Whether somebody typed one of their own names; capitals, blanks and a keyboard's kind of apostrophe or dash do
    not matter."""
    return _plain(typed) in {_plain(name) for name in names}


def _plain(name: str) -> str:
    return " ".join(normalize("NFKC", name.translate(MARKS)).translate(MARKS).split()).casefold()


def problem_with_drawing(drawing: Sequence[Sequence[int]]) -> str | None:
    """Why these strokes cannot be a signature, or None."""
    numbers = [number for stroke in drawing for number in stroke]
    if len(drawing) > MOST_STROKES or len(numbers) > 2 * MOST_POINTS:
        return "This drawing has too many lines. Clear it and sign more simply."
    if any(len(stroke) % 2 or not stroke for stroke in drawing):
        return "This drawing could not be read. Clear it and draw it again."
    if any(not 0 <= x <= WIDE for stroke in drawing for x in stroke[::2]) or any(
        not 0 <= y <= HIGH for stroke in drawing for y in stroke[1::2]
    ):
        return "This drawing goes over its edge. Clear it and draw it again."
    if len(numbers) < 2 * FEWEST_POINTS:
        return "Draw your whole signature, or clear it and sign with your typed name."
    return None


def path_of(drawing: Sequence[Sequence[int]]) -> str:
    """The strokes as the path of an SVG."""
    lines = []
    for stroke in drawing:
        points = [f"{x} {y}" for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
        lines.append(f"M {points[0]} L " + " ".join(points[1:] or points))
    return " ".join(lines)


def svg_of(drawing: Sequence[Sequence[int]]) -> str:
    """A drawn signature as a picture made of nothing but our own words and its numbers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"><path d="{path_of(drawing)}" fill="none" '
        'stroke="#111111" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
