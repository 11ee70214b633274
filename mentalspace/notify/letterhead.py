"""A mail as its reader sees it: the words of its text, nothing else, under the practice's name, logo and colour.

Nothing in it is fetched from anywhere: the logo comes along, and there is neither script nor picture to count readers
with. Pure: text in, HTML out.
"""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.template.loader import get_template

STANDARD: Final = "#005c5c"
"""The colour where a practice has chosen none: the product's own."""

FOOTER: Final = "\n\n-- \n"
"""Between a mail's text and what stands below every one of them (`wordings.footed`)."""

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
BEHIND = ".,;:!?)]}'"
"""What follows an address in a sentence and is not of it."""

OPEN = "Open"
LONGEST_LABEL = 60


@dataclass(frozen=True)
class Picture:
    """A practice's logo, in points."""

    key: UUID
    content: bytes
    content_type: str
    width: int
    height: int

    @property
    def cid(self) -> str:
        """By which the HTML of a mail names the picture that comes along (RFC 2392)."""
        return f"logo-{self.key.hex}@inline"

    @property
    def file_name(self) -> str:
        return "logo.png" if self.content_type == "image/png" else "logo.jpg"

    @property
    def data_url(self) -> str:
        return f"data:{self.content_type};base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True)
class Letterhead:
    """Whose mail it is."""

    practice: str
    accent: str = STANDARD
    logo: Picture | None = None


@dataclass(frozen=True)
class Run:
    """Words, or an address that shows itself."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, line by line, or a button."""

    lines: tuple[tuple[Run, ...], ...] = ()
    label: str = ""
    address: str = ""


def page(text: str, *, subject: str, head: Letterhead, home: str) -> str:
    """What is sent. Addresses under `home`, which are the product's own, become buttons where they have their line."""
    return _rendered(text, subject, head, home, "media", head.logo.cid if head.logo else "", is_live=True)


def picture_of_page(text: str, *, subject: str, head: Letterhead, home: str, is_dark: bool = False) -> str:
    """The same to be looked at: its logo within it, leading nowhere, light or dark whatever the looker's device is."""
    logo = head.logo.data_url if head.logo else ""
    return _rendered(text, subject, head, home, "dark" if is_dark else "light", logo, is_live=False)


def _rendered(text: str, subject: str, head: Letterhead, home: str, mode: str, logo: str, *, is_live: bool) -> str:
    said, _, footer = text.rpartition(FOOTER) if FOOTER in text else (text, "", "")
    facts = {
        "subject": subject,
        "head": head,
        "logo": f"cid:{logo}" if logo and is_live else logo,
        "width": _width(head.logo),
        "blocks": list(blocks(said, home)),
        "footer": footer.strip().splitlines(),
        "mode": mode,
        "is_live": is_live,
    }
    return str(_template().render(facts))


@cache
def _template() -> Any:
    return get_template("notify/letter.html")


MOST_WIDE, MOST_HIGH = 200, 64


def _width(logo: Picture | None) -> int:
    """How wide a logo is shown: it keeps its shape, and is never made larger."""
    if logo is None:
        return 0
    return max(1, int(min(logo.width, MOST_WIDE, MOST_HIGH * logo.width / logo.height)))


def blocks(text: str, home: str) -> Iterator[Block]:
    """A text as paragraphs and buttons, in its own words and its own order."""
    for paragraph in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines: list[str] = []
        for line in paragraph.split("\n"):
            if not _is_own_address(line.strip(), home):
                lines.append(line)
                continue
            label = lines.pop().strip().removesuffix(":") if lines and _is_label(lines[-1]) else OPEN
            yield from _paragraph(lines)
            yield Block(label=label, address=line.strip())
            lines = []
        yield from _paragraph(lines)


def _is_own_address(line: str, home: str) -> bool:
    """A button hides where it leads, so it leads to nowhere but the product."""
    return line.startswith((f"{home}/", f"{home}?")) and ADDRESS.fullmatch(line) is not None


def _is_label(line: str) -> bool:
    """The words before an address say what it is for, so they stand on its button."""
    return line.rstrip().endswith(":") and len(line.strip()) <= LONGEST_LABEL and not ADDRESS.search(line)


def _paragraph(lines: list[str]) -> Iterator[Block]:
    if any(line.strip() for line in lines):
        yield Block(lines=tuple(tuple(_runs(line)) for line in lines))


def _runs(line: str) -> Iterator[Run]:
    at = 0
    for found in ADDRESS.finditer(line):
        address = found[0].rstrip(BEHIND)
        yield Run(line[at : found.start()])
        yield Run(address, address)
        at = found.start() + len(address)
    yield Run(line[at:])
