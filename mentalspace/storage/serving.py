"""An object's bytes as an answer: whole or in part, to be saved, or shown where nothing in it can run."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from mentalspace.storage.inspection.naming import CSV, JPEG, PDF, PNG, TXT, WEBP
from mentalspace.storage.keeping import content_of
from mentalspace.storage.models import StoredObject

SHOWN = {PDF: PDF, JPEG: JPEG, PNG: PNG, WEBP: WEBP, TXT: "text/plain; charset=utf-8", CSV: "text/plain; charset=utf-8"}
"""Types that a browser shows without running anything, and what they are then called. All else is only saved."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
SANDBOXED = f"sandbox; {POLICY}"
"""For all but PDFs: some browsers' own viewers stay empty in a sandbox. A PDF is never a page of ours: it is sent as
what it is (`nosniff`), and what it could run is run by the viewer, apart; files with scripts were not even taken."""

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def served(request: HttpRequest, row: StoredObject, *, file_name: str, is_shown: bool) -> HttpResponse:
    """The object as the request wants it: 200, 206 for a range, 416 for one that is not there.

    Raises InQuarantine, FileMissing or StorageAway.
    """
    part = _range(request, row)
    if part is not None and part[0] >= part[1]:
        answer = HttpResponse(status=416, headers={"Content-Range": f"bytes */{row.size}"})
    else:
        start, end = part or (0, row.size)
        answer = HttpResponse(content_of(row, start, end), status=206 if part else 200)
        if part:
            answer["Content-Range"] = f"bytes {start}-{end - 1}/{row.size}"
    shows = is_shown and row.content_type in SHOWN
    answer["Content-Type"] = SHOWN[row.content_type] if shows else row.content_type
    answer["Content-Disposition"] = _disposition(file_name, "inline" if shows else "attachment")
    answer["Content-Security-Policy"] = POLICY if shows and row.content_type == PDF else SANDBOXED
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "SAMEORIGIN" if shows else "DENY"
    answer["Cache-Control"] = "no-store"
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = _tag(row)
    return answer


def _range(request: HttpRequest, row: StoredObject) -> tuple[int, int] | None:
    """The asked part, from and without; None for all of it: several parts at once, or other units, are not offered."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked[0] == "bytes=-" or request.headers.get("If-Range", _tag(row)) != _tag(row):
        return None
    first, last = asked.groups()
    if not first:
        return max(0, row.size - int(last)), row.size
    if last and int(last) < int(first):
        return None
    return int(first), min(row.size, int(last) + 1 if last else row.size)


def _tag(row: StoredObject) -> str:
    return f'"{row.sha256[:32]}"'


def _disposition(file_name: str, how: str) -> str:
    """RFC 6266: the name in ASCII for the old, and as it is."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", file_name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
