"""Names of files, and the types that are known here."""

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from unicodedata import category, normalize

PDF, JPEG, PNG, WEBP = "application/pdf", "image/jpeg", "image/png", "image/webp"
TXT, CSV = "text/plain", "text/csv"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENDINGS = {
    "pdf": PDF,
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "webp": WEBP,
    "txt": TXT,
    "csv": CSV,
    "docx": DOCX,
    "xlsx": XLSX,
}
NAMES = {
    PDF: "a PDF",
    JPEG: "a JPEG picture",
    PNG: "a PNG picture",
    WEBP: "a WebP picture",
    TXT: "plain text",
    CSV: "a table in plain text (CSV)",
    DOCX: "a Word document (.docx)",
    XLSX: "an Excel workbook (.xlsx)",
}
LONGEST = 150
"""Characters of a file's name that are kept."""

FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
"""What no system wants in a name, and what leads out of a folder."""


def cleaned(name: str) -> str:
    """The file's name as it may be shown and sent: one line, no path, no marks that turn the writing round."""
    flat = normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    flat = "".join(" " if category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter for letter in flat)
    flat = " ".join(FORBIDDEN.sub(" ", flat).split()).lstrip(".") or "file"
    stem, ending = PurePosixPath(flat).stem, PurePosixPath(flat).suffix[:20]
    return stem[: LONGEST - len(ending)].strip() + ending


def type_of(file_name: str) -> str | None:
    """The type that the name's ending stands for."""
    return ENDINGS.get(PurePosixPath(file_name).suffix.removeprefix(".").lower())


def title_of(file_name: str) -> str:
    """What to call a file that nobody has named: its name without the ending."""
    return PurePosixPath(file_name).stem.replace("_", " ").strip() or file_name


def listed(types: Collection[str]) -> str:
    """`PDF, JPEG, …` for a sentence."""
    endings = [ending.upper() for ending, kind in ENDINGS.items() if kind in types and ending != "jpeg"]
    return f"{', '.join(endings[:-1])} and {endings[-1]}" if len(endings) > 1 else "".join(endings)


def endings(types: Collection[str]) -> list[str]:
    """`.pdf`, `.jpg`, …: what a file chooser is told."""
    return [f".{ending}" for ending, kind in ENDINGS.items() if kind in types]
