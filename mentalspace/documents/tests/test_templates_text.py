"""The signs of a template's text, and what is filled in being text whatever it looks like."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mentalspace.documents.templates.filling import filled, with_examples
from mentalspace.documents.templates.pdf import document_pdf
from mentalspace.documents.templates.text import MOST_FIELDS, Piece, blocks, label_of, problems, slots
from mentalspace.practices.models import Practice

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
HERE = Practice(name="Riverside Counseling", street="418 Elm Street", city="Kingston", state="NY", phone="845 555-0142")

BODY = """# Consent

## Fees
I, **{client_name}**, agree to
{field: Fee per session }.

- No show: {field:Fee per session}
- {date}"""


def printed(body: str, told: dict[str, str] | None = None, answers: dict[str, str] | None = None) -> str:
    content = document_pdf("Consent", filled(body, told or {}, answers or {}), HERE, at=AT)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_a_text_is_headings_items_and_paragraphs():
    assert [(block.kind, len(block.lines)) for block in blocks(BODY)] == [
        ("heading", 1),
        ("subheading", 1),
        ("paragraph", 2),
        ("item", 1),
        ("item", 1),
    ]
    assert blocks(BODY)[2].lines[0] == [Piece("I, "), Piece(slot="client_name", is_bold=True), Piece(", agree to")]
    assert slots(BODY) == ["client_name", "field:Fee per session", "date"]
    assert (label_of("field:Fee per session"), label_of("date")) == ("Fee per session", "Date")
    assert problems(BODY) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("One\n{clent_name}", "Line 2: {clent_name} is not a variable. Did you mean {client_name}?"),
        ("{shoe size}", "Line 1: {shoe size} is not a variable. For something to be asked for, write {field:Label}."),
        ("{field: }", "Line 1: a field needs a label, like {field:Fee per session}."),
        ("{}", "Line 1: {} is not a variable. For something to be asked for, write {field:Label}."),
        ("{field:" + "x" * 81 + "}", "Line 1: the label of a field has at most 80 letters."),
        ("a { b", "Line 1: a brace stands alone. Variables stand between two, like {client_name}."),
        ("{{date}}", "Line 1: a brace stands alone. Variables stand between two, like {client_name}."),
        ("{client_name", "Line 1: a brace stands alone. Variables stand between two, like {client_name}."),
        (
            " ".join(f"{{field:{number}}}" for number in range(MOST_FIELDS + 1)),
            "At most 20 fields of its own; these are 21.",
        ),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_line(body, problem):
    assert problems(body) == [problem]


def test_what_the_record_tells_is_not_overridden_and_what_it_does_not_is_asked():
    one = filled(
        BODY, {"client_name": "Cleo Client"}, {"client_name": "Somebody Else", "field:Fee per session": " $150 "}
    )
    assert one.asked == ["field:Fee per session", "date"]
    assert one.values == {"client_name": "Cleo Client", "field:Fee per session": "$150", "date": ""}
    assert [run["text"] for run in one.runs()[2]["lines"][0]] == ["I, ", "Cleo Client", ", agree to"]


def test_what_is_filled_in_stays_text():
    """Signs of ours, of Typst and of PDF in a name are printed as they are; a line end stays inside the paragraph."""
    name = "# {date} **x** #eval(1) \\ $x$ _y_ <script>"
    text = printed("Dear {client_name}!\n\n{field:Why}", {"client_name": name}, {"field:Why": "- first\n# second"})
    assert f"Dear {name}!" in text
    assert "- first # second" in text


def test_it_prints_in_every_part_with_letterhead_and_page():
    text = printed(BODY, {"client_name": "Cleo Client", "date": "March 2, 2026"}, {"field:Fee per session": "$150"})
    for words in (
        "Riverside Counseling",
        "418 Elm Street",
        "Kingston, NY",
        "Phone 845 555-0142",
        "Page 1 of 1",
        "Fees",
    ):
        assert words in text
    assert "I, Cleo Client, agree to $150." in text


def test_a_character_that_no_font_has_is_spelled_and_said_to_be():
    text = printed("Dear {client_name}", {"client_name": "你 🙂"})
    assert "[U+4F60] [slightly smiling face]" in text
    assert "given in brackets" in text
    assert "given in brackets" not in printed("Dear Zoë")


def test_examples_fill_every_place():
    assert not any(
        run["slot"] and not run["text"]
        for block in with_examples(BODY).runs()
        for line in block["lines"]
        for run in line
    )


def test_a_smaller_heading_may_come_first_and_an_empty_one_is_none():
    """PDF/UA refuses a level that is left out, and headings and titles with nothing to be seen."""
    assert "Rules" in printed("## Rules\n\n# Fees\n## When")
    assert document_pdf("\u200b", filled("# {date}\n## \u200d", {"date": "\u0301"}, {}), HERE, at=AT).startswith(
        b"%PDF-"
    )


pieces = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "**",
        "{date}",
        "{field:x}",
        "\n",
        "\n\n",
        " ",
        "a",
        "é",
        "你",
        "*",
        "#",
        "\t",
        "\u0301",
        "\u200b",
        "\u200d",
        "\ufe0f",
    ]
)


@given(st.lists(pieces, max_size=30).map("".join), st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_text_prints(body, value):
    assert problems(body) == []
    assert document_pdf(value, filled(body, {"date": value}, {"field:x": value}), HERE, at=AT).startswith(b"%PDF-")
