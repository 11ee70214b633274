"""A chart's documents, from the browser to the disk and back."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.clients.models import CareTeamMember
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.storage.models import StoredObject
from mentalspace.storage.tests.files import office, pdf, picture, upload
from tests.access.world_documents import document as document_row
from tests.access.world_documents import stored
from tests.cast import CLEO, ID, NOOR, NOW, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
PATH = f"/clients/{CLEO}/documents"


@pytest.fixture
def document(http):
    """A PDF of Cleo's that Ana brought."""
    answer = upload(http("ana"), PATH, pdf(), "Intake form.pdf", category="intake")
    assert answer.status_code == 201, answer.content
    return answer.json()


def link(browser, document, *, show=False):
    answer = browser.call("post", f"/documents/{document['id']}/link", {"show": show})
    assert answer.status_code == 200, answer.content
    return answer.json()["url"]


def test_a_document_is_added_listed_and_read(http, document):
    ana = http("ana")
    assert (document["title"], document["category"], document["status"]) == ("Intake form", "intake", "active")
    assert (document["mime_type"], document["uploaded_by"], document["state"]) == (
        "application/pdf",
        "Ana Cast",
        "kept",
    )
    listed = ana.read(PATH)
    assert [item["id"] for item in listed["items"]] == [document["id"]]
    assert listed["uploading"] == {
        "most_bytes": 20 * 1024 * 1024,
        "endings": [".pdf", ".jpg", ".jpeg", ".png", ".webp", ".txt", ".csv", ".docx", ".xlsx"],
        "has_scanner": False,
    }
    answer = ana.get(link(ana, document))
    assert (answer.status_code, answer.content) == (200, pdf_of(document))
    assert answer["Content-Disposition"].startswith('attachment; filename="Intake form.pdf"')
    assert http("otto").call("get", PATH).status_code == 404
    assert refused(upload(http("otto"), PATH, pdf(), "x.pdf"), 404)


def pdf_of(document):
    from mentalspace.storage.keeping import content_of

    with acting_as(actor("ana")):
        return content_of(StoredObject.objects.get(name=ClientDocument.objects.get(pk=document["id"]).file_path))


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 201), ("ada", 201), ("mia", 201), ("fay", 201), ("ash", 404), ("sam", 404), ("bea", 403), ("otto", 404)],
)
def test_who_adds_to_cleos_chart(http, who, status):
    assert upload(http(who), PATH, pdf(), "a.pdf").status_code == status


def test_a_supervisor_reads_and_adds_nothing(http):
    noors = upload(http("ash"), f"/clients/{NOOR}/documents", pdf(), "a.pdf").json()
    sam = http("sam")
    assert sam.get(link(sam, noors)).status_code == 200
    assert refused(upload(sam, f"/clients/{NOOR}/documents", pdf(), "b.pdf"), 403, "not_allowed")
    assert refused(sam.call("put", f"/documents/{noors['id']}/archive"), 403, "not_allowed")
    assert refused(http("otto").call("put", f"/documents/{noors['id']}/archive"), 404)


def test_what_is_shown_in_the_page_can_run_nothing(http, document):
    ana = http("ana")
    answer = ana.get(link(ana, document, show=True))
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'"), "a viewer may stay empty in a sandbox"
    assert ana.get(link(ana, document))["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "SAMEORIGIN")
    assert answer["Cache-Control"] == "no-store"
    word = upload(ana, PATH, office(), "letter.docx").json()
    assert not word["is_shown"]
    assert ana.get(link(ana, word, show=True))["Content-Disposition"].startswith("attachment")
    page = upload(ana, PATH, b"<script>alert(1)</script>", "page.txt").json()
    shown = ana.get(link(ana, page, show=True))
    assert shown["Content-Type"] == "text/plain; charset=utf-8"
    assert shown["Content-Security-Policy"].startswith("sandbox")
    photo = upload(ana, PATH, picture(), "photo.png").json()
    assert ana.get(link(ana, photo, show=True))["Content-Security-Policy"].startswith("sandbox")
    assert http("otto").get(link(ana, page, show=True)).status_code == 404


def test_parts_of_a_file(http, document):
    ana, whole = http("ana"), pdf_of(document)
    url = link(ana, document)

    def part(asked, **more):
        answer = ana.get(url, headers={"Range": asked, **more})
        return answer.status_code, answer.headers.get("Content-Range"), answer.content

    size = len(whole)
    assert part("bytes=0-4") == (206, f"bytes 0-4/{size}", whole[:5])
    assert part("bytes=5-") == (206, f"bytes 5-{size - 1}/{size}", whole[5:])
    assert part("bytes=-6") == (206, f"bytes {size - 6}-{size - 1}/{size}", whole[-6:])
    assert part(f"bytes={size - 1}-{size + 99}") == (206, f"bytes {size - 1}-{size - 1}/{size}", whole[-1:])
    assert part(f"bytes={size}-")[:2] == (416, f"bytes */{size}")
    for unknown in ("bytes=0-1,3-4", "lines=0-1", "bytes=4-2", "bytes=-"):
        assert part(unknown) == (200, None, whole)
    assert part("bytes=0-4", **{"If-Range": '"another"'}) == (200, None, whole)
    assert http("otto").get(url, headers={"Range": "bytes=0-4"}).status_code == 404


def test_a_link_is_one_persons_in_one_session_for_a_minute(http, document):
    ana = http("ana")
    with clock.frozen(NOW):
        url = link(ana, document)
        assert ana.get(url).status_code == 200
        assert refused(http("ana").get(url), 403, "link_is_over"), "another session of hers"
        assert refused(http("ada").get(url), 403, "link_is_over")
        assert refused(ana.get(url.replace("show=0", "show=1")), 403, "link_is_over")
        assert refused(http("otto").get(url), 404)
    with clock.frozen(NOW + timedelta(seconds=61)):
        assert refused(ana.get(url), 403, "link_is_over")


def test_a_link_ends_with_the_access_it_was_made_with(http, document):
    ana = http("ana")
    url = link(ana, document)
    with acting_as(actor("ada")):
        CareTeamMember.objects.filter(client_id=CLEO).update(end_date=clock.now().date())
    assert refused(ana.get(url), 404)
    with acting_as(actor("ana")):
        assert not StoredObject.objects.exists(), "the row of the bucket is hidden by the database, too"
    assert refused(http("otto").get(url), 404)


def test_every_read_is_in_the_trail(http, document):
    ana = http("ana")
    ana.read(PATH)
    ana.read(f"/documents/{document['id']}")
    ana.get(link(ana, document))
    with acting_as(actor("ada")):
        lines = AuditLog.objects.filter(action_type=PHI_ACCESS, user_id=ID["ana"])
        told = list(lines.order_by("created_at").values_list("event", flat=True))
        assert told[-3:] == ["document_list.read", "document.read", "document.read"]
        assert {client for line in lines for client in line.client_ids} == {CLEO}
    assert http("otto").call("get", f"/documents/{document['id']}").status_code == 404


def test_a_file_that_is_read_in_parts_is_opened_once(http, document):
    ana = http("ana")
    url = link(ana, document)

    def lines():
        with acting_as(actor("ada")):
            return AuditLog.objects.filter(
                event="document.read", action_description__endswith="opened a document"
            ).count()

    for part in ("bytes=0-4", "bytes=5-9", "bytes=10-"):
        assert ana.get(url, headers={"Range": part}).status_code == 206
    assert lines() == 1
    with clock.frozen(clock.now() + timedelta(seconds=5)):
        assert ana.get(link(ana, document)).status_code == 200
    assert lines() == 2, "another link is another time"
    assert http("otto").get(url).status_code == 404


def test_rename_and_file(http, document):
    ana, path = http("ana"), f"/documents/{document['id']}"
    body = {"title": "Intake, signed", "category": "consent", "tags": ["Paper", "paper", " 2026 "], "version": 1}
    changed = ana.call("put", path, body).json()
    assert (changed["title"], changed["category"], changed["tags"]) == ("Intake, signed", "consent", ["Paper", "2026"])
    assert refused(ana.call("put", path, body), 409, "document_changed_elsewhere")
    many = {**body, "version": 2, "tags": [str(number) for number in range(11)]}
    assert refused(ana.call("put", path, many), 422, "bad_input")
    long = ana.call("put", path, {**body, "version": 2, "tags": ["x" * 41]})
    assert refused(long, 422, "bad_input")
    assert long.json()["fields"] == {"tags": ["A tag has at most 40 letters."]}
    assert [item["title"] for item in ana.read(f"{PATH}?q=signed paper")["items"]] == ["Intake, signed"]
    assert ana.read(f"{PATH}?q=nothing")["items"] == []
    assert ana.read(f"{PATH}?category=intake")["items"] == []
    assert refused(http("otto").call("put", path, body), 404)


def test_archive_and_restore(http, document):
    ana, path = http("ana"), f"/documents/{document['id']}/archive"
    assert ana.call("put", path).json()["status"] == "archived"
    assert ana.call("put", path).status_code == 200, "once more changes nothing"
    assert ana.read(PATH)["items"] == []
    assert [item["id"] for item in ana.read(f"{PATH}?archived=true")["items"]] == [document["id"]]
    answer = upload(ana, f"/documents/{document['id']}/versions", pdf("2"), "new.pdf")
    assert refused(answer, 409, "document_not_active")
    assert ana.call("delete", path).json()["status"] == "active"
    assert refused(http("otto").call("delete", path), 404)


def test_a_new_version_takes_the_place_of_the_one_before(http, document):
    ana = http("ana")
    second = upload(ana, f"/documents/{document['id']}/versions", pdf("2"), "later.pdf").json()
    assert (second["version_number"], second["title"], second["file_name"]) == (2, "Intake form", "later.pdf")
    assert [each["id"] for each in second["versions"]] == [second["id"], document["id"]]
    assert [item["id"] for item in ana.read(PATH)["items"]] == [second["id"]]
    assert ana.get(link(ana, document)).content == pdf_of(document), "the first can still be opened"
    again = upload(ana, f"/documents/{document['id']}/versions", pdf("3"), "later.pdf")
    assert refused(again, 409, "not_the_latest_version")
    assert refused(upload(http("otto"), f"/documents/{second['id']}/versions", pdf("4"), "x.pdf"), 404)


def test_pictures_lose_what_they_say_of_where_they_were_taken(http):
    ana = http("ana")
    exif = Image.Exif()
    exif[0x010E] = "at home, 1 Elm Street"
    exif[0x0112] = 6
    taken = upload(ana, PATH, picture("JPEG", exif=exif), "IMG_1.JPG").json()
    kept = ana.get(link(ana, taken)).content
    assert b"Elm" not in kept
    with Image.open(BytesIO(kept)) as found:
        assert (found.size, dict(found.getexif())) == ((24, 32), {})
    assert http("otto").call("get", f"/documents/{taken['id']}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.pdf", b"", "empty"),
        ("program.pdf", b"MZ\x90\x00" + bytes(200), "not a PDF"),
        ("page.html", b"<script>", "not taken here"),
        ("picture.svg", b"<svg/>", "not taken here"),
        ("no ending", b"text", "not taken here"),
        ("binary.txt", bytes(range(256)), "not plain text"),
    ],
)
def test_what_is_not_taken_is_refused_in_plain_words(http, name, content, says):
    answer = upload(http("ana"), PATH, content, name)
    assert refused(answer, 422, "file_refused")
    assert says in answer.json()["detail"]
    assert http("ana").read(PATH)["items"] == []
    assert refused(upload(http("otto"), PATH, content, name), 404)


def test_a_file_over_the_limit_is_told_its_size(http):
    answer = upload(http("ana"), PATH, b"%PDF-" + bytes(21 * 1024 * 1024), "large.pdf")
    assert refused(answer, 422, "file_refused")
    assert "21.1 MB, and at most 20 MB" in answer.json()["detail"]
    assert refused(upload(http("otto"), PATH, b"%PDF-", "x.pdf"), 404)


def test_without_a_file_the_form_says_so(http):
    answer = http("ana").post(f"/api{PATH}", {"title": "x"})
    assert refused(answer, 422, "bad_input")
    assert answer.json()["fields"] == {"file": ["Choose a file."]}
    assert refused(http("otto").post(f"/api{PATH}", {}), 404)


def test_somebody_elses_object_cannot_be_named():
    """Mia has learnt the id of an object of Ana's; the key over object and owner stops a row of hers that names it."""
    with acting_as(actor("ana")):
        theirs = stored(CLEO, ID["ana"])
        theirs.save(force_insert=True)
    with acting_as(actor("mia")), pytest.raises(IntegrityError, match="names_own_object"), transaction.atomic():
        document_row(THEO, ID["mia"], theirs).save(force_insert=True)
