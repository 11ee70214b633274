"""Small files of each kind, made here so that tests need no folder of samples."""

import zipfile
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

from tests.http import Http

PIXEL = (32, 24)


def pdf(text: str = "") -> bytes:
    """One empty page; `text` stands in its title."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(612, 792))
    if text:
        made.docinfo["/Title"] = text
    into = BytesIO()
    made.save(into)
    return into.getvalue()


def picture(form: str = "PNG", size: tuple[int, int] = PIXEL, **options: Any) -> bytes:
    into = BytesIO()
    Image.new("RGB", size, (40, 90, 120)).save(into, form, **options)
    return into.getvalue()


def office(heart: str = "word/document.xml", parts: dict[str, bytes] | None = None) -> bytes:
    """The least that a .docx or .xlsx is, and more parts by name."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(heart, "<w:document/>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return into.getvalue()


def upload(http: Http, path: str, content: bytes, name: str, **fields: str) -> Any:
    """Send a file as a form does."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return http.post(f"/api{path}", {"file": SimpleUploadedFile(name, content), **fields})
