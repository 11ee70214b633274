"""Pictures: decoded and written anew, so that only the picture is left.

That takes out where and with what it was taken (EXIF, XMP, IPTC), texts within, and whatever lies behind its end.
"""

from io import BytesIO
from typing import Any

from mentalspace.storage.errors import FileRefused

MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 64_000_000, "WEBP": 40_000_000}
"""A little more than the largest picture a phone takes by itself: 256 MB in memory, and as much again while it is
turned. WebP takes more for each point, and no phone takes pictures in it."""

FORMS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 92},
}
STAYS = {"JPEG": ("icc_profile",), "PNG": ("icc_profile", "transparency"), "WEBP": ("icc_profile",)}
"""What is said beside the points and belongs to the picture: its colours, and which of them is none."""

UNREADABLE = "This picture is damaged: it cannot be opened. Save or photograph it anew."


def cleaned(content: bytes, form: str) -> bytes:
    """The picture alone, the right way up."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # asked below, before anything is decoded: Pillow would only warn
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            frames = 1 if form == "JPEG" else getattr(picture, "n_frames", 1)  # a phone's JPEG brings a small one along
            _refuse(picture.size, frames, MOST_PIXELS[form])
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            kept = _written(picture, form)
    except (FileRefused, MemoryError):
        raise
    except Exception:  # Pillow raises what it likes at hostile bytes: OSError, ValueError, SyntaxError, struct.error …
        raise FileRefused(UNREADABLE) from None
    return kept


def _refuse(size: tuple[int, int], frames: int, most: int) -> None:
    if size[0] * size[1] > most:
        millions, limit = size[0] * size[1] / 1_000_000, most // 1_000_000
        raise FileRefused(
            f"This picture is too large: {millions:.0f} million points, and at most {limit}. Make it smaller."
        )
    if frames > 1:
        raise FileRefused("This is a moving picture. Only still ones are taken.")


def _written(picture: Any, form: str) -> bytes:
    stays = {name: picture.info[name] for name in STAYS[form] if picture.info.get(name) is not None}
    picture.info = {}
    if form == "JPEG" and picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    into = BytesIO()
    picture.save(into, form, **FORMS[form], **stays)
    return into.getvalue()
