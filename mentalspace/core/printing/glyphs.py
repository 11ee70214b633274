"""Which characters our fonts can draw, and what is printed in place of the others.

PDF/UA forbids missing glyphs and Typst refuses to write such a file. A note must always print, and must never
print less than was typed: a character that cannot be drawn is spelled out in brackets, by number or, for
pictures, by name.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
REGULAR, BOLD, FALLBACK = (FONTS / f"{name}.ttf" for name in ("NotoSans-Regular", "NotoSans-Bold", "DejaVuSans"))

_JOINERS: Final = "\u200c\u200d"
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@cache
def coverage(font: Path) -> frozenset[int]:
    """The code points that a TrueType font maps to a glyph, from its `cmap` (formats 4 and 12)."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(tables))
    cmap = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    points: set[int] = set()
    for index in range(subtables):
        platform, _, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        if platform in (0, 3) and form in (4, 12):
            points.update((_format_4 if form == 4 else _format_12)(data, cmap + offset))
    return frozenset(points)


def _format_4(data: bytes, start: int) -> Iterator[int]:
    """Segments of the Basic Multilingual Plane: end codes, start codes, deltas, offsets into a glyph list."""
    (double,) = struct.unpack_from(">H", data, start + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    begins = struct.unpack_from(f">{count}H", data, start + 16 + double)
    deltas = struct.unpack_from(f">{count}H", data, start + 16 + 2 * double)
    offsets_at = start + 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    for index, (begin, end, delta, offset) in enumerate(zip(begins, ends, deltas, offsets, strict=True)):
        for point in range(begin, min(end, 0xFFFE) + 1):
            glyph = point
            if offset:
                (glyph,) = struct.unpack_from(">H", data, offsets_at + 2 * index + offset + 2 * (point - begin))
            if glyph and (glyph + delta) & 0xFFFF:
                yield point


def _format_12(data: bytes, start: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", data, start + 12)
    for index in range(groups):
        begin, end, glyph = struct.unpack_from(">III", data, start + 16 + 12 * index)
        yield from range(begin if glyph else begin + 1, end + 1)


def printable(text: str) -> str:
    """`text` with only characters that can be drawn; line ends as \\n.

    Invisible formatting characters are left out (so are overrides of direction: text prints in the order in
    which it was typed), except the joiners, which shape Arabic.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\t", "    ").split("\n")
    return "\n".join("".join(map(_drawn, _clusters(line))) for line in lines)


def _clusters(line: str) -> Iterator[str]:
    """Each character with the marks and joiners that follow it: one font has to draw them together."""
    visible = "".join(character for character in line if not _is_invisible(character))
    position = 0
    while position < len(visible):
        marks = "".join(takewhile(_joins, visible[position + 1 :]))
        yield visible[position] + marks
        position += 1 + len(marks)


def _is_invisible(character: str) -> bool:
    if character in _JOINERS:
        return False
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _joins(character: str) -> bool:
    return _is_mark(character) or character in _JOINERS


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def has_undrawable(text: str) -> bool:
    """Whether `printable` has to spell anything of this text."""
    joined = "".join(_LINE_ENDS.sub("\n", text).split("\n")).replace("\t", " ")
    return any(_form(cluster) is None for cluster in _clusters(joined))


def _drawn(cluster: str) -> str:
    form = _form(cluster)
    return _spelled_out(cluster) if form is None else form


def _form(cluster: str) -> str | None:
    """The cluster as one font can draw it, composed if need be; None when no font can."""
    for form in (cluster, unicodedata.normalize("NFC", cluster)):
        if not _is_mark(form[0]) and any(_covers(font, form) for font in (REGULAR, FALLBACK)):
            return form
    return None


def _spelled_out(cluster: str) -> str:
    return "".join(
        character if not _joins(character) and _is_drawable(character) else spelled(character) for character in cluster
    )


def _is_drawable(character: str) -> bool:
    return any(_covers(font, character) for font in (REGULAR, FALLBACK))


def _covers(font: Path, text: str) -> bool:
    points = coverage(font)
    return all(
        ord(character) in points and unicodedata.category(character) not in {"Cc", "Cn", "Co", "Cs"}
        for character in text
    )


def spelled(character: str) -> str:
    """The name of a picture ("[slightly smiling face]"), the number of anything else ("[U+4F60]")."""
    if character in _JOINERS:
        return ""
    name = unicodedata.name(character, "") if unicodedata.category(character) in {"So", "Sk"} else ""
    return f"[{name.lower()}]" if name else f"[U+{ord(character):04X}]"
