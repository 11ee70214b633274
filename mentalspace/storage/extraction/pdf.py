"""The text of a PDF, page by page."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

MOST_PAGES = 1_000


def pieces(content: bytes) -> Iterator[str]:
    """A page that cannot be read is left out; the others are read."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    for number in range(min(len(reader.pages), MOST_PAGES)):
        with suppress(Exception):  # pypdf's own errors, and what it stumbles over besides
            yield reader.pages[number].extract_text()
