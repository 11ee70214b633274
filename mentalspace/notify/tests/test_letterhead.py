"""Mails as HTML: the words of the text, escaped, and nothing that is fetched; colours that words can be read on."""

import re
from unittest.mock import Mock
from uuid import UUID

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from mentalspace.access.actor import acting_as
from mentalspace.notify import colors, delivery, stationery
from mentalspace.notify.letterhead import Block, Letterhead, Picture, Run, blocks, page, picture_of_page
from mentalspace.notify.stationery import picture_of
from tests.cast import actor
from tests.mail import delivered

from .test_outbox import letterhead, tell

HOME = "https://here.example"
HEAD = Letterhead("Here & <there>")
LOGO = Picture(UUID(int=1), b"\x89PNG", "image/png", 400, 100)


def made(text, head=HEAD, **more):
    return page(text, subject="About <you>", head=head, home=HOME, **more)


def words(html):
    body = html.partition("<body")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One\ntwo\n\nthree\n", [("One", "two"), ("three",)]),
        (f"Set it up:\n\n{HOME}/a/b?c=d\n", [("Set it up:",), ("Open", f"{HOME}/a/b?c=d")]),
        (f"Hi\nTo come:\n{HOME}/a\nOr:\n{HOME}/b", [("Hi",), ("To come", f"{HOME}/a"), ("Or", f"{HOME}/b")]),
        ("https://elsewhere.example/x", [("https://elsewhere.example/x",)]),
        (f"{HOME}.evil.example/x", [(f"{HOME}.evil.example/x",)]),
        (f"{HOME}/x and more", [(f"{HOME}/x and more",)]),
        ("\n\n \n", []),
    ],
)  # fmt: skip
def test_a_text_is_paragraphs_and_buttons_in_its_own_order(text, found):
    def plain(block: Block) -> tuple[str, ...]:
        lines = tuple("".join(run.text for run in line) for line in block.lines)
        return (block.label, block.address) if block.address else lines

    assert [plain(block) for block in blocks(text, HOME)] == found


def test_an_address_in_a_sentence_shows_itself_without_its_full_stop():
    (block,) = blocks("See https://elsewhere.example/x?y=1. Then.", HOME)
    assert block.lines[0][1] == Run("https://elsewhere.example/x?y=1", "https://elsewhere.example/x?y=1")
    assert "".join(run.text for run in block.lines[0]) == "See https://elsewhere.example/x?y=1. Then."


def test_no_value_becomes_html():
    html = made('Hello <script>alert(1)</script> & "you"\n\nhttps://x.example/"onclick="x\n\n-- \n<img src=x>')
    for mark in ("<script", "<img src=x", 'onclick="x'):
        assert mark not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;you&quot;" in html
    assert "Here &amp; &lt;there&gt;" in html
    assert "<title>About &lt;you&gt;</title>" in html


def test_nothing_is_fetched_and_nothing_runs():
    html = made(f"Hello\n\n{HOME}/a\n\n-- \nElm Street", Letterhead("Here", "#2f5d8a", LOGO))
    assert re.findall(r'(?:src|href|background)="([^"]*)"', html) == [f"cid:{LOGO.cid}", f"{HOME}/a"]
    assert not re.search(r"<(script|link|iframe|form|object|svg)|url\(|@import", html)
    assert 'width="200"' in html


def test_the_same_words_and_the_footer_below_them():
    said = words(made(f"Hello Ana,\n\nTo look:\n{HOME}/a\n\n-- \nElm Street\nTroy"))
    assert said.split("Here &amp; &lt;there&gt; ")[1].split() == f"Hello Ana, To look {HOME}/a Elm Street Troy".split()


def test_looked_at_it_leads_nowhere_and_is_light_or_dark_by_itself():
    light, dark = (
        picture_of_page(f"{HOME}/a", subject="x", head=Letterhead("Here", "#2f5d8a", LOGO), home=HOME, is_dark=is_dark)
        for is_dark in (False, True)
    )
    for html in (light, dark):
        assert "href" not in html
        assert "data:image/png;base64," in html
        assert "prefers-color-scheme" not in html
    assert "<style>" not in light
    assert "#202426" in dark
    assert "prefers-color-scheme: dark" in made("x")


@given(st.text())
def test_whatever_the_text_is_it_stays_text(text):
    html = made(text)
    tags = {tag.lower() for tag in re.findall(r"</?([a-zA-Z!][\w]*)", html)}
    assert tags <= {
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "tr",
        "td",
        "div",
        "p",
        "br",
        "a",
    }


# --- Colours ---------------------------------------------------------------------------------


def test_contrast_is_as_the_guidelines_have_it():
    assert colors.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colors.contrast("#ffffff", "#ffffff") == 1
    assert colors.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WebAIM's well-known grey
    assert colors.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("wrong", ["", "red", "#fff", "#2F5D8A", "2f5d8a", "#2f5d8a\n", "#2f5d8g"])
def test_what_is_no_color_is_refused(wrong):
    assert "six digits" in (colors.problem(wrong) or "")


@given(st.integers(0, 0xFFFFFF))
def test_a_color_is_taken_or_a_darker_one_named_that_is(number):
    color = f"#{number:06x}"
    problem = colors.problem(color)
    assert (problem is None) == (colors.contrast(color, "#ffffff") >= colors.LEAST)
    assert colors.problem(colors.dark_enough(color)) is None


# --- On their way ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_logo_is_read_once_for_a_batch_and_settings_with_each_mail(monkeypatch):
    logo = letterhead()
    with acting_as(actor("ana")):
        for _ in range(5):
            tell()
    read = Mock(wraps=picture_of)
    monkeypatch.setattr(stationery, "picture_of", read)
    letters = delivered("ana@example.org")
    assert (len(letters), read.call_count) == (5, 1)
    for letter in letters:
        assert isinstance(letter, EmailMultiAlternatives)
        assert letter.body == "Hello Ana of Here.\n"
        assert "#2f5d8a" in str(letter.alternatives[0][0])
        assert f"Content-ID: <logo-{logo.pk.hex}@inline>" in letter.message().as_string()


@pytest.mark.django_db
def test_a_text_message_has_no_look(monkeypatch):
    made = []
    monkeypatch.setattr(delivery, "page", lambda *a, **k: made.append(1))
    with acting_as(actor("ana")):
        tell(email="", phone="+15185550100")
    delivered()
    assert made == []
