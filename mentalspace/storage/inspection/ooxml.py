"""The XML within Office files, read as it means and not as it is written down: its quotes, encodings and references
are the parser's business. Document types are refused, so nothing in it can unfold."""

import re
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from mentalspace.storage.errors import FileRefused

UNFOLDS = "This file holds definitions that could unfold without end. Save it anew."
FETCHES = "This file fetches something when it is opened. Save it without links to other files."
MACROS = "This file holds macros or programs. Save it without them."
EMBEDDED = "Other files are embedded in this one. Save it without them, and add them by themselves."

RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
CLICKED = {f"{start}hyperlink" for start in RELATIONS}
"""All that may lie outside: it is followed when somebody clicks on it. Templates, frames and pictures are fetched."""

PROGRAMS = re.compile(r"vba|macro|activex|/control$", re.IGNORECASE)
WITHIN = re.compile(r"/(oleobject|package|afchunk)$", re.IGNORECASE)
DDE = re.compile(r'[\s"\\]*DDE(AUTO)?\b', re.IGNORECASE)
"""The first word of a field that starts another program."""

Attributes = dict[str, str]


def reader(wanted: dict[str, Callable[[Attributes], None]]) -> expat.XMLParserType:
    """A parser that gives the attributes of the `wanted` elements, named without prefixes, to whom they are wanted by.

    It is asked for as little as can be: a workbook has millions of elements.
    """
    known: dict[str, Callable[[Attributes], None] | None] = {}

    def begins(name: str, attributes: Attributes) -> None:
        if name not in known:
            known[name] = wanted.get(name.rpartition(":")[2])
        if (tell := known[name]) is not None:
            tell(attributes)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_definitions
    parser.StartElementHandler = begins
    return parser


def _refuse_definitions(*declared: object) -> None:
    raise FileRefused(UNFOLDS)


def read_relations(part: IO[bytes]) -> None:
    """What a part is to others. Raises FileRefused for what runs, hides or is fetched."""
    reader({"Relationship": _relation}).ParseFile(part)


def _relation(attributes: Attributes) -> None:
    kind = attributes.get("Type", "")
    if PROGRAMS.search(kind):
        raise FileRefused(MACROS)
    if attributes.get("TargetMode", "Internal") != "Internal":
        if kind not in CLICKED:
            raise FileRefused(FETCHES)
    elif WITHIN.search(kind):
        raise FileRefused(EMBEDDED)


class Types:
    """What `[Content_Types].xml` calls the parts, by name and by ending."""

    def __init__(self) -> None:
        self.by_name: dict[str, str] = {}
        self.by_ending: dict[str, str] = {}

    def read(self, part: IO[bytes]) -> None:
        reader({"Override": self._name, "Default": self._ending}).ParseFile(part)

    def _name(self, attributes: Attributes) -> None:
        self.by_name[attributes.get("PartName", "").lstrip("/").casefold()] = _type(attributes)

    def _ending(self, attributes: Attributes) -> None:
        self.by_ending[attributes.get("Extension", "").casefold()] = _type(attributes)

    def is_xml(self, name: str) -> bool:
        """Whether a program would read this part as XML. Drawings (SVG) are pictures."""
        name = name.casefold()
        ending = name.rpartition(".")[2]
        kind = self.by_name.get(name) or self.by_ending.get(ending, "")
        return ending in ("xml", "rels", "vml") or (kind.casefold().endswith("xml") and not kind.startswith("image/"))


def _type(attributes: Attributes) -> str:
    kind = attributes.get("ContentType", "")
    if PROGRAMS.search(kind):
        raise FileRefused(MACROS)
    return kind


class Fields:
    """Fields of Word and links of Excel that start another program. A field's words may lie in many pieces."""

    def __init__(self) -> None:
        self.open: list[list[str]] = [[]]
        self.parser = reader(
            {
                "ddeLink": self._link,
                "fldSimple": lambda attributes: _judge(_own(attributes, "instr")),
                "fldChar": self._turn,
                "instrText": self._listen,
                "delInstrText": self._listen,
            }
        )

    def read(self, part: IO[bytes]) -> None:
        """Raises FileRefused, and ExpatError for what is not well-formed."""
        self.parser.ParseFile(part)
        while self.open:
            _judge("".join(self.open.pop()))  # what was never closed counts too

    def _link(self, _: Attributes) -> None:
        raise FileRefused(FETCHES)

    def _turn(self, attributes: Attributes) -> None:
        kind = _own(attributes, "fldCharType")
        if kind == "begin":
            self.open.append([])
        elif kind == "end" and len(self.open) > 1:
            _judge("".join(self.open.pop()))

    def _listen(self, _: Attributes) -> None:
        self.parser.CharacterDataHandler = lambda text: self.open[-1].append(text)
        self.parser.EndElementHandler = self._over

    def _over(self, _: str) -> None:
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None


def _own(attributes: Attributes, name: str) -> str:
    """The attribute of this name, whatever its prefix."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _judge(instruction: str) -> None:
    if DDE.match(instruction):
        raise FileRefused(FETCHES)
