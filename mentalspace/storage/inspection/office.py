"""Word and Excel files: a ZIP of XML, kept byte for byte, or refused for what it could do when it is opened."""

import re
import zipfile
import zlib
from io import BytesIO
from xml.parsers.expat import ExpatError

from mentalspace.storage.errors import FileRefused
from mentalspace.storage.inspection import ooxml

MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
"""Bytes below which a part may be packed as tightly as it likes."""

DAMAGED = "This file is damaged: it cannot be opened. Save it anew."
ACTIVE = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml)$|(^|/)(activeX|macrosheets)/|\.(exe|dll|js|jse|vbs|vbe|wsf|hta|bat|cmd|ps1|scr)$",
    re.IGNORECASE,
)
WITHIN = re.compile(r"(^|/)embeddings/", re.IGNORECASE)
TYPES = "[Content_Types].xml"


def checked(content: bytes, heart: str) -> bytes:
    """The same bytes. `heart` is the part without which it would not be what its name says."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive)
            _refuse_polyglots(archive, content)
            _refuse_active(archive, heart)
    except (
        ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        raise FileRefused(DAMAGED) from None
    return content


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """By what it declares; reading stops where that was a lie."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    tight = any(part.file_size > SMALL and part.file_size > MOST_RATIO * max(1, part.compress_size) for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or tight:
        raise FileRefused("This file would become far too large when it is opened.")
    if any(part.filename.startswith(("/", "\\")) or ".." in part.filename for part in parts):
        raise FileRefused("This file would write outside of its own folder when it is opened.")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("This file is locked with a password. Save it without one: the chart is locked already.")


def _refuse_polyglots(archive: zipfile.ZipFile, content: bytes) -> None:
    """Nothing may stand before or after what the ZIP lists."""
    first = min((part.header_offset for part in archive.infolist()), default=0)
    if first != 0 or archive.comment or not content[-22:].startswith(b"PK\x05\x06"):
        raise FileRefused("This file is an Office file and something else at once. Save it anew.")


def _refuse_active(archive: zipfile.ZipFile, heart: str) -> None:
    names = archive.namelist()
    if heart not in names or TYPES not in names or len({name.casefold() for name in names}) != len(names):
        raise FileRefused("This file is not what its name says. Save it anew in the program it comes from.")
    if any(ACTIVE.search(name) for name in names):
        raise FileRefused(ooxml.MACROS)
    if any(WITHIN.search(name) for name in names):
        raise FileRefused(ooxml.EMBEDDED)
    types = ooxml.Types()
    with archive.open(TYPES) as part:
        types.read(part)
    for name in names:
        if types.is_xml(name):
            _refuse_part(archive, name)


def _refuse_part(archive: zipfile.ZipFile, name: str) -> None:
    ending = name.casefold().rpartition(".")[2]
    read = ooxml.read_relations if ending == "rels" else ooxml.Fields().read
    try:
        with archive.open(name) as part:
            read(part)
    except ExpatError:
        if ending != "vml":  # Excel's own are not always well-formed
            raise
