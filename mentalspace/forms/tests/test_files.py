"""Files as answers: brought to a form, kept beside it, put into the chart when it is accepted, gone when it is not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog, SecurityIncident
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.forms import jobs
from mentalspace.forms.files import rules
from mentalspace.forms.files.models import FormFile
from mentalspace.forms.tests.filling import draft, give, published, review, save, send
from mentalspace.forms.tests.linking import linked, opened, post, write
from mentalspace.practices.system import system_actor
from mentalspace.storage import stores
from mentalspace.storage.keeping import content_of
from mentalspace.storage.models import State, StoredObject
from mentalspace.storage.ports import Verdict
from mentalspace.storage.tests.files import office, pdf, picture
from tests.cast import CLEO, HERE, actor
from tests.http import Http, refused

pytestmark = pytest.mark.django_db
ASKING = {
    "fields": [
        {"key": "card", "kind": "file", "label": "Your insurance card", "required": True, "most_files": 2},
        {"key": "more", "kind": "text", "label": "Anything else?"},
    ]
}
CARD = picture()


@pytest.fixture(autouse=True)
def long_ago():
    """The database judges by its own clock what must be kept still, so these files are old."""
    with clock.frozen(clock.now() - timedelta(days=100)):
        yield


class Objecting:
    """A scanner that objects to everything."""

    def scan(self, content: bytes) -> Verdict:
        return Verdict("test", "Eicar-Signature")


def form_of(http, who="ana", client=CLEO, **more):
    template = published(http, definition=ASKING, category="insurance", **more)
    answer = give(http, template, who, client)
    assert answer.status_code == 201, answer.content
    return answer.json()


def bring(http, form, content=CARD, name="card.png", field="card", who="ana"):
    file = SimpleUploadedFile(name, content)
    return http(who).post(f"/api/forms/{form['id']}/files", {"file": file, "field": field})


def brought(http, form, **more):
    answer = bring(http, form, **more)
    assert answer.status_code == 201, answer.content
    return answer.json()


def by_link(path, proof, content=CARD, name="card.png", field="card"):
    http = Http(raise_request_exception=False)
    return http.post(f"{path}/files", {"file": SimpleUploadedFile(name, content), "field": field, "proof": proof})


def stored(model, **where):
    with acting_as(actor("ada")), transaction.atomic():
        return list(model.objects.filter(**where).order_by("created_at", "id"))


def system():
    return acting_as(system_actor(HERE))


def forget(later=timedelta(hours=2)):
    with clock.frozen(clock.now() + later):
        jobs.forget_files(system_actor(HERE))


def is_gone(file):
    with system(), transaction.atomic():
        row = FormFile.objects.select_related("object").get(pk=file["id"])
        assert (row.removed_at is not None) == (row.object.state == State.REMOVED)
        return row.removed_at is not None


def test_a_file_is_brought_named_sent_and_becomes_a_document_of_the_chart(http):
    form = form_of(http)
    assert form["uploading"]["endings"] == [".pdf", ".jpg", ".jpeg", ".png", ".webp", ".txt", ".docx"]
    file = brought(http, form)
    assert (file["file_name"], file["state"], file["document_id"]) == ("card.png", "kept", None)
    saved = save(http, form, {"card": [file["id"]]}).json()
    assert [each["id"] for each in saved["files"]] == [file["id"]]
    assert stored(ClientDocument) == []
    assert send(http, form, {"card": [file["id"]]}, 2).status_code == 200
    done = review(http, form, "accepted").json()
    (document,) = stored(ClientDocument)
    assert (document.title, document.category, document.client_id) == ("Your insurance card", "insurance", CLEO)
    assert (document.uploaded_method, str(document.pk)) == ("Form", done["files"][0]["document_id"])
    with acting_as(actor("ana")), transaction.atomic():
        assert content_of(StoredObject.objects.get(pk=document.object_id)).startswith(b"\x89PNG")
    assert [row.resource_id for row in stored(AuditLog, event="document.added")] == [document.pk]
    assert not is_gone(file)
    forget()
    assert is_gone(file)
    assert http("ana").read(f"/forms/{form['id']}")["files"][0]["state"] == "removed"


def test_it_is_opened_by_who_may_see_the_form_alone(http):
    form = form_of(http)
    file = brought(http, form)
    path = f"/forms/{form['id']}/files/{file['id']}"
    ana = http("ana")
    url = ana.call("post", f"{path}/link", {"show": True}).json()["url"]
    answer = ana.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert stored(AuditLog, event="form.read")
    for who in ("otto", "ash"):
        assert refused(http(who).call("post", f"{path}/link", {"show": True}), 404)
        assert refused(http(who).get(url), 404)
    assert refused(http("ada").get(url), 403, "link_is_over")
    assert refused(ana.call("post", f"/forms/{form['id']}/files/{uuid4()}/link", {}), 404)


@pytest.mark.parametrize(
    ("who", "client", "status"),
    [("ana", CLEO, 201), ("ada", CLEO, 201), ("fay", CLEO, 201), ("ash", CLEO, 404), ("otto", CLEO, 404)],
)
def test_who_brings_one(http, who, client, status):
    assert bring(http, form_of(http, client=client), who=who).status_code == status


@pytest.mark.parametrize("category", ["assessment", "consent"])
def test_what_the_front_desk_does_not_see_asks_for_no_files(http, category):
    """They would become documents of the chart, which the front desk reads."""
    asking = {"title": "Welcome", "definition": ASKING}
    answer = http("ada").call("post", "/form-templates", asking | {"category": category})
    assert refused(answer, 422, "bad_input")
    assert "asks for no files" in answer.json()["fields"]["card"][0]
    template = draft(http, definition=ASKING)
    change = asking | {"category": category, "version": template["version"]}
    assert refused(http("ada").call("put", f"/form-templates/{template['id']}", change), 422, "bad_input")


HOSTILE = [
    (b"", "card.png", "empty"),
    (b"MZ\x90\x00", "card.exe", "not taken here"),
    (b"<script>alert(1)</script>", "card.png", ""),
    (pdf() + b"", "card.png", ""),
    (office(parts={"word/vbaProject.bin": b"x"}), "notes.docx", ""),
    (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "card.pdf", ""),
    (b"\x89PNG" + b"0" * (10 * rules.MEGABYTE), "card.png", "too large"),
]


@pytest.mark.parametrize(("content", "name", "words"), HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(http, content, name, words):
    form = form_of(http)
    path = linked(http, form)
    shown = opened(path)
    for answer in (bring(http, form, content, name), by_link(path, shown["proof"], content, name)):
        assert refused(answer, 422, "file_refused")
        assert words in answer.json()["detail"]
    assert stored(FormFile) == []


def test_what_the_scanner_objects_to_is_kept_apart_told_and_answers_nothing(http, monkeypatch):
    monkeypatch.setattr(stores, "scanner", Objecting)
    form = form_of(http)
    file = brought(http, form)
    assert file["state"] == "quarantined"
    assert [row.incident_type for row in stored(SecurityIncident)] == ["malware_found"]
    assert refused(save(http, form, {"card": [file["id"]]}), 422, "bad_input")
    path = linked(http, form)
    assert by_link(path, opened(path)["proof"]).json()["state"] == "quarantined"
    ana = http("ana")
    url = ana.call("post", f"/forms/{form['id']}/files/{file['id']}/link", {}).json()["url"]
    assert refused(ana.get(url), 409, "file_in_quarantine")
    forget()
    assert not is_gone(file)
    forget(timedelta(days=31))
    assert is_gone(file)


def test_only_this_forms_own_files_answer_its_questions(http):
    form, other = form_of(http), form_of(http, title="Other")
    theirs = brought(http, other)
    for answer in ([theirs["id"]], [str(uuid4())]):
        refusal = save(http, form, {"card": answer})
        assert refused(refusal, 422, "bad_input")
        assert "no longer there" in refusal.json()["fields"]["card"][0]
    for wrong in ("x", ["x"], [brought(http, form)["id"]] * 2, [str(uuid4()) for _ in range(3)], [1]):
        assert refused(save(http, form, {"card": wrong}), 422, "bad_input")
    assert refused(bring(http, form, field="more"), 422, "bad_input")


def test_it_must_be_there_to_be_sent_and_nothing_comes_after(http):
    form = form_of(http)
    answer = send(http, form, {})
    assert answer.json()["fields"] == {"card": ["Add a file here."]}
    file = brought(http, form)
    assert send(http, form, {"card": [file["id"]]}).status_code == 200
    assert refused(bring(http, form), 409, "form_not_open")


def test_by_a_link_with_the_date_of_birth_first(http):
    form = form_of(http)
    path = linked(http, form)
    assert refused(by_link(path, "x"), 403, "proof_over")
    shown = opened(path)
    file = by_link(path, shown["proof"])
    assert file.status_code == 201, file.content
    assert write(path, shown, "answers", {"card": [file.json()["id"]]}).status_code == 200
    named = post(path, "files/named", {"proof": shown["proof"]}).json()
    assert [(each["file_name"], each["document_id"]) for each in named["files"]] == [("card.png", None)]
    assert named["uploading"]["most_bytes"] == 10 * rules.MEGABYTE
    assert refused(post(path, "files/named", {"proof": "x"}), 403, "proof_over")
    assert write(path, shown, "submission", {"card": [file.json()["id"]]}, 2).status_code == 200
    assert refused(by_link(path, shown["proof"]), 409, "form_not_open")
    assert review(http, form, "accepted").status_code == 200
    assert [row.uploader_id for row in stored(ClientDocument)] == [actor("ana").person]
    (said,) = stored(AuditLog, event="form.file_added")
    assert said.client_ids == [CLEO]


def test_a_link_that_is_over_takes_no_file(http):
    form = form_of(http)
    path = linked(http, form)
    shown = opened(path)
    (row,) = http("ana").read(f"/forms/{form['id']}/links")["links"]
    http("ana").call("put", f"/forms/{form['id']}/links/{row['id']}/revocation")
    assert refused(by_link(path, shown["proof"]), 410, "link_over")
    assert by_link("/f/" + "x" * 24, shown["proof"]).status_code == 404
    assert Http(raise_request_exception=False).post(f"{path}/files", {}).status_code == 422


def test_a_form_takes_so_many_files_and_bytes(http, monkeypatch):
    form = form_of(http)
    monkeypatch.setattr(rules, "MOST_FILES", 2)
    path = linked(http, form)
    proof = opened(path)["proof"]
    assert by_link(path, proof).status_code == 201
    monkeypatch.setattr(rules, "MOST_BYTES", len(CARD) + 10)
    assert refused(by_link(path, proof), 409, "too_many_files")
    monkeypatch.setattr(rules, "MOST_BYTES", 100 * rules.MEGABYTE)
    assert by_link(path, proof).status_code == 201
    assert refused(by_link(path, proof), 409, "too_many_files")
    brought(http, form)
    brought(http, form)
    assert refused(bring(http, form), 409, "too_many_files")


def test_what_went_takes_no_room_but_counts(http, monkeypatch):
    form = form_of(http)
    brought(http, form)
    monkeypatch.setattr(rules, "MOST_FILES", 2)
    monkeypatch.setattr(rules, "MOST_BYTES", len(CARD) + 10)
    assert refused(bring(http, form), 409, "too_many_files")
    forget()
    brought(http, form)
    forget()
    assert refused(bring(http, form), 409, "too_many_files")


def test_the_questions_of_a_form_ask_for_no_more_than_it_takes(http):
    fields = [{"key": f"f{n}", "kind": "file", "label": "Papers", "most_files": 10} for n in range(4)]
    asking = {"title": "Papers", "definition": {"fields": fields[:3]}}
    assert http("ada").call("post", "/form-templates", asking).status_code == 201
    answer = http("ada").call("post", "/form-templates", asking | {"definition": {"fields": fields}})
    assert refused(answer, 422, "bad_input")
    assert answer.json()["fields"] == {"f3": ["The questions of a form ask for 30 files together at most."]}


def test_what_is_missing_or_gone_answers_nothing(http):
    form = form_of(http)
    file = brought(http, form)
    with system(), transaction.atomic():
        row = FormFile.objects.select_related("object").get(pk=file["id"])
        row.object.write(state=State.MISSING)
    refusal = save(http, form, {"card": [file["id"]]})
    assert refused(refusal, 422, "bad_input")
    assert "no longer there" in refusal.json()["fields"]["card"][0]


def test_what_only_an_earlier_round_named_goes_once_the_form_is_accepted(http):
    form = form_of(http)
    first = brought(http, form)
    send(http, form, {"card": [first["id"]]})
    review(http, form, "returned", "The other side, please.")
    second = brought(http, form)
    assert send(http, form, {"card": [second["id"]]}).status_code == 200
    assert review(http, form, "accepted", number=2).status_code == 200
    forget()
    assert (is_gone(first), is_gone(second)) == (False, True)
    forget(timedelta(days=31))
    assert is_gone(first)


def test_what_was_taken_off_goes_and_what_is_named_stays(http):
    form = form_of(http)
    first, second = brought(http, form), brought(http, form)
    save(http, form, {"card": [first["id"], second["id"]]})
    save(http, form, {"card": [second["id"]]}, 2)
    forget(timedelta(minutes=50))
    assert not is_gone(first)
    forget()
    assert (is_gone(first), is_gone(second)) == (True, False)
    assert refused(save(http, form, {"card": [first["id"]]}, 3), 422, "bad_input")
    (said,) = stored(AuditLog, event="form.file_removed")
    assert said.client_ids == [CLEO]
    forget()
    assert len(stored(AuditLog, event="form.file_removed")) == 1


def test_what_is_never_accepted_goes_thirty_days_later(http):
    taken_back, rejected, waiting = (form_of(http, title=each) for each in "abc")
    files = []
    for form in (taken_back, rejected, waiting):
        files.append(brought(http, form))
        save(http, form, {"card": [files[-1]["id"]]})
    http("ana").call("put", f"/forms/{taken_back['id']}/withdrawal")
    send(http, rejected, {"card": [files[1]["id"]]}, 2)
    assert review(http, rejected, "rejected", "Not yours.").status_code == 200
    forget(timedelta(days=29))
    assert [is_gone(each) for each in files] == [False, False, False]
    forget(timedelta(days=31))
    assert [is_gone(each) for each in files] == [True, True, False]
    forget(timedelta(days=91))
    assert is_gone(files[2])
    assert refused(send(http, waiting, {"card": [files[2]["id"]]}, 2), 422, "bad_input")


def test_another_round_goes_on_with_the_files_there_are(http):
    form = form_of(http)
    file = brought(http, form)
    send(http, form, {"card": [file["id"]]})
    again = review(http, form, "returned", "And the back?").json()
    assert again["rounds"][0]["answers"] == {"card": [file["id"]]}
    second = brought(http, form, name="back.png")
    answers = {"card": [file["id"], second["id"]]}
    assert send(http, form, answers).status_code == 200
    assert review(http, form, "accepted", number=2).status_code == 200
    assert len(stored(ClientDocument)) == 2


def test_where_the_store_is_away_nothing_is_accepted(http, monkeypatch):
    form = form_of(http)
    send(http, form, {"card": [brought(http, form)["id"]]})

    class Away:
        def scan(self, content):
            from mentalspace.storage.errors import ScannerAway

            raise ScannerAway

    with monkeypatch.context() as patch:
        patch.setattr(stores, "scanner", Away)
        assert refused(review(http, form, "accepted"), 503, "scanner_away")
    assert http("ana").read(f"/forms/{form['id']}")["status"] == "submitted"
    assert review(http, form, "accepted").status_code == 200


def test_nothing_of_a_file_changes_whoever_asks(http):
    file = brought(http, form_of(http))
    with pytest.raises(DatabaseError, match="stays what it is"), system(), transaction.atomic():
        FormFile.objects.get(pk=file["id"]).write(file_name="other.png")
    with pytest.raises(DatabaseError), system(), transaction.atomic():
        FormFile.objects.filter(pk=file["id"]).delete()
