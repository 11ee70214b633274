"""Documents are found by the words in them, by those who may read them, and shown where."""

from uuid import UUID, uuid4

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import CareTeamMember
from mentalspace.core import clock
from mentalspace.documents import reading, searching
from mentalspace.documents.models import DocumentText
from mentalspace.practices.system import system_actor
from mentalspace.storage.extraction import READ, STOPPED, Reading
from mentalspace.storage.tests.files import pdf, picture, upload, word, written_pdf
from tests.cast import CLEO, HERE, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
PATH = f"/clients/{CLEO}/documents"
OURS = system_actor(HERE)


@pytest.fixture
def letters(http):
    """Three of Cleo's: a PDF, a letter in Word, and a picture; their words are read."""
    ana = http("ana")
    upload(ana, PATH, written_pdf("Cannot *sleep* since the spring. Was afraid of crowds < 5 & more."), "Intake.pdf")
    upload(ana, PATH, word("Sleeping better after eight sessions.", "Dr. Núñez"), "Letter.docx")
    upload(ana, PATH, picture(), "Card.png")
    assert reading.catch_up(OURS) == 2
    return ana


def found(browser, q):
    return [item["title"] for item in browser.read(f"{PATH}?q={q}")["items"]]


def test_found_by_what_it_says_and_shown_where(letters, http):
    items = letters.read(f"{PATH}?q=crowds")["items"]
    assert [(item["title"], item["words"]) for item in items] == [("Intake", "found")]
    pieces = items[0]["found"]
    assert [piece["text"] for piece in pieces if piece["is_hit"]] == ["crowds"]
    assert "".join(piece["text"] for piece in pieces).endswith("afraid of crowds < 5 & more")
    assert http("otto").call("get", f"{PATH}?q=crowds").status_code == 404


@pytest.mark.parametrize(
    ("q", "titles"),
    [
        ("sleep", ["Letter", "Intake"]),
        ("slee", ["Letter", "Intake"]),
        ("sleepi", ["Letter"]),  # how a word begins as it is written: its stem, "sleep", does not begin so
        ("sleeps", ["Letter", "Intake"]),  # another form of it
        ("sleepi better", ["Letter"]),
        ("sleep spring", ["Intake"]),
        ("letter sleep", ["Letter"]),  # one in the name, one in the text
        ("the spring", ["Intake"]),  # "the" is no word to look for
        ("letter nowhere", []),
        ("Núñez", ["Letter"]),
        ("card", ["Card"]),
        ("%27 | !()&:*", []),
        ("' or 1=1 --", []),
        ("<b>", ["Letter"]),  # a word that begins with b
        ("\\", []),
    ],
)
def test_what_finds_what(letters, q, titles):
    assert found(letters, q) == titles


def test_what_is_typed_so_far_is_shown_too(letters, http):
    (item,) = letters.read(f"{PATH}?q=sessio")["items"]
    assert [piece["text"] for piece in item["found"] if piece["is_hit"]] == ["sessions"]
    assert http("otto").call("get", f"{PATH}?q=sessio").status_code == 404


def test_who_was_stopped_is_tried_again_and_not_for_ever(http, monkeypatch):
    upload(http("ana"), PATH, b"crowds", "a.txt")
    monkeypatch.setattr(reading, "words_of", lambda *_: Reading(STOPPED))
    for _ in range(reading.MOST_TRIES - 1):
        assert reading.catch_up(OURS) == 1
        assert [item["words"] for item in http("ana").read(PATH)["items"]] == ["waiting"]
    with monkeypatch.context() as well, acting_as(OURS):
        well.setattr(reading, "words_of", lambda *_: Reading(READ, "crowds"))
        with transaction.atomic():
            assert reading.catch_up(OURS) == 1
            assert found(http("ana"), "crowds") == ["a"], "it may be read yet"
            transaction.set_rollback(True)
    assert reading.catch_up(OURS) == 1
    assert [item["words"] for item in http("ana").read(PATH)["items"]] == ["none"]
    assert reading.catch_up(OURS) == 0
    assert http("otto").call("get", PATH).status_code == 404


def test_words_that_the_database_refuses_do_not_keep_others_from_being_read(http, monkeypatch):
    upload(http("ana"), PATH, b"older", "old.txt")
    upload(http("ana"), PATH, b"newer", "new.txt")
    monkeypatch.setattr(reading, "words_of", lambda content, _: Reading(READ, "\0" if content == b"newer" else "older"))
    assert reading.catch_up(OURS) == 2
    assert found(http("ana"), "older") == ["old"]
    assert {item["title"]: item["words"] for item in http("ana").read(PATH)["items"]} == {"old": "found", "new": "none"}
    assert reading.catch_up(OURS) == 0
    assert http("otto").call("get", PATH).status_code == 404


def test_only_readers_of_the_document_find_it(letters, http):
    assert found(http("fay"), "crowds") == ["Intake"]
    with acting_as(actor("ana")):
        assert DocumentText.objects.count() == 2
    with acting_as(actor("ada")):
        CareTeamMember.objects.filter(client_id=CLEO).update(end_date=clock.now().date())
    with acting_as(actor("ana")):
        assert not DocumentText.objects.exists()
    for name in ("ash", "otto"):
        with acting_as(actor(name)):
            assert not DocumentText.objects.filter(content__contains="crowds")
    assert refused(http("otto").call("get", f"{PATH}?q=sleep"), 404)


def test_what_holds_no_words_says_so_and_what_waits_too(letters, http):
    upload(letters, PATH, pdf(), "Scan.pdf")
    upload(letters, PATH, b"later", "New.txt")
    words = {item["title"]: item["words"] for item in letters.read(PATH)["items"]}
    assert words == {"New": "waiting", "Scan": "waiting", "Card": "none", "Letter": "found", "Intake": "found"}
    assert reading.catch_up(OURS) == 2
    words = {item["title"]: item["words"] for item in letters.read(PATH)["items"]}
    assert (words["New"], words["Scan"]) == ("found", "none")
    assert reading.catch_up(OURS) == 0, "once is enough"
    assert http("otto").call("get", PATH).status_code == 404


def test_a_new_version_is_found_by_its_own_words(letters, http):
    first = letters.read(f"{PATH}?q=crowds")["items"][0]
    upload(letters, f"/documents/{first['id']}/versions", written_pdf("Nothing of that."), "Intake.pdf")
    reading.catch_up(OURS)
    assert found(letters, "crowds") == []
    assert found(letters, "nothing") == ["Intake"]
    assert http("otto").call("get", PATH).status_code == 404


def test_a_job_that_runs_twice_or_finds_nothing_does_no_harm(letters):
    document = letters.read(f"{PATH}?q=crowds")["items"][0]
    reading.read_words(OURS, UUID(document["id"]))
    reading.read_words(OURS, uuid4())
    with acting_as(OURS):
        assert DocumentText.objects.filter(document_id=document["id"]).count() == 1


def test_pieces():
    marked = "a \x02b\x03 c\x02d\x03"
    assert [(each["text"], each["is_hit"]) for each in searching.pieces(marked)] == [
        ("a ", False),
        ("b", True),
        (" c", False),
        ("d", True),
    ]
    assert searching.pieces("") == []
