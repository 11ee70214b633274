"""What is taken, what is refused in which words, and what is taken out."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from mentalspace.storage.errors import FileRefused
from mentalspace.storage.inspection import EICAR, inspect, naming
from mentalspace.storage.tests.files import office, pdf, picture

ALL = list(naming.NAMES)
MOST = 20 * 1024 * 1024


def taken(content, name, allowed=ALL):
    return inspect(content, name, size=len(content), allowed=allowed, most_bytes=MOST)


def refusal(content, name, allowed=ALL):
    with pytest.raises(FileRefused) as refused:
        taken(content, name, allowed)
    return refused.value.message


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pdf(), naming.PDF),
        ("a.JPG", picture("JPEG"), naming.JPEG),
        ("a.png", picture("PNG"), naming.PNG),
        ("a.webp", picture("WEBP"), naming.WEBP),
        ("a.docx", office(), naming.DOCX),
        ("a.xlsx", office("xl/workbook.xml"), naming.XLSX),
        ("a.txt", "Zoë said: “yes”\n".encode(), naming.TXT),
        ("a.csv", b"a,b\r\n1,2\r\n", naming.CSV),
    ],
)
def test_what_is_taken(name, content, kind):
    found = taken(content, name)
    assert (found.content_type, found.file_name) == (kind, name)
    if kind in (naming.PDF, naming.DOCX, naming.XLSX):
        assert found.content == content, "kept byte for byte"


def test_texts_are_kept_as_utf8():
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert taken("Zoë – “yes”".encode(encoding), "a.txt").content.decode() == "Zoë – “yes”"


def test_a_mark_of_the_byte_order_is_no_content():
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe"):
        assert "empty" in refusal(mark, "a.txt")


def test_names_are_one_line_without_a_path():
    for name, kept in {
        "../../etc/passwd.txt": "passwd.txt",
        "..\\..\\win.ini.txt": "win.ini.txt",
        "a\r\nSet-Cookie: x.pdf": "a Set-Cookie x.pdf",
        "\u202efdp.exe.pdf": "fdp.exe.pdf",
        "...hidden.txt": "hidden.txt",
        "x" * 300 + ".pdf": "x" * 146 + ".pdf",
        'a"b<c>|?*.pdf': "a b c.pdf",
    }.items():
        assert naming.cleaned(name) == kept


def test_pictures_are_written_anew():
    png = PngImagePlugin.PngInfo()
    png.add_text("Comment", "<script>alert(1)</script>")
    for content, name in (
        (picture("PNG", pnginfo=png), "a.png"),
        (picture("JPEG", comment=b"<script>alert(1)</script>"), "a.jpg"),
        (picture("JPEG") + b"<script>alert(1)</script>", "a.jpg"),
        (picture("PNG") + pdf(), "a.png"),
        (picture("WEBP", xmp=b"<x:xmpmeta>Elm</x:xmpmeta>"), "a.webp"),
    ):
        kept = taken(content, name).content
        for gone in (b"script", b"%PDF", b"Elm"):
            assert gone not in kept
        with Image.open(BytesIO(kept)) as found:
            assert found.size == (32, 24)


@pytest.mark.parametrize(("mode", "none"), [("P", 0), ("L", 7), ("RGB", (1, 2, 3))])
def test_what_is_see_through_stays_so(mode, none):
    into = BytesIO()
    Image.new(mode, (4, 4), none).save(into, "PNG", transparency=none)
    with Image.open(BytesIO(taken(into.getvalue(), "a.png").content)) as kept:
        assert kept.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_phones_picture_with_a_small_one_behind_it_is_a_picture():
    into = BytesIO()
    large, small = Image.new("RGB", (32, 24), "red"), Image.new("RGB", (8, 6), "blue")
    large.save(into, "MPO", save_all=True, append_images=[small])
    with Image.open(BytesIO(taken(into.getvalue(), "a.jpg").content)) as kept:
        assert (kept.size, kept.format, getattr(kept, "n_frames", 1)) == ((32, 24), "JPEG", 1)


def flood(width, height):
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind, data):
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))

    head = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def test_pixel_floods_and_broken_pictures():
    assert "too large" in refusal(flood(60_000, 60_000), "a.png")
    assert "damaged" in refusal(flood(200, 200), "a.png")
    assert "damaged" in refusal(picture("JPEG")[:200], "a.jpg")
    frames = BytesIO()
    Image.new("RGB", (4, 4)).save(frames, "PNG", save_all=True, append_images=[Image.new("RGB", (4, 4), "red")])
    assert "moving" in refusal(frames.getvalue(), "a.png")


def acting(change):
    """A PDF after something was done to it."""
    document = pikepdf.open(BytesIO(pdf()))
    change(document)
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def script(code="app.alert(1)"):
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)


def named_script(document):
    return pikepdf.Dictionary(Names=pikepdf.Array(["a", document.make_indirect(script())]))


ACTING = {
    "script on opening": lambda d: d.Root.__setitem__("/OpenAction", script()),
    "script of the names": lambda d: d.Root.__setitem__("/Names", pikepdf.Dictionary(JavaScript=named_script(d))),
    "script of a page": lambda d: d.pages[0].obj.__setitem__("/AA", pikepdf.Dictionary(O=script())),
    "launch": lambda d: d.Root.__setitem__(
        "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
    ),
    "form that sends": lambda d: d.Root.__setitem__("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.SubmitForm)),
    "link that runs": lambda d: d.Root.__setitem__(
        "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(" JavaScript:alert(1)"))
    ),
    "file within": lambda d: d.attachments.__setitem__("x.exe", b"MZ"),
}


@pytest.mark.parametrize("what", ACTING)
def test_pdfs_that_act_are_refused(what):
    assert "This PDF holds" in refusal(acting(ACTING[what]), "a.pdf")


def test_a_link_to_the_web_is_no_action():
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
    assert taken(acting(lambda d: d.Root.__setitem__("/OpenAction", link)), "a.pdf")


def test_pdfs_that_are_locked_damaged_or_something_else_too():
    locked = BytesIO()
    pikepdf.open(BytesIO(pdf())).save(locked, encryption=pikepdf.Encryption(user="u", owner="o"))
    assert "locked" in refusal(locked.getvalue(), "a.pdf")
    assert "damaged" in refusal(b"%PDF-1.7\nnothing\n%%EOF", "a.pdf")
    for both in (
        pdf() + office(),
        pdf() + b"<script>alert(1)</script>",
        pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n<html><script>alert(1)</script>\n"),
        pdf() + bytes(5000),
    ):
        assert "something else" in refusal(both, "a.pdf")
    assert "not a PDF" in refusal(b"\n" + pdf(), "a.pdf")


def test_pdfs_that_burst_are_refused_before_they_are_opened(monkeypatch):
    packed = zlib.compress(bytes(8 * 1024 * 1024))

    def with_stream(filters):
        document = pikepdf.open(BytesIO(pdf()))
        document.Root["/Extra"] = document.make_indirect(pikepdf.Stream(document, packed, Filter=filters))
        into = BytesIO()
        document.save(into, stream_decode_level=pikepdf.StreamDecodeLevel.none, recompress_flate=False)
        return into.getvalue()

    once = with_stream(pikepdf.Name.FlateDecode)
    assert taken(once, "a.pdf")
    twice = with_stream(pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
    assert "far too large" in refusal(twice, "a.pdf")
    monkeypatch.setattr("mentalspace.storage.inspection.pdf.MOST_UNPACKED", 4 * 1024 * 1024)
    assert "far too large" in refusal(once, "a.pdf")


def bomb():
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(50 * 1024 * 1024))
    return into.getvalue()


TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relation(kind, more="TargetMode='External'", target="http://x/y.dotm"):
    return f"<?xml version='1.0'?><r><Relationship Type = '{TYPE}{kind}' Target='{target}' {more}/></r>".encode()


def word(inside):
    return office(parts={"word/x.xml": f"<w:p xmlns:w='w'>{inside}</w:p>".encode()})


def related(content):
    return office(parts={"word/_rels/settings.xml.rels": content})


def typed(content, name="x.bin", part=b"<x/>"):
    """An Office file that says this of the type of a part."""
    said = f'<Types><Override PartName="/{name}" ContentType="{content}"/></Types>'
    into = BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for path, inside in (("[Content_Types].xml", said), ("word/document.xml", "<w/>"), (name, part)):
            archive.writestr(path, inside)
    return into.getvalue()


def twice():
    """Two parts of one name: programs differ in which they take."""
    into = BytesIO(office())
    with zipfile.ZipFile(into, "a") as archive:
        archive.writestr("WORD/document.xml", "<w/>")
    return into.getvalue()


BEGIN, END = "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>"
SPLIT = "<w:instrText>D</w:instrText><w:r/><w:instrText>DE</w:instrText><w:instrText>AUTO c:\\cmd</w:instrText>"
NESTED = f"{BEGIN}<w:instrText>DDE</w:instrText>{BEGIN}<w:instrText>QUOTE 65</w:instrText>{END}{END}"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (office(parts={"word/vbaProject.bin": b"x"}), "macros"),
        (office(parts={"word/activeX/activeX1.xml": b"<x/>"}), "macros"),
        (office(parts={"word/run.exe": b"x"}), "macros"),
        (typed("application/vnd.ms-word.document.macro&#69;nabled.main+xml"), "macros"),
        (related(relation("vbaProject", "")), "macros"),
        (office(parts={"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
        (related(relation("oleObject", "", "media/image9.bin")), "embedded"),
        (related(relation("aFChunk", "", "x.rtf")), "embedded"),
        (related(relation("attachedTemplate")), "fetches"),
        (related(relation("attachedTemplat&#101;", "TargetMode='Exter&#110;al'")), "fetches"),
        (related(relation("frame").decode().encode("utf-16-le")), "fetches"),
        (related(relation("image", target="file://host/x.png")), "fetches"),
        (word('<w:instrText>DDEAUTO c:\\cmd "/k calc"</w:instrText>'), "fetches"),
        (word("<w:fldSimple w:instr=' ddeauto c:\\cmd'/>"), "fetches"),
        (word(BEGIN + SPLIT + END), "fetches"),
        (word(BEGIN + SPLIT), "fetches"),
        (word(NESTED), "fetches"),
        (typed("x/x+xml", part=b"<x><ddeLink/></x>"), "fetches"),
        (office(parts={"word/x.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "unfold"),
        (office(parts={"word/x.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16-be")}), "unfold"),
        (office(parts={"word/x.xml": b"<x>"}), "damaged"),
        (office(parts={"../../etc": b"x"}), "outside"),
        (office("ppt/presentation.xml"), "not what its name says"),
        (twice(), "not what its name says"),
        (office() + b"<script>", "something else"),
        (bomb(), "far too large"),
        (office()[:-30], "damaged"),
        (b"PK\x03\x04" + bytes(99), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_office_files_that_act_or_burst_are_refused(content, says):
    assert says in refusal(content, "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        related(relation("hyperlink", target="https://example.org/iframe")),
        related(relation("image", "", "media/image1.png")),
        office(parts={"customXml/item1.json": b"{}", "word/media/vbaProject.bin.png": b"x"}),
        word(f'{BEGIN}<w:instrText>HYPERLINK "https://example.org/dde"</w:instrText>{END}<w:t>DDE</w:t>'),
        office(parts={"xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>"}),
        typed("image/svg+xml", "word/media/a.svg", b"<!DOCTYPE svg><svg/>"),
    ],
)
def test_office_files_that_only_look_like_it_are_taken(content):
    assert taken(content, "a.docx")


def test_what_a_bucket_does_not_take_is_refused_whatever_it_is():
    assert "Taken are PDF." in refusal(picture(), "a.png", [naming.PDF])
    assert "tried out" in refusal(EICAR + b"+H*", "a.txt")
    assert "its content is not a PDF but looks like " in refusal(picture(), "a.pdf")
    assert "its content is not a PDF. Save" in refusal(b"\x00\x01\x02\x03nothing that is known", "a.pdf")


def test_a_file_over_the_limit_is_never_told_the_limit_as_its_size():
    for size, told in ((MOST + 1, "20.1"), (MOST + MOST // 2, "30")):
        with pytest.raises(FileRefused, match=f"too large: {told} MB, and at most 20 MB"):
            inspect(b"x", "a.pdf", size=size, allowed=ALL, most_bytes=MOST)


def hostile():
    folder = Path(__file__).parents[4] / "shared" / "data" / "bad-inputs"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


@pytest.mark.skipif(not hostile(), reason="the folder of hostile files is not beside the product")
@pytest.mark.parametrize("path", hostile(), ids=lambda path: path.name)
def test_hostile_files_are_refused_or_harmless(path):
    """By their own name and by that of every type: refused in words, or kept as something that cannot act."""
    content = path.read_bytes()
    for name in (path.name, *(f"x.{ending}" for ending in naming.ENDINGS)):
        try:
            kept = taken(content, name)
        except FileRefused:
            continue
        assert kept.content_type in (naming.TXT, naming.CSV, naming.PNG), name
        if kept.content_type == naming.PNG:
            assert b"script" not in kept.content.lower()
