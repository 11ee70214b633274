"""Whether a practice's colour can carry words. Pure: no database, no clock."""

import re
from typing import Final

WHITE: Final = "#ffffff"
LEAST: Final = 4.5
"""Contrast that words need against what is behind them. Source: WCAG 2.2, 1.4.3 (AA)."""

COLOR: Final = r"^#[0-9a-f]{6}$"


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white). Source: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def problem(color: str) -> str | None:
    """Why mails cannot be in this colour, as a sentence; None when they can. Buttons have white words on it."""
    if not re.fullmatch(COLOR, color):
        return "Write the color as # and six digits, such as #005c5c."
    if contrast(color, WHITE) >= LEAST:
        return None
    return f"White words on this color are hard to read. Take a darker one: {dark_enough(color)} just does."


def dark_enough(color: str) -> str:
    """The colour itself, or the lightest of its kind that white words can be read on."""
    parts = _parts(color)
    return next(
        shade
        for percent in range(100, -1, -1)
        if contrast(shade := "#" + "".join(f"{part * percent // 100:02x}" for part in parts), WHITE) >= LEAST
    )


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color.removeprefix("#")))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
