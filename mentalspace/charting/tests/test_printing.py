"""The printed note: what it says, that it always prints, and that it prints the same way twice."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mentalspace.charting.printing.document import (
    Letterhead,
    NoteDocument,
    PrintedAmendment,
    PrintedClient,
    PrintedPerson,
    PrintedSection,
    PrintedSession,
    PrintedSignature,
)
from mentalspace.charting.printing.pdf import TEMPLATE, note_pdf
from mentalspace.charting.printing.wording import content_of
from mentalspace.charting.rules import CodedDiagnosis
from mentalspace.core.printing.typesetting import ROOT, fonts
from mentalspace.core.printing.words import CONFIDENTIALITY, SPELLED_REMARK

START = datetime(2026, 3, 10, 19, 2, tzinfo=UTC)
ANA = PrintedPerson("Ana Díaz", "LCSW", "NY 084213")
SAM = PrintedPerson("Sam Whitfield", "PhD")
SIGNED = NoteDocument(
    title="Progress note",
    practice=Letterhead(
        "Riverside Counseling", ("418 Elm Street", "Kingston, NY 12401"), "(845) 555-0142", "1548273965"
    ),
    client=PrintedClient("Marguerite Okonkwo", date(1987, 6, 4), "10042"),
    session=PrintedSession(
        date(2026, 3, 10), START, START + timedelta(minutes=53), "Telehealth (client at home)", "90837"
    ),
    author=ANA,
    diagnoses=[CodedDiagnosis("F41.1", "Generalized anxiety disorder")],
    sections=[
        PrintedSection("Subjective", "Slept six hours.\n\nHomework: thought record."),
        PrintedSection("Plan", "Weekly sessions."),
    ],
    timezone="America/New_York",
    signature=PrintedSignature(START + timedelta(hours=1), "9f2a4c1db07e3351" + "0" * 48),
    amendments=[
        PrintedAmendment(SAM, START + timedelta(days=9), "Wrong score copied", "The score was 8."),
    ],
)
DRAFT = replace(SIGNED, signature=None, amendments=[])


def pages_of(document: NoteDocument) -> list[str]:
    reader = PdfReader(io.BytesIO(note_pdf(document)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(document: NoteDocument) -> str:
    return " ".join(pages_of(document))


def with_text(text: str) -> NoteDocument:
    return replace(SIGNED, sections=[PrintedSection("Plan", text)])


@pytest.mark.parametrize(
    "words",
    [
        "Riverside Counseling",
        "418 Elm Street Kingston, NY 12401 Phone (845) 555-0142 · NPI 1548273965",
        "Client Marguerite Okonkwo",
        "Date of birth June 4, 1987",
        "MRN 10042",
        "Clinician Ana Díaz, LCSW",
        "Date Tuesday, March 10, 2026",
        "Time 3:02 PM – 3:55 PM EDT (53 min)",
        "Location Telehealth (client at home)",
        "Service 90837",
        "F41.1 Generalized anxiety disorder",
        "Subjective Slept six hours. Homework: thought record.",
        "Plan Weekly sessions.",
        "Electronically signed by Ana Díaz, LCSW License NY 084213 March 10, 2026 at 4:02 PM EDT",
        "Content hash (SHA-256, first 16 digits): 9f2a 4c1d b07e 3351",
        "Electronically signed March 10, 2026; amended once, last on March 19, 2026.",
        "Amendment of March 19, 2026 at 3:02 PM EDT Sam Whitfield, PhD Reason: Wrong score copied The score was 8.",
    ],
)
def test_a_signed_note_says(words: str, signed_text: str) -> None:
    assert words in signed_text


@pytest.fixture(scope="module")
def signed_text() -> str:
    return text_of(SIGNED)


def test_a_signed_note_is_no_draft(signed_text: str) -> None:
    assert "raft" not in signed_text
    assert "DRAFT" not in signed_text


def test_a_draft_says_so_and_bears_no_signature() -> None:
    text = text_of(DRAFT)
    assert "DRAFT" in text
    assert "Draft: not signed" in text
    assert "lectronically signed" not in text
    assert "Content hash" not in text


def test_what_is_not_known_is_said() -> None:
    bare = replace(
        DRAFT,
        practice=Letterhead("Riverside Counseling"),
        client=PrintedClient("Marguerite Okonkwo", None, ""),
        session=PrintedSession(date(2026, 3, 10)),
        diagnoses=[],
        sections=[PrintedSection("Plan", " \n ")],
    )
    text = text_of(bare)
    assert text.count("Not recorded") == 5
    assert "None recorded." in text
    assert "Nothing recorded." in text


def test_every_page_names_client_and_page() -> None:
    pages = pages_of(with_text("\n\n".join(["A long session, written down in full."] * 700)))
    assert len(pages) >= 20
    for number, page in enumerate(pages, start=1):
        assert page.startswith(f"Marguerite Okonkwo · MRN 10042 · Progress note of March 10, 2026 Page {number} of")
        assert f"Page {number} of {len(pages)}" in page
        assert CONFIDENTIALITY in page


def test_times_are_the_practices() -> None:
    assert "12:02 PM – 12:55 PM PDT" in text_of(replace(SIGNED, timezone="America/Los_Angeles"))
    assert "12:47 AM – 1:40 AM UTC+0545" in text_of(replace(SIGNED, timezone="Asia/Kathmandu"))


NEW_YORK_SPRING = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # half an hour before the clocks change


@pytest.mark.parametrize(
    ("start", "stop", "printed"),
    [
        (START, None, "3:02 PM EDT, end not recorded"),
        (None, START, "Not recorded"),
        (NEW_YORK_SPRING, NEW_YORK_SPRING + timedelta(minutes=50), "1:30 AM EST – 3:20 AM EDT (50 min)"),
        (
            START + timedelta(hours=8, minutes=28),
            START + timedelta(hours=9, minutes=18),
            "11:30 PM – 12:20 AM EDT, March 11, 2026 (50 min)",
        ),
    ],
)
def test_odd_times(start: datetime | None, stop: datetime | None, printed: str) -> None:
    session = replace(SIGNED.session, actual_start=start, actual_stop=stop)
    assert f"Time {printed} " in text_of(replace(SIGNED, session=session))


def test_tagged_and_titled_for_screen_readers() -> None:
    reader = PdfReader(io.BytesIO(note_pdf(SIGNED)))
    root = reader.root_object
    assert root.get("/MarkInfo") == {"/Marked": True, "/Suspects": False}
    assert "/StructTreeRoot" in root
    assert root.get("/Lang") == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Progress note: Marguerite Okonkwo, March 10, 2026"
    assert reader.xmp_metadata is not None
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data().decode()


def test_the_same_document_is_the_same_bytes() -> None:
    assert note_pdf(SIGNED) == note_pdf(replace(SIGNED))


# --- No text ever fails to print --------------------------------------------------------------------------

HARD = [
    ("Nguyễn Żółć Ωμέγα Привет ½ ≥ → ✓ ☐ ℞", "Nguyễn Żółć Ωμέγα Привет ½ ≥ → ✓ ☐ ℞"),
    ("slept 🙂 better", "slept [slightly smiling face] better"),
    ("👨\u200d👩\u200d👧", "[man][woman][girl]"),
    ("heart ❤\ufe0f", "heart ❤"),
    ("你好", "[U+4F60][U+597D]"),
    ("नमस्ते", "[U+0928][U+092E][U+0938][U+094D][U+0924][U+0947]"),
    ("bell\x07 nul\x00", "bell[U+0007] nul[U+0000]"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("grapheme\u034fjoiner", "graphemejoiner"),
    ("a\u202eevil\u202cb", "aevilb"),
    ("lone \ud83d surrogate", "lone [U+D83D] surrogate"),
    ("private \ue000", "private [U+E000]"),
    ("#eval(1) *b* _i_ $x$ @ref <label> `c` \\n //", "#eval(1) *b* _i_ $x$ @ref <label> `c` \\n //"),
    ('"}] #{panic()}', '"}] #{panic()}'),
    ("one\r\ntwo\rthree\u2028four", "one two three four"),
]


@pytest.mark.parametrize(("typed", "printed"), HARD)
def test_hard_text(typed: str, printed: str) -> None:
    assert f"Plan {printed} Electronically" in text_of(with_text(typed))


@pytest.mark.parametrize("typed", ["السلام عليكم", "می\u200cخواهم", "שלום", "e\u0301 n\u0303 q\u0308\u0301", "\u0301"])
def test_other_scripts_and_marks_print(typed: str) -> None:
    assert "Electronically signed by" in text_of(with_text(typed))


def test_spelling_is_explained_only_where_it_happens(signed_text: str) -> None:
    assert SPELLED_REMARK in text_of(with_text("🙂"))
    assert SPELLED_REMARK not in signed_text


def test_names_without_spaces_stay_in_their_column() -> None:
    """A name of 60 widest letters is broken, not cut: every letter is on the page, right of its label."""
    text = text_of(replace(SIGNED, client=PrintedClient("W" * 60, None, "1" * 40), amendments=[]))
    block = text[text.index("Date of birth") - 90 : text.index("Date of birth")]
    assert block.replace("\u200b", "").count("W") == 60
    assert "W" * 19 not in block


def test_a_glyph_that_is_missing_would_be_refused() -> None:
    """The guard that makes the spelling necessary, and the tests above mean something."""
    content = content_of(with_text("你好"), str)
    with pytest.raises(typst.TypstError):
        typst.compile(
            TEMPLATE,
            root=ROOT,
            font_paths=fonts(),
            sys_inputs={"document": json.dumps(content)},
            pdf_standards=["ua-1"],
        )


def test_when_typst_refuses_the_plainest_form_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if our table of glyphs were wrong about a character."""
    monkeypatch.setattr("mentalspace.core.printing.typesetting.printable", str)
    assert "Plan caf[U+00E9]" in text_of(with_text("café 你"))


characters = st.integers(0, 0x10FFFF).map(chr) | st.sampled_from("aé\u0301\u0323\u0651\u0628\u05d0\u200d🙂\n\r\t ")


@given(st.text(characters, max_size=60), st.text(characters, max_size=300))
@settings(max_examples=25, deadline=None)
def test_any_text_prints(name: str, text: str) -> None:
    amendment = PrintedAmendment(PrintedPerson(name), START + timedelta(days=1), name, text)
    document = replace(with_text(text), client=PrintedClient(name, None, name), amendments=[amendment])
    assert note_pdf(document).startswith(b"%PDF-")
