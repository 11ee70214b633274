"""Streams FHIR resources out of files and folders, one bundle or line in memory at a time.

Takes Bundles (transaction, batch, collection, searchset), single resources, NDJSON of either, gzipped or not.
What a file holds decides how it is read; its name only says whether a folder's file is meant for us at all.
"""

import gzip
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn, cast

from mentalspace.exchange.fhir.errors import BrokenFile, InvalidResource, Place

BUNDLE_TYPES = ("transaction", "batch", "collection", "searchset")
LARGEST_DOCUMENT = 256 * 1024 * 1024
"""Bytes of one bundle or line, unzipped. A guard against files made to exhaust the machine."""
SUFFIXES = (".json", ".ndjson", ".jsonl")
LINE_SUFFIXES = (".ndjson", ".jsonl")
GZIP_MAGIC = b"\x1f\x8b"
GZIP_ERRORS = (EOFError, zlib.error, gzip.BadGzipFile)
DAMAGED = "the gzip data is damaged or cut off"
BOM = b"\xef\xbb\xbf"
OTHER_FORMATS = {
    b"PK\x03\x04": "is a zip archive; unpack it first",
    b"<": "is XML; only FHIR's JSON form is read",
}

JsonObject = dict[str, Any]


class Entry(NamedTuple):
    """One resource as it stands in the file; `full_url` is the bundle's own name for it."""

    resource: JsonObject
    place: Place
    full_url: str | None = None

    def broken_by(self, error: InvalidResource) -> BrokenFile:
        """What breaks FHIR's rules breaks the file, here."""
        return BrokenFile(self.place, f"is not valid FHIR R4: {error}")

    @property
    def resource_type(self) -> str:
        kind: str = self.resource["resourceType"]
        return kind


@dataclass(frozen=True, slots=True)
class Unit:
    """Resources that may refer to one another by the bundle's names: a bundle's, or a single one.

    `empty_entries` counts entries without a resource, such as the DELETEs of a transaction.
    """

    entries: tuple[Entry, ...]
    empty_entries: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read, and how it is named in reports."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the given paths come to."""

    sources: tuple[Source, ...]
    ignored: tuple[str, ...]


def find(paths: Iterable[Path]) -> Found:
    """The files behind the paths, each once, in a stable order. A file named by itself is always taken.

    Raises BrokenFile when a path does not exist or nothing is left to read.
    """
    sources: dict[Path, Source] = {}
    ignored: list[str] = []
    given = list(paths)
    for path in given:
        if path.is_dir():
            _search(path, sources, ignored)
        elif path.is_file():
            sources.setdefault(path.resolve(), Source(path, path.name))
        else:
            raise BrokenFile(Place(str(path)), "there is no such file or folder")
    if not sources:
        raise BrokenFile(Place(", ".join(map(str, given))), "holds no .json or .ndjson file, gzipped or not")
    return Found(tuple(sources.values()), tuple(ignored))


def _search(folder: Path, sources: dict[Path, Source], ignored: list[str]) -> None:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            shown = str(path.relative_to(folder))
            if not _meant_for_us(name):
                ignored.append(f"{shown}: not a .json or .ndjson file")
            elif _is_bulk_manifest(path):
                ignored.append(f"{shown}: the list of a bulk export's files")
            else:
                sources.setdefault(path.resolve(), Source(path, shown))


def _meant_for_us(name: str) -> bool:
    return not name.startswith(".") and name.lower().removesuffix(".gz").endswith(SUFFIXES)


def _is_bulk_manifest(path: Path) -> bool:
    """A bulk export's status answer: small JSON with `transactionTime` and `output`, and no resource."""
    if path.suffix.lower() != ".json" or path.stat().st_size > 1_000_000:
        return False
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "transactionTime" in content and "output" in content


def checksum(source: Source) -> str:
    """The file's SHA-256 as it lies on the disk, in hex."""
    digest = sha256()
    with source.path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def read(source: Source) -> Iterator[Unit]:
    """The file's units in order. Raises BrokenFile at the first thing that is not FHIR R4 JSON."""
    here = Place(source.name)
    try:
        with _opened(source.path) as stream:
            yield from _units(stream, source)
    except GZIP_ERRORS:
        raise BrokenFile(here, DAMAGED) from None
    except OSError as error:
        raise BrokenFile(here, f"cannot be read: {error.strerror or 'input error'}") from None


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as stream:
        zipped = stream.read(2) == GZIP_MAGIC
    return cast(IO[bytes], gzip.open(path, "rb")) if zipped else path.open("rb")


def _units(stream: IO[bytes], source: Source) -> Iterator[Unit]:
    here = Place(source.name)
    first = _line(stream, Place(source.name, 1)).removeprefix(BOM)
    for start, reason in OTHER_FORMATS.items():
        if first.lstrip().startswith(start):
            raise BrokenFile(here, reason)
    by_name = source.name.lower().removesuffix(".gz").endswith(LINE_SUFFIXES)
    if by_name or _is_json(first):
        yield from _lines(stream, first, source, named_lines=by_name)
        return
    rest = stream.read(LARGEST_DOCUMENT - len(first) + 1)
    if len(first) + len(rest) > LARGEST_DOCUMENT:
        _too_large(here)
    if not (first + rest).strip():
        raise BrokenFile(here, "is empty")
    yield _unit(_parse(first + rest, here), here)


def _lines(stream: IO[bytes], first: bytes, source: Source, *, named_lines: bool) -> Iterator[Unit]:
    """One document a line. A file of a single line that is not called NDJSON is named without its line."""
    number, line, seen = 1, first, 0
    following = _line(stream, Place(source.name, 2))
    alone = not named_lines and not following
    while line:
        if line.strip():
            place = Place(source.name) if alone else Place(source.name, number)
            yield _unit(_parse(line, place), place)
            seen += 1
        number, line = number + 1, following
        following = _line(stream, Place(source.name, number + 1)) if following else b""
    if not seen:
        raise BrokenFile(Place(source.name), "is empty")


def _line(stream: IO[bytes], place: Place) -> bytes:
    try:
        line = stream.readline(LARGEST_DOCUMENT + 1)
    except GZIP_ERRORS:
        raise BrokenFile(place, DAMAGED) from None
    if len(line) > LARGEST_DOCUMENT:
        _too_large(place)
    return line


def _too_large(place: Place) -> NoReturn:
    raise BrokenFile(place, f"one document is larger than {LARGEST_DOCUMENT // 1024 // 1024} MB")


def _is_json(text: bytes) -> bool:
    if not text.lstrip().startswith(b"{") or not text.rstrip().endswith(b"}"):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _parse(text: bytes, place: Place) -> JsonObject:
    try:
        content = json.loads(text.decode(), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BrokenFile(place, f"is not UTF-8 text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise BrokenFile(place, _where_json_breaks(error, in_line=place.line is not None)) from None
    except ValueError:
        raise BrokenFile(place, "is not valid JSON: a number that JSON does not have") from None
    except RecursionError:
        raise BrokenFile(place, "is nested too deeply") from None
    return _resource(content, place)


def _where_json_breaks(error: json.JSONDecodeError, *, in_line: bool) -> str:
    spot = f"character {error.colno}" if in_line else f"line {error.lineno}, character {error.colno}"
    return f"is not valid JSON ({error.msg} at {spot})"


def _resource(content: object, place: Place) -> JsonObject:
    if not isinstance(content, dict):
        raise BrokenFile(place, "is JSON, but not a FHIR resource: an object was expected")
    kind = content.get("resourceType")
    if not isinstance(kind, str) or not kind:
        raise BrokenFile(place, "is JSON, but not a FHIR resource: it names no resourceType")
    if not (kind.isascii() and kind.isalpha() and kind[0].isupper() and len(kind) <= 64):
        raise BrokenFile(place, "is not a FHIR resource: its resourceType is no FHIR name")
    return content


def _unit(resource: JsonObject, place: Place) -> Unit:
    if resource["resourceType"] != "Bundle":
        return Unit((Entry(resource, place),))
    kind = resource.get("type")
    if kind not in BUNDLE_TYPES:
        raise BrokenFile(place, f"is a Bundle whose type is none of {', '.join(BUNDLE_TYPES)}")
    listed = resource.get("entry", [])
    if not isinstance(listed, list):
        raise BrokenFile(place, "is a Bundle whose entry is not a list")
    entries = [_entry(item, Place(place.file, place.line, at)) for at, item in enumerate(listed, 1)]
    kept = tuple(entry for entry in entries if entry is not None)
    return Unit(kept, len(entries) - len(kept))


def _entry(item: object, place: Place) -> Entry | None:
    if not isinstance(item, dict):
        raise BrokenFile(place, "is not an object")
    full_url = item.get("fullUrl")
    if full_url is not None and not isinstance(full_url, str):
        raise BrokenFile(place, "has a fullUrl that is not text")
    if item.get("resource") is None:
        return None
    return Entry(_resource(item["resource"], place), place, full_url)
