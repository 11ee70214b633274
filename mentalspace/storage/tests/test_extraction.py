"""The words in files: of each kind, cut off where there are too many, and nothing at all of what is hostile."""

import sys
import zlib

import pytest
from pypdf import PageObject
from pypdf.errors import PdfReadError

from mentalspace.env import ROOT
from mentalspace.storage import confined, extraction
from mentalspace.storage.extraction import EMPTY, FAILED, READ, STOPPED, limits, words_of
from mentalspace.storage.extraction.pdf import pieces
from mentalspace.storage.extraction.tidying import tidied
from mentalspace.storage.inspection.naming import CSV, DOCX, PDF, TXT, XLSX
from mentalspace.storage.tests.files import office, office_of, pdf, word, written_pdf

HOSTILE = ROOT.parent / "shared" / "data" / "bad-inputs" / "upload"


def test_words_of_each_kind():
    assert words_of(written_pdf("Sleeps badly.", "Since the _spring_."), PDF) == extraction.Reading(
        READ, "Sleeps badly. Since the spring."
    )
    assert words_of(word("Dear Dr. Who,", "thank you & yours"), DOCX).text == "Dear Dr. Who, thank you & yours"
    shared = "<sst><si><t>PHQ-9</t></si><si><r><t>mod</t></r><r><t>erate</t></r></si></sst>"
    table = office_of("xl/workbook.xml", "<workbook/>", {"xl/sharedStrings.xml": shared})
    assert words_of(table, XLSX).text == "PHQ-9 moderate"
    assert words_of("Zoë,\r\n\tcalled".encode(), TXT).text == "Zoë, called"
    assert words_of(b"a,b\n1,2", CSV).text == "a,b 1,2"


def test_what_holds_no_words_says_so():
    assert words_of(pdf(), PDF).outcome == EMPTY
    assert words_of(office(), DOCX).outcome == EMPTY
    assert words_of(b" \n\t", TXT).outcome == EMPTY


def test_there_is_an_end_to_it():
    text = words_of(b"word " * 200_000, TXT).text
    assert 0 < len(text.encode()) <= limits.MOST_BYTES
    many = word(*["word " * 100] * 4_000)
    assert 0 < len(words_of(many, DOCX).text.encode()) <= limits.MOST_BYTES


def test_a_word_is_not_cut_in_two_where_a_part_is_read_in_two():
    found = words_of(word(*["indivisible"] * 9_000), DOCX).text
    assert set(found.split()) == {"indivisible"}


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]><w:document xmlns:w="w"><w:t>&a;</w:t></w:document>',
        "<w:document><w:t>never ends",
        "not even XML",
    ],
)
def test_xml_that_is_not_as_it_should_be_is_not_read(xml):
    assert words_of(office_of("word/document.xml", xml), DOCX).outcome == FAILED


def test_what_takes_too_long_or_unpacks_too_far_is_ended():
    assert words_of(b"x", TXT, seconds=0.001).outcome == STOPPED
    burst = zlib.compress(bytes(200 * 1024 * 1024), 1)
    page = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        + (
            b"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj<</Filter/FlateDecode/Length %d>>stream\n"
            % len(burst)
        )
    )
    assert words_of(page + burst + b"\nendstream endobj trailer<</Root 1 0 R>>%%EOF", PDF).outcome in (EMPTY, FAILED)


@pytest.mark.parametrize(
    ("command", "outcome"),
    [
        ([sys.executable, "-c", f"raise SystemExit({limits.UNREADABLE})"], FAILED),
        ([sys.executable, "-c", "raise SystemExit(1)"], STOPPED),
        ([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"], STOPPED),
        (["/nowhere"], STOPPED),
    ],
)
def test_only_the_reader_says_that_it_cannot_read(monkeypatch, command, outcome):
    monkeypatch.setattr(confined, "PYTHON", command)
    assert words_of(b"x", TXT) == extraction.Reading(outcome)


def test_what_grows_when_it_is_tidied_is_cut_again():
    assert len(tidied("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}").encode()) > 30
    text = words_of("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}".encode() * 90_000, TXT).text
    assert 0 < len(text.encode()) <= limits.MOST_BYTES


def test_a_page_that_cannot_be_read_is_left_out(monkeypatch):
    read, pages = PageObject.extract_text, []

    def stumbles(page):
        pages.append(page)
        if len(pages) == 1:
            raise PdfReadError
        return read(page)

    monkeypatch.setattr(PageObject, "extract_text", stumbles)
    assert [said.strip() for said in pieces(written_pdf("one", "two"))] == ["two"]


def test_the_reader_is_told_nothing_of_the_installation(monkeypatch, tmp_path):
    """Its environment holds no setting and no secret, and it can write no file."""
    spy = tmp_path / "python"
    spy.write_text("#!/bin/sh\nenv\n")
    spy.chmod(0o700)
    monkeypatch.setattr(confined, "PYTHON", [str(spy)])
    told = words_of(b"", TXT).text
    assert "LC_ALL=C.UTF-8" in told
    assert "MENTALSPACE" not in told


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the folder of hostile files is not here")
def test_hostile_files_break_nothing():
    for path in sorted(HOSTILE.iterdir()):
        content = path.read_bytes()
        for kind in sorted(extraction.READABLE):
            if kind not in (TXT, CSV):
                assert words_of(content, kind).outcome in (READ, EMPTY, FAILED), path.name


def test_text_is_tidied():
    assert tidied("a\0b\u202ec\ud800 \n\n ﬁle fo\u00adcus") == "a b c file focus"
