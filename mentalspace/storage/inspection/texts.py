"""Plain text: kept as UTF-8, so that it is shown as it was written."""

from mentalspace.storage.errors import FileRefused

ALLOWED_CONTROLS = "\t\n\r\f\x0b"
CONTROLS = {chr(number) for number in (*range(32), 127)} - set(ALLOWED_CONTROLS)
BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")


def is_text(content: bytes) -> bool:
    """It can be read as text and holds nothing that only programs do."""
    return _decoded(content) is not None


def as_utf8(content: bytes) -> bytes:
    text = _decoded(content)
    if text is None:
        raise FileRefused("This is not plain text.")
    return text.encode()


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-16",) if content.startswith(BYTE_ORDER) else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROLS & set(text) else text
    return None
