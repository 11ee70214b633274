"""Templates: written by administrators, used by who adds documents, and what is made of them kept like any file."""

import io
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from mentalspace.documents.models import ClientDocument, DocumentTemplate
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.storage.tests.conftest import clamd
from tests.cast import CLEO, HERE, ID, NOOR, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

TEXT = "# Agreement\n\n{client_name} pays {field:Fee} to {practice_name}.\n\n{clinician_name}, {date}"
ANSWERS = {"field:Fee": "$150"}


@pytest.fixture
def template(http):
    return written(http("ada"))


def written(browser, body=TEXT, title="Fee agreement"):
    answer = browser.call("post", "/document-templates", {"title": title, "category": "consent", "body": body})
    assert answer.status_code == 201, answer.content
    return answer.json()


def one(template):
    return f"/document-templates/{template['id']}"


def filling(browser, template, client=CLEO, **answers):
    body = {"template_id": template["id"], "answers": answers}
    return browser.call("post", f"/clients/{client}/documents/from-template/preview", body)


def make(browser, template, client=CLEO, *, answers=ANSWERS, **more):
    said = {"id": str(uuid4()), "title": "Fees of 2026", "template_version": template["version"]}
    body = {"template_id": template["id"], "answers": answers, **said, **more}
    return browser.call("post", f"/clients/{client}/documents/from-template", body)


def fields(answer):
    """What is wrong with which field."""
    assert refused(answer, 422, "bad_input")
    return answer.json()["fields"]


def words_of(browser, document):
    url = browser.call("post", f"/documents/{document['id']}/link", {}).json()["url"]
    pages = PdfReader(io.BytesIO(browser.get(url).content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def text_of(answer):
    return " ".join(run["text"] for block in answer.json()["blocks"] for line in block["lines"] for run in line)


@pytest.mark.parametrize("who", ["ada", "sam", "ana", "ash", "bea", "fay", "mia"])
def test_all_staff_read_them_and_nobody_next_door(http, template, who):
    browser = http(who)
    assert [
        (row["title"], row["version"], row["updated_by"]) for row in browser.read("/document-templates")["items"]
    ] == [("Fee agreement", 1, "Ada Cast")]
    assert browser.read(one(template))["body"] == TEXT
    otto = http("otto")
    assert otto.read("/document-templates")["items"] == []
    change = {"title": "Mine", "category": "other", "body": "Mine", "version": 1}
    for method, path, body in (
        ("get", "", None),
        ("put", "", change),
        ("put", "/archive", None),
        ("delete", "/archive", None),
    ):
        assert refused(otto.call(method, one(template) + path, body), 404)
    assert refused(filling(otto, template), 404)
    assert refused(make(otto, template), 404)


@pytest.mark.parametrize("who", ["sam", "ana", "ash", "bea", "fay"])
def test_only_administrators_write_them(http, template, who):
    browser = http(who)
    mine = {"title": "Mine", "category": "other", "body": "Mine"}
    assert refused(browser.call("post", "/document-templates", mine), 403, "not_allowed")
    assert refused(browser.call("put", one(template), mine | {"version": 1}), 403, "not_allowed")
    assert refused(browser.call("put", f"{one(template)}/archive"), 403, "not_allowed")
    assert refused(browser.call("delete", f"{one(template)}/archive"), 403, "not_allowed")


def test_a_text_that_cannot_be_meant_is_refused_with_its_place(http, template):
    ada, bad = http("ada"), {"title": "x", "category": "other", "body": "Dear\n{clent_name}, {"}
    for answer in (
        ada.call("post", "/document-templates", bad),
        ada.call("put", one(template), bad | {"version": 1}),
        ada.call("post", "/document-templates/preview", {"body": bad["body"]}),
    ):
        problem = fields(answer)
        assert [each[:7] for each in problem["body"]] == ["Line 2:", "Line 2:"]
    assert ada.read(one(template))["version"] == 1


def test_the_second_of_two_who_write_is_told_and_a_name_is_had_once(http, template):
    ada, mia = http("ada"), http("mia")
    change = {"title": "Fee agreement", "category": "treatment", "body": "New words\r\nin lines", "version": 1}
    changed = ada.call("put", one(template), change).json()
    assert (changed["version"], changed["body"], changed["category"]) == (2, "New words\nin lines", "treatment")
    assert refused(mia.call("put", one(template), change), 409, "template_changed_elsewhere")
    same = {"title": "Fee agreement", "category": "other", "body": "x"}
    assert "title" in fields(mia.call("post", "/document-templates", same))
    other = written(mia, title="Other")
    assert "title" in fields(ada.call("put", one(other), change))


def test_a_preview_shows_examples_and_is_about_nobody(http):
    shown = http("ana").call("post", "/document-templates/preview", {"body": TEXT})
    assert "Jordan Example  pays  [Fee]  to  Example Counseling" in text_of(shown)


def test_who_treats_a_client_fills_one_looks_and_keeps_it(http, template):
    ana = http("ana")
    shown = filling(ana, template).json()
    assert shown["questions"] == [{"key": "field:Fee", "label": "Fee"}]
    assert text_of(filling(ana, template, **ANSWERS)).startswith(
        "Agreement Cleo Client  pays  $150  to  Here . Ana Cast"
    )
    made = make(ana, template)
    assert made.status_code == 201, made.content
    document = made.json()
    expected = {"title": "Fees of 2026", "category": "consent", "template": "Fee agreement", "template_version": 1}
    assert {name: document[name] for name in expected} == expected
    assert (document["mime_type"], document["file_name"]) == ("application/pdf", "Fees of 2026.pdf")
    assert "Cleo Client pays $150 to Here." in words_of(ana, document)
    assert [row["id"] for row in ana.read(f"/clients/{CLEO}/documents")["items"]] == [document["id"]]
    assert refused(http("otto").call("get", f"/documents/{document['id']}"), 404)


def test_it_can_be_told_later_what_it_was_made_of(http, template):
    ana, ada = http("ana"), http("ada")
    document = make(ana, template).json()
    ada.call("put", one(template), {"title": "Renamed", "category": "other", "body": "New", "version": 1})
    ada.call("put", f"{one(template)}/archive")
    found = ana.read(f"/documents/{document['id']}")
    assert (found["template"], found["template_version"]) == ("Renamed", 1)
    assert "Cleo Client pays $150" in words_of(ana, document)


def test_what_the_record_does_not_tell_is_asked_for_and_never_a_gap(http):
    template = written(http("ada"), "{clinician_name} {clinician_credentials}, {practice_address}, {practice_phone}")
    asked = ["clinician_name", "clinician_credentials", "practice_address", "practice_phone"]
    fay = http("fay")
    assert [each["key"] for each in filling(fay, template, THEO).json()["questions"]] == asked
    half = {"clinician_name": "Dr. Who", "practice_phone": " \u200b "}
    problem = fields(make(fay, template, THEO, answers=half))
    assert set(problem) == {"clinician_credentials", "practice_address", "practice_phone"}
    assert fay.read(f"/clients/{THEO}/documents")["items"] == []
    whole = dict.fromkeys(asked, "said")
    assert make(fay, template, THEO, answers=whole).status_code == 201


def test_half_an_address_is_asked_for_and_a_whole_one_is_not(http):
    template = written(http("ada"), "{practice_address}")
    with acting_as(actor("ada")), transaction.atomic():
        Practice.objects.filter(pk=HERE).update(street="418 Elm Street", state="NY")
    assert len(filling(http("ana"), template).json()["questions"]) == 1
    with acting_as(actor("ada")), transaction.atomic():
        Practice.objects.filter(pk=HERE).update(city="Kingston", zip_code="12401")
    shown = filling(http("ana"), template)
    assert (shown.json()["questions"], text_of(shown)) == ([], "418 Elm Street, Kingston, NY 12401")


def test_what_was_looked_at_is_what_is_made(http, template):
    """The template is changed, then archived, while the preview is open."""
    ana, ada = http("ana"), http("ada")
    ada.call("put", one(template), {"title": "Fee agreement", "category": "consent", "body": "New", "version": 1})
    stale = make(ana, template)
    assert refused(stale, 409, "template_changed_since")
    assert stale.json()["data"] == {"version": 2}
    ada.call("put", f"{one(template)}/archive")
    assert refused(make(ana, template, template_version=2), 409, "template_not_active")
    assert refused(filling(ana, template), 409, "template_not_active")
    assert ana.read("/document-templates")["items"] == []
    assert len(ana.read("/document-templates?archived=true")["items"]) == 1
    assert ada.call("delete", f"{one(template)}/archive").json()["is_active"]
    assert ana.read(f"/clients/{CLEO}/documents")["items"] == []


def test_sent_twice_it_is_one_document(http, template):
    ana, pk = http("ana"), str(uuid4())
    first, again = (make(ana, template, id=pk) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert len(ana.read(f"/clients/{CLEO}/documents")["items"]) == 1
    elsewhere = make(http("fay"), template, THEO, id=pk, answers=ANSWERS | {"clinician_name": "x"})
    assert refused(elsewhere, 409, "conflict")


@pytest.mark.parametrize(
    ("who", "client", "status"),
    [
        ("ana", NOOR, 404),
        ("sam", NOOR, 403),
        ("sam", CLEO, 403),
        ("bea", CLEO, 403),
        ("ash", NOOR, 201),
        ("fay", NOOR, 201),
    ],
)
def test_who_may_add_documents_to_a_chart_makes_them_there(http, template, who, client, status):
    assert make(http(who), template, client).status_code == status


def test_it_is_scanned_like_every_file(http, template, settings):
    with clamd() as settings.CLAMD:
        document = make(http("ana"), template).json()
    assert document["is_scanned"]


def test_the_name_of_a_file_holds_no_path(http, template):
    document = make(http("ana"), template, title="Release / ROI \\ 2026 🙂").json()
    assert document["title"] == "Release / ROI \\ 2026 🙂"
    assert document["file_name"] == "Release - ROI - 2026 🙂.pdf"


def test_the_database_keeps_words_to_their_version_and_a_document_to_its_template(http, template):
    document = make(http("ana"), template).json()
    pk = UUID(template["id"])
    for change in ({"body": "Other"}, {"title": "Other"}, {"version": 5}, {"created_by_id": ID["mia"]}):
        with pytest.raises(ProgrammingError), acting_as(actor("ada")), transaction.atomic():
            DocumentTemplate.objects.filter(pk=pk).update(**change)
    with pytest.raises(ProgrammingError), acting_as(actor("ada")), transaction.atomic():
        ClientDocument.objects.filter(pk=document["id"]).update(template_version=7)


def test_names_come_from_the_chart_as_it_is(http, template):
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(middle_name="May", suffix="Jr.", preferred_name="Cle")
        Profile.objects.filter(pk=ID["ana"]).update(last_name="Díaz\nLópez")
    body = "{client_name} / {client_preferred_name} / {client_date_of_birth} / {clinician_name} {clinician_credentials}"
    shown = filling(http("ana"), written(http("ada"), body, title="Names"))
    expected = "Cleo May Client Jr.  /  Cle  /  May 17, 1990  /  Ana Díaz López   LCSW"
    assert text_of(shown) == expected
