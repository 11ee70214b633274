"""Files in pieces: gone on with after a cut, taken once, their owner's alone, gone after a day."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.practices.system import system_actor
from mentalspace.storage import jobs, uploads
from mentalspace.storage.keeping import content_of
from mentalspace.storage.models import StoredObject, Upload, UploadPiece
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, HERE, NOW, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
PATH = f"/clients/{CLEO}/documents"
TEXT = b"Slept well. " * 100_000
LONG = len(TEXT)


@pytest.fixture
def ana(http):
    return http("ana")


def begun(browser, size=LONG, name="Diary.txt", bucket="client-documents"):
    answer = browser.call("post", "/uploads", {"bucket": bucket, "file_name": name, "size": size})
    assert answer.status_code == 201, answer.content
    return answer.json()


def piece(browser, coming, begins, content):
    path = f"/api/uploads/{coming['id']}?begins={begins}"
    return browser.patch(path, content, content_type="application/octet-stream")


def sent(browser, content=TEXT, **more):
    coming = begun(browser, size=len(content), **more)
    for begins in range(0, len(content), coming["piece_bytes"]):
        answer = piece(browser, coming, begins, content[begins : begins + coming["piece_bytes"]])
        assert answer.status_code == 200, answer.content
    return coming["id"]


def test_a_file_in_pieces_becomes_a_document(ana, http):
    coming = sent(ana)
    document = ana.post(f"/api{PATH}", {"upload": coming, "category": "treatment"}).json()
    assert (document["title"], document["category"], document["file_size_bytes"]) == ("Diary", "treatment", len(TEXT))
    with acting_as(actor("ana")):
        assert content_of(StoredObject.objects.get()) == TEXT
        assert not UploadPiece.objects.exists()
    assert refused(http("otto").post(f"/api{PATH}", {"upload": coming}), 404)


def test_after_a_cut_it_goes_on_where_it_is(ana, http):
    coming, at = begun(ana), uploads.PIECE
    assert piece(ana, coming, 0, TEXT[:at]).json()["received"] == at
    again = piece(ana, coming, 0, TEXT[:at])  # the answer to the first was lost
    assert refused(again, 409, "not_the_next_piece")
    assert again.json()["data"] == {"received": at}
    assert refused(piece(ana, coming, at + 1, b"x"), 409, "not_the_next_piece")
    assert ana.read(f"/uploads/{coming['id']}")["received"] == at
    assert refused(ana.post(f"/api{PATH}", {"upload": coming["id"]}), 409, "upload_not_whole")
    for begins in (at, 2 * at):
        piece(ana, coming, begins, TEXT[begins : begins + at])
    assert ana.post(f"/api{PATH}", {"upload": coming["id"]}).status_code == 201
    assert refused(http("otto").call("get", f"/uploads/{coming['id']}"), 404)


def test_asking_again_makes_no_second_document(ana, http):
    coming = sent(ana)
    first, second = (ana.post(f"/api{PATH}", {"upload": coming}).json()["id"] for _ in range(2))
    assert first == second
    assert len(ana.read(PATH)["items"]) == 1
    assert refused(piece(ana, {"id": coming}, 0, b"x"), 409, "not_the_next_piece")
    assert refused(http("otto").post(f"/api{PATH}", {"upload": coming}), 404)


def test_a_new_version_and_a_paper_of_the_library(ana, http):
    first = upload(ana, PATH, pdf(), "a.pdf").json()
    later = ana.post(f"/api/documents/{first['id']}/versions", {"upload": sent(ana, pdf("2"), name="a.pdf")}).json()
    assert later["version_number"] == 2
    ada = http("ada")
    paper = ada.post("/api/library", {"upload": sent(ada, pdf("3"), name="p.pdf", bucket="document-library")}).json()
    path = f"/api/library/{paper['id']}/versions"
    newer = ada.post(path, {"upload": sent(ada, pdf("4"), name="p.pdf", bucket="document-library")}).json()
    assert (paper["title"], newer["version_number"]) == ("p", 2)
    elsewhere = sent(ada, pdf("5"), name="p.pdf", bucket="document-library")
    assert refused(ada.post(f"/api{PATH}", {"upload": elsewhere}), 422, "file_refused")
    assert refused(http("otto").post(path, {"upload": elsewhere}), 404)


def test_the_same_checks_at_the_end(ana, http):
    program = sent(ana, b"MZ" * 50, name="a.pdf")
    answer = ana.post(f"/api{PATH}", {"upload": program})
    assert refused(answer, 422, "file_refused")
    assert "not a PDF" in answer.json()["detail"]
    assert ana.read(PATH)["items"] == []
    assert ana.call("delete", f"/uploads/{program}").status_code == 204
    assert refused(ana.call("get", f"/uploads/{program}"), 404)
    assert refused(http("otto").call("delete", f"/uploads/{program}"), 404)


@pytest.mark.parametrize(
    ("body", "says"),
    [({"size": 21 * 1024 * 1024}, "too large"), ({"file_name": "a.exe"}, "not taken here")],
)
def test_what_could_not_be_taken_is_refused_before_it_is_sent(ana, http, body, says):
    asked = {"bucket": "client-documents", "file_name": "a.pdf", "size": 10} | body
    answer = ana.call("post", "/uploads", asked)
    assert refused(answer, 422, "file_refused")
    assert says in answer.json()["detail"]
    assert refused(ana.call("post", "/uploads", asked | {"size": 0}), 422, "malformed")
    assert refused(http("bea").call("post", "/uploads", asked), 403, "not_allowed")
    assert refused(http("sam").call("post", "/uploads", asked), 403, "not_allowed")
    assert refused(ana.call("post", "/uploads", asked | {"bucket": "document-library"}), 403, "not_allowed")
    assert refused(http("otto").call("post", "/uploads", asked), 422, "file_refused")


def test_a_piece_is_neither_empty_nor_too_long_nor_beyond_the_end(ana, http):
    coming = begun(ana, size=10)
    for content in (b"", b"x" * 11, b"x" * (uploads.PIECE + 1)):
        assert refused(piece(ana, coming, 0, content), 422, "file_refused")
    assert refused(piece(http("otto"), coming, 0, b"x"), 404)


def test_it_is_its_owners_alone(ana, http):
    coming = begun(ana)
    for name in ("ada", "fay", "mia", "otto"):
        assert refused(http(name).call("get", f"/uploads/{coming['id']}"), 404)
        assert refused(piece(http(name), coming, 0, b"x"), 404)
    assert refused(http("mia").post(f"/api{PATH}", {"upload": coming["id"]}), 404)


def test_pieces_are_sealed_and_bound_to_their_place(ana, http):
    coming = begun(ana, size=2 * uploads.PIECE)
    for number, letter in enumerate((b"a", b"b")):
        piece(ana, coming, number * uploads.PIECE, letter * uploads.PIECE)
    with acting_as(actor("ana")):
        first, second = UploadPiece.objects.order_by("begins")
        assert b"aaaa" not in bytes(first.sealed)
        UploadPiece.objects.filter(pk=second.pk).delete()
        UploadPiece.objects.filter(pk=first.pk).delete()
        first.begins, second.begins = second.begins, first.begins
        for row in (first, second):
            row.save(force_insert=True)
    assert refused(ana.post(f"/api{PATH}", {"upload": coming["id"]}), 409, "file_missing")
    assert http("otto").call("get", f"/uploads/{coming['id']}").status_code == 404


def test_after_a_day_it_is_gone(ana, http):
    with clock.frozen(NOW):
        coming = begun(ana)
        piece(ana, coming, 0, TEXT[: uploads.PIECE])
        jobs.forget_uploads(system_actor(HERE))
        assert ana.read(f"/uploads/{coming['id']}")["received"] == uploads.PIECE
    with clock.frozen(NOW + timedelta(hours=24)):
        assert refused(piece(ana, coming, uploads.PIECE, b"x"), 409, "upload_over")
        assert refused(ana.post(f"/api{PATH}", {"upload": coming["id"]}), 409, "upload_over")
        jobs.forget_uploads(system_actor(HERE))
    with acting_as(system_actor(HERE)):
        assert not Upload.objects.filter(pk=UUID(coming["id"])).exists()
        assert not UploadPiece.objects.exists()
    assert http("otto").call("get", f"/uploads/{coming['id']}").status_code == 404


def test_what_was_left_behind_makes_room(ana, http):
    """Nobody has many on their way, and nobody is kept from sending by what they never see."""
    of_fay = begun(http("fay"))
    all_of_them = [begun(ana) for _ in range(uploads.MOST_ON_THEIR_WAY)]
    piece(ana, all_of_them[0], 0, TEXT[: uploads.PIECE])
    assert ana.read(f"/uploads/{all_of_them[0]['id']}")["received"] == uploads.PIECE
    begun(ana)
    assert refused(ana.call("get", f"/uploads/{all_of_them[0]['id']}"), 404)
    assert ana.read(f"/uploads/{all_of_them[1]['id']}"), "the oldest goes first, and only as many as must"
    large = [begun(ana, size=20 * 1024 * 1024) for _ in range(16)]
    assert refused(ana.call("get", f"/uploads/{large[0]['id']}"), 404)
    assert ana.read(f"/uploads/{large[1]['id']}"), "300 MB in all"
    assert http("fay").read(f"/uploads/{of_fay['id']}")
    assert refused(http("otto").call("get", f"/uploads/{large[1]['id']}"), 404)


def test_beginning_again_goes_on_with_the_same(ana, http):
    asked = {"id": str(uuid4()), "bucket": "client-documents", "file_name": "a.txt", "size": LONG}
    coming = ana.call("post", "/uploads", asked).json()
    assert coming["id"] == asked["id"]
    piece(ana, coming, 0, TEXT[: uploads.PIECE])
    assert ana.call("post", "/uploads", asked).json()["received"] == uploads.PIECE
    assert refused(ana.call("post", "/uploads", asked | {"size": 1}), 422, "bad_input")
    with acting_as(actor("ana")):
        assert Upload.objects.count() == 1
    for name in ("fay", "otto"):
        assert refused(http(name).call("post", "/uploads", asked), 404)


def test_what_was_added_cannot_be_stopped_and_says_what_it_became(ana, http):
    coming = sent(ana)
    document = ana.post(f"/api{PATH}", {"upload": coming}).json()
    answer = ana.call("delete", f"/uploads/{coming}")
    assert refused(answer, 409, "was_added")
    assert answer.json()["data"] == {"result": document["id"]}
    assert len(ana.read(PATH)["items"]) == 1
    assert refused(http("otto").call("delete", f"/uploads/{coming}"), 404)
