"""Word and Excel files: a ZIP of XML, kept byte for byte, or refused for what it could do when it is opened."""

import re
import zipfile
import zlib
from io import BytesIO

from mentalspace.storage.errors import FileRefused

MOST_PARTS = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
"""Bytes below which a part may be packed as tightly as it likes."""

DAMAGED = "This file is damaged: it cannot be opened. Save it anew."
ACTIVE = re.compile(r"(vbaProject|vbaData|activeX|macrosheets|\.exe|\.dll|\.js|\.vbs|\.bat|\.ps1)", re.IGNORECASE)
WITHIN = re.compile(r"/embeddings/", re.IGNORECASE)
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
OUTSIDE = re.compile(
    rb"(attachedTemplate|oleObject|frame|subDocument|externalLinkPath|afChunk)\"[^>]*TargetMode\s*=\s*\"External\""
    rb"|TargetMode\s*=\s*\"External\"[^>]*(attachedTemplate|oleObject|frame|subDocument|externalLinkPath|afChunk)\"",
    re.IGNORECASE,
)
DDE = re.compile(rb"instr[^>]*>[^<]*\bDDE(AUTO)?\b|<ddeLink", re.IGNORECASE)


def checked(content: bytes, heart: str) -> bytes:
    """The same bytes. `heart` is the part without which it would not be what its name says."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(archive)
            _refuse_polyglots(archive, content)
            _refuse_active(archive, heart)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
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
    """Nothing may stand before, after or between what the ZIP lists."""
    first = min((part.header_offset for part in archive.infolist()), default=0)
    if first != 0 or archive.comment or not content[-22:].startswith(b"PK\x05\x06"):
        raise FileRefused("This file is an Office file and something else at once. Save it anew.")


def _refuse_active(archive: zipfile.ZipFile, heart: str) -> None:
    names = archive.namelist()
    if heart not in names or "[Content_Types].xml" not in names:
        raise FileRefused("This file is not what its name says. Save it anew in the program it comes from.")
    if any(ACTIVE.search(name) for name in names):
        raise FileRefused("This file holds macros or programs. Save it without them.")
    if any(WITHIN.search(name) for name in names):
        raise FileRefused("Other files are embedded in this one. Save it without them, and add them by themselves.")
    for name in names:
        if name.endswith((".xml", ".rels", ".vml")):
            _refuse_part(name, archive.read(name))


def _refuse_part(name: str, xml: bytes) -> None:
    plain = xml if not xml.startswith((b"\xff\xfe", b"\xfe\xff")) else xml.decode("utf-16", "ignore").encode()
    if DOCTYPE.search(plain):
        raise FileRefused("This file holds definitions that could unfold without end. Save it anew.")
    if name == "[Content_Types].xml" and b"macroEnabled" in plain:
        raise FileRefused("This file holds macros. Save it without them.")
    if OUTSIDE.search(plain) or DDE.search(plain):
        raise FileRefused("This file fetches something when it is opened. Save it without links to other files.")
