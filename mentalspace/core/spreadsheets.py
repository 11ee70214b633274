"""Tables that are opened in a spreadsheet program: CSV whose cells cannot be formulas."""

import csv
import io
from collections.abc import Iterable, Sequence

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may read as the start of a formula, at the start of a cell or after spaces (OWASP, CSV
injection); some read the full-width forms as well."""


def cell(value: object) -> str:
    """The value as text that a spreadsheet shows and does not work out."""
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_A_FORMULA) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV of these rows, every cell quoted, for Excel and friends."""
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return made.getvalue()
