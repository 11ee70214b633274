"""Files that would break what opens them break a process of their own, and are refused."""

import struct
import subprocess
import sys
import zlib
from threading import BoundedSemaphore

import pytest

from mentalspace.storage import confined
from mentalspace.storage.errors import FileRefused, InspectionAway
from mentalspace.storage.inspection import apart
from mentalspace.storage.inspection.naming import PDF, PNG, TXT
from mentalspace.storage.inspection.pdf import _bursts as bursts
from mentalspace.storage.tests.files import office, pdf, picture

BURST = zlib.compress(zlib.compress(bytes(600 * 1024 * 1024), 9), 9)


def nested(filters: bytes, beginning: bytes = b"stream\n") -> bytes:
    """A PDF that lists its objects in a stream that is packed twice: whoever opens it unpacks it at once."""
    said = b"<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>\n" % (filters, len(BURST))
    return b"\n".join(
        (
            b"%PDF-1.5",
            b"7 0 obj [/FlateDecode /FlateDecode] endobj",
            b"5 0 obj " + said + beginning + BURST + b"\nendstream endobj",
            b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
            b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj",
            b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj",
            b"trailer << /Root 1 0 R /Size 8 >>",
            b"startxref\n0\n%%EOF\n",
        )
    )


@pytest.mark.parametrize(
    ("filters", "beginning"),
    [
        (b"[/FlateDecode /FlateDecode]", b"stream\n"),
        (b"7 0 R", b"stream\n"),
        (b"[/#46lateDecode /#46lateDecode]", b"stream\n"),
        (b"[/FlateDecode /FlateDecode]", b"stream \n"),
    ],
)
def test_no_way_of_writing_it_down_hides_what_is_packed_twice(filters, beginning):
    with pytest.raises(FileRefused, match="far too large"):
        apart.content_to_keep(nested(filters, beginning), PDF)


def test_what_is_good_is_kept_as_it_is_and_what_is_changed_comes_back():
    for content, kind in ((pdf(), PDF), (b"yes", TXT)):
        assert apart.content_to_keep(content, kind) is content
    assert apart.content_to_keep("Zoë".encode("utf-16"), TXT) == "Zoë".encode()
    assert apart.content_to_keep(picture(), PNG).startswith(b"\x89PNG")
    with pytest.raises(FileRefused, match="not a PDF"):
        apart.content_to_keep(office(), PDF)


def test_a_process_that_dies_or_takes_too_long_refuses_the_file(monkeypatch):
    with pytest.raises(FileRefused, match="far more memory or time"):
        apart.content_to_keep(pdf(), PDF, seconds=0.001)
    for ending in ("print('ready', flush=True); import os; os.abort()", "print('ready'); raise MemoryError"):
        monkeypatch.setattr(confined, "PYTHON", [sys.executable, "-c", ending])
        with pytest.raises(FileRefused, match="far more memory or time"):
            apart.content_to_keep(pdf(), PDF)


def test_where_no_process_can_begin_nothing_is_said_of_the_file(monkeypatch):
    for command in (["/nowhere"], [sys.executable, "-c", "raise SystemExit(1)"]):
        monkeypatch.setattr(confined, "PYTHON", command)
        with pytest.raises(InspectionAway):
            apart.content_to_keep(pdf(), PDF)


def test_whoever_waits_too_long_for_others_is_told_to_try_again(monkeypatch):
    monkeypatch.setattr(apart, "AT_ONCE", BoundedSemaphore(1))
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.01)
    with apart.AT_ONCE, pytest.raises(InspectionAway):
        apart.content_to_keep(b"yes", TXT)
    with pytest.raises(FileRefused):
        apart.content_to_keep(b"yes", TXT, seconds=0.001)
    assert apart.content_to_keep(b"yes", TXT) == b"yes", "each gives its turn back, however it ends"


def test_the_process_is_given_nothing_but_the_file(monkeypatch):
    monkeypatch.setenv("MENTALSPACE_SECRET", "x")
    tells = (
        "import os; print('ready\\nchanged'); print(sorted({*os.environ} - {'LC_CTYPE'}), os.listdir('/proc/self/fd'))"
    )
    monkeypatch.setattr(confined, "PYTHON", [sys.executable, "-c", tells])
    environment, _, files = apart.content_to_keep(b"x", TXT).decode().partition("] ")
    assert environment == "['LC_ALL'"
    assert len(files.split(",")) == 4, "its three, and the folder it lists"


def test_it_may_use_little():
    code = (
        "import resource as r; from mentalspace.storage.confined import confine; confine(memory=2**30, cpu_seconds=30);"
        "print([r.getrlimit(x)[0] for x in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[1073741824, 30, 0, 0]"


def test_it_begins_without_django():
    large = "{'django', 'pikepdf', 'PIL'} & {*sys.modules}"
    code = f"import sys; import mentalspace.storage.inspection.__main__; print({large})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_streams_that_lie_in_each_other_are_not_unpacked_over_and_over(monkeypatch):
    begins = b"stream\n\x78\x01"  # each is followed by blocks that are kept as they are, the next beginning in one

    def block(content):
        return b"\0" + struct.pack("<HH", len(content), len(content) ^ 0xFFFF) + content

    monkeypatch.setattr("mentalspace.storage.inspection.pdf.MOST_UNPACKED", 10**12)
    assert not bursts(begins + 20 * block(bytes(9999)))
    assert bursts(begins + 50 * block(begins) + 20 * block(bytes(9999)))
