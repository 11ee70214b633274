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


def written_pdf(*pages: str) -> bytes:
    """A PDF with words on its pages."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return bytes(typst.compile("\n#pagebreak()\n".join(pages).encode(), font_paths=fonts, timestamp=0))


def word(*paragraphs: str) -> bytes:
    """A .docx with these paragraphs."""
    from xml.sax.saxutils import escape

    said = "".join(f"<w:p><w:r><w:t>{escape(each)}</w:t></w:r></w:p>" for each in paragraphs)
    return office_of("word/document.xml", f'<w:document xmlns:w="w"><w:body>{said}</w:body></w:document>')


def office_of(heart: str, xml: str, parts: dict[str, str] | None = None) -> bytes:
    """A .docx or .xlsx with this as its heart."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"[Content_Types].xml": "<Types/>", heart: xml} | (parts or {})).items():
            archive.writestr(name, content)
    return into.getvalue()
