"""What a file really is, and whether it may be kept: by its content, never by what its name or its sender say.

Pure: bytes in, bytes out; `apart` does it in a process that nothing is lost with, which is how uploads are looked at.
What may run something (macros, scripts, actions, attachments within) is refused in plain
words; what only hides something (places and names in a photograph, bytes after its end) is taken out.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from mentalspace.storage.errors import FileRefused
from mentalspace.storage.inspection import images, naming, office, pdf, texts
from mentalspace.storage.inspection.naming import CSV, DOCX, JPEG, PDF, PNG, TXT, WEBP, XLSX
from mentalspace.storage.ports import Verdict

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
"""The beginning of the file that scanners are tried out with: refused also where none is connected."""

EMPTY = "This file is empty."
MEGABYTE = 1024 * 1024

CHECKS: dict[str, Callable[[bytes], bytes]] = {
    PDF: pdf.checked,
    JPEG: lambda content: images.cleaned(content, "JPEG"),
    PNG: lambda content: images.cleaned(content, "PNG"),
    WEBP: lambda content: images.cleaned(content, "WEBP"),
    DOCX: lambda content: office.checked(content, "word/document.xml"),
    XLSX: lambda content: office.checked(content, "xl/workbook.xml"),
    TXT: texts.as_utf8,
    CSV: texts.as_utf8,
}
"""For each type: raises FileRefused, or returns the bytes to keep."""


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. `verdict` is what the scanner says of it; None before it was asked."""

    content: bytes
    content_type: str
    file_name: str
    verdict: Verdict | None = None

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def inspect(
    content: bytes,
    name: str,
    *,
    size: int,
    allowed: Collection[str],
    most_bytes: int,
    look: Callable[[bytes, str], bytes] | None = None,
) -> Checked:
    """The file as it may be kept. Raises FileRefused.

    `size` is how much was sent: more than `content` holds when the rest was not even kept in memory. `look` is
    `content_to_keep`, here or apart.
    """
    file_name = naming.cleaned(name)
    if size > most_bytes:
        raise too_large(size, most_bytes)
    if not content:
        raise FileRefused(EMPTY)
    claimed = naming.type_of(file_name)
    if claimed is None or claimed not in allowed:
        raise FileRefused(f"This kind of file is not taken here. Taken are {naming.listed(allowed)}.")
    return Checked((look or content_to_keep)(content, claimed), claimed, file_name)


def content_to_keep(content: bytes, claimed: str) -> bytes:
    """What is kept of content that is said to be of the type `claimed`. Raises FileRefused."""
    if not _is(content, claimed):
        kind, found = naming.NAMES[claimed], _looks_like(content)
        raise FileRefused(f"This file is not what its name says: its content is not {kind}{found}. Save it anew.")
    if EICAR in content[:1024]:
        raise FileRefused("This is the file that malware scanners are tried out with.")
    kept = CHECKS[claimed](content)
    if not kept:  # nothing but a mark of the byte order
        raise FileRefused(EMPTY)
    return kept


def too_large(size: int, most_bytes: int) -> FileRefused:
    megabytes = ceil(10 * size / MEGABYTE) / 10  # never less than it is: "20 MB, and at most 20 MB" explains nothing
    return FileRefused(f"This file is too large: {megabytes:g} MB, and at most {most_bytes // MEGABYTE} MB.")


def _is(content: bytes, claimed: str) -> bool:
    """The first bytes are those of the type; the type's own check looks at the rest."""
    head = content[:16]
    if claimed == WEBP:
        return head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    if claimed in BEGINNINGS:
        return head.startswith(BEGINNINGS[claimed])
    return not head.startswith(tuple(BEGINNINGS.values())) and texts.is_text(content)


def _looks_like(content: bytes) -> str:
    """What else it seems to be, for the sentence: nothing where nobody can tell."""
    import puremagic

    try:
        found = puremagic.magic_string(content[:4096])
    except Exception:  # it knows nothing like this, or stumbles over what it meant to know
        return ""
    return f" but looks like {found[0].name or found[0].extension}" if found and found[0].confidence > LIKELY else ""


LIKELY = 0.5
BEGINNINGS = {
    PDF: b"%PDF-",
    JPEG: b"\xff\xd8\xff",
    PNG: b"\x89PNG\r\n\x1a\n",
    DOCX: b"PK\x03\x04",
    XLSX: b"PK\x03\x04",
}
