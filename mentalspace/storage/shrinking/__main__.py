"""`python -m mentalspace.storage.shrinking TYPE`: a picture on standard input; its measures and a small one after it.

Nothing is caught here that is no refusal: the process ends, and who waits for it says so.
"""

import sys
from io import BytesIO
from typing import Any

from mentalspace.storage.confined import confine
from mentalspace.storage.errors import FileRefused
from mentalspace.storage.inspection import content_to_keep, process
from mentalspace.storage.inspection.naming import PNG
from mentalspace.storage.shrinking import DONE, MOST_KEPT, MOST_POINTS

TOO_RICH = "This picture stays larger than 100 kB even when it is made small. Save it as JPEG, or with fewer colors."


def main(content_type: str) -> None:
    """Look at one picture within the limits, and make it small."""
    confine(memory=process.MOST_MEMORY, cpu_seconds=process.CPU_SECONDS)
    out = sys.stdout.buffer
    out.write(process.READY)
    out.flush()
    content = sys.stdin.buffer.read()
    try:
        made, (width, height) = _made_small(content_to_keep(content, content_type), content_type)
    except FileRefused as refused:
        out.write(process.REFUSED + refused.message.encode())
    else:
        out.write(DONE + f"{width} {height}\n".encode() + made)


def _made_small(content: bytes, content_type: str) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image

    with Image.open(BytesIO(content)) as picture:
        plain = picture.convert("RGBA" if content_type == PNG else "RGB")
    plain.info = {}
    plain.thumbnail((MOST_POINTS, MOST_POINTS))
    for made in _png(plain) if content_type == PNG else _jpegs(plain):
        if len(made) <= MOST_KEPT:
            return made, plain.size
    raise FileRefused(TOO_RICH)


def _png(picture: Any) -> Any:
    """In all its colours, or in as many as a logo has."""
    yield _written(picture, "PNG", optimize=True)
    yield _written(picture.quantize(256), "PNG", optimize=True)


def _jpegs(picture: Any) -> Any:
    for quality in (90, 80, 65):
        yield _written(picture, "JPEG", quality=quality, optimize=True)


def _written(picture: Any, form: str, **how: Any) -> bytes:
    into = BytesIO()
    picture.save(into, form, **how)
    return into.getvalue()


if __name__ == "__main__":
    main(sys.argv[1])
