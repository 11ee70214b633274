"""The text of Word and Excel files: a ZIP of XML, read as a stream, without entities and without anything outside."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

MOST_OF_PART = 40 * 1024 * 1024
"""Bytes of one part that are unpacked."""

AT_ONCE = 64 * 1024
WORD = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
EXCEL = re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml")
ENDS_LINE = {"p", "si", "row", "tab", "br", "cr", "tc"}
"""Elements after which words do not belong together."""


def pieces_of_word(content: bytes) -> Iterator[str]:
    yield from _pieces(content, WORD)


def pieces_of_excel(content: bytes) -> Iterator[str]:
    yield from _pieces(content, EXCEL)


def _pieces(content: bytes, wanted: re.Pattern[str]) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if wanted.fullmatch(name)]
        for name in sorted(names, key=lambda each: ("document" not in each, each)):
            with archive.open(name) as part:
                yield from _Words().of(part.read(MOST_OF_PART))


class _Words:
    """Collects what stands in `t` elements: `w:t` in Word, `t` in Excel."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.depth = 0

    def of(self, xml: bytes) -> Iterator[str]:
        """The words of one part, bit by bit."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        parser.StartDoctypeDeclHandler = _refuse_doctype
        for start in range(0, len(xml), AT_ONCE):
            parser.Parse(xml[start : start + AT_ONCE], False)
            lines, _, rest = "".join(self.found).rpartition("\n")
            self.found = [rest]  # up to the last line's end, so that no word is cut in two
            yield lines
        parser.Parse(b"", True)
        yield "".join(self.found)

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "t":
            self.depth += 1

    def _ends(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self.depth -= 1
        elif local in ENDS_LINE:
            self.found.append("\n")

    def _says(self, words: str) -> None:
        if self.depth:
            self.found.append(words)


def _refuse_doctype(*declared: object) -> None:
    raise ValueError("a document type has no place in an Office file")
