"""PDFs: kept byte for byte, because a signature in them counts the bytes, or refused."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from mentalspace.storage.errors import FileRefused

MOST_OBJECTS = 150_000
DEEPEST = 60
AFTER_THE_END = 1024
"""Bytes behind %%EOF that careless programs leave: line ends and zeros, nothing else."""

MOST_STREAMS = 50_000
MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes of all streams together: a scan in true colour on every page stays below it."""

STEP, AT_ONCE = 4096, 1024 * 1024
STREAM = re.compile(rb"(?<!end)stream[\s\0]*")
"""Where a stream may begin: readers forgive what stands behind the word, and no packed byte is one of these."""

PACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
"""Filters out of which more comes than goes in: one after the other, they multiply."""

MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|\?php|body|iframe)", re.IGNORECASE)

ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoToE"}
HOLDS = {"/JS": "a script", "/JavaScript": "scripts", "/EmbeddedFiles": "files within", "/XFA": "a form with scripts"}
PARTS = {"/EmbeddedFile": "a file within", "/RichMedia": "a film or program", "/Movie": "a film", "/3D": "a model"}
WHAT_TO_DO = "Print it to a new PDF and add that."

BURSTS = f"This PDF would become far too large when it is opened. {WHAT_TO_DO}"
DAMAGED = "This PDF is damaged: it cannot be opened. Save it anew."
LOCKED = "This PDF is locked with a password. Save it without one: the chart is locked already."


def checked(content: bytes) -> bytes:
    """The same bytes, if nothing in them acts."""
    if _is_something_else(content):
        raise FileRefused(f"This file is a PDF and something else at once. {WHAT_TO_DO}")
    if _bursts(content):
        raise FileRefused(BURSTS)
    for found in _acting(content):
        raise FileRefused(f"This PDF holds {found}, which could act on the computer that opens it. {WHAT_TO_DO}")
    return content


def _is_something_else(content: bytes) -> bool:
    """Another kind of file begins before, within or after it: programs differ in what they take it for."""
    end = content.rfind(b"%%EOF")
    rest = content[end + 5 :] if end >= 0 else b""
    return bool(
        MARKUP.search(content[:AFTER_THE_END])
        or len(rest) > AFTER_THE_END
        or rest.strip(b"\0\t\n\f\r \x1a")
        or zipfile.is_zipfile(BytesIO(content))
    )


def _bursts(content: bytes) -> bool:
    """More comes out of its streams than anybody needs. Unpacked here bit by bit, since opening it unpacks at once.

    Streams lie one behind the other: where more goes in than the file holds, it was made so that they lie in each
    other, and would be unpacked over and over.
    """
    came, went = 0, 0
    for number, found in enumerate(STREAM.finditer(content)):
        for out, into in _unpacked(content, found.end()):
            came, went = came + out, went + into
            if came > MOST_UNPACKED or went > len(content) + STEP * (number + 1):
                return True
        if number > MOST_STREAMS:
            return True
    return False


def _unpacked(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    """How many bytes come out at each step, and how many went in. Ends where the stream does, or is no such stream."""
    engine, tail = zlib.decompressobj(), b""
    try:
        while not engine.eof and (tail or at < len(content)):
            if not tail:
                tail, at = content[at : at + STEP], at + STEP
            before = len(tail)
            out = len(engine.decompress(tail, AT_ONCE))
            tail = engine.unconsumed_tail
            yield out, before - len(tail)
    except zlib.error:
        yield 0, 0  # packed in another way, or not at all


def _acting(content: bytes) -> Iterator[str]:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as document:
            if len(document.objects) > MOST_OBJECTS:
                raise FileRefused(f"This PDF is made of too many parts to look at. {WHAT_TO_DO}")
            if len(document.pages) == 0:
                raise FileRefused(DAMAGED)
            for each in document.objects:
                yield from _within(each, 0)
    except pikepdf.PasswordError:
        raise FileRefused(LOCKED) from None
    except (FileRefused, MemoryError):
        raise
    except Exception:  # qpdf's own errors, and what hostile structures raise on the way
        raise FileRefused(DAMAGED) from None


def _within(thing: Any, depth: int) -> Iterator[str]:
    """What acts in this object; others that it points to are looked at by themselves."""
    import pikepdf

    if depth > DEEPEST:
        yield "parts within parts without end"
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        if isinstance(thing, pikepdf.Stream) and _is_packed_twice(thing):
            raise FileRefused(BURSTS)
        for name, value in thing.items():
            yield from _named(str(name), value)
            if not getattr(value, "is_indirect", False):
                yield from _within(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                yield from _within(value, depth + 1)


def _is_packed_twice(stream: Any) -> bool:
    """By what its filters are, however they are written down."""
    import pikepdf

    filters = stream.get("/Filter", [])
    named = filters if isinstance(filters, pikepdf.Array) else [filters]
    return sum(str(each) in PACKING for each in named) > 1


def _named(name: str, value: Any) -> Iterator[str]:
    if name in HOLDS:
        yield HOLDS[name]
    elif name == "/S" and str(value) in ACTS:
        yield f"an action ({str(value).removeprefix('/')})"
    elif name in ("/Type", "/Subtype") and str(value) in PARTS:
        yield PARTS[str(value)]
    elif name == "/URI" and re.match(r"\s*(javascript|data|vbscript|file)\s*:", str(value), re.IGNORECASE):
        yield "a link that runs something"
