"""Signatures by staff: in order, at one's own place, over the file one looked at, and frozen with it."""

import io
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from mentalspace.access.actor import acting_as
from mentalspace.charting.tests.builders import prove
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument, SignatureRequest, SignatureRequestSigner
from mentalspace.documents.signing import advancing
from mentalspace.notify.models import StaffNotification
from mentalspace.practices.system import system_actor
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import HERE, ID, NOOR, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

ASH_THEN_SAM = [{"id": str(ID["ash"]), "role": "Clinician"}, {"id": str(ID["sam"]), "role": "Supervisor"}]
NAMES = {"ash": "Ash Cast", "sam": "Sam Cast", "ada": "Ada Cast", "fay": "Fay Cast"}


@pytest.fixture
def plan(http):
    """A treatment plan in Noor's chart, brought by Ash."""
    answer = upload(http("ash"), f"/clients/{NOOR}/documents", pdf(), "Plan.pdf")
    assert answer.status_code == 201, answer.content
    return answer.json()


def send(browser, document, signers=ASH_THEN_SAM, **more):
    body = {"id": str(uuid4()), "signers": signers, "message": "Please sign the plan.", **more}
    return browser.call("post", f"/documents/{document['id']}/signature-requests", body)


@pytest.fixture
def sent(http, plan):
    """Ash first, then Sam, who supervises."""
    answer = send(http("ash"), plan)
    assert answer.status_code == 201, answer.content
    return answer.json()


def sign(browser, request, who, **more):
    body = {
        "name": NAMES[who],
        "document_sha256": request["document_sha256"],
        "consents": True,
        "intends": True,
        **more,
    }
    return browser.call("post", f"/signature-requests/{request['id']}/signature", body)


def signed_by(http, request, who):
    browser = http(who)
    prove(browser)
    answer = sign(browser, request, who)
    assert answer.status_code == 200, answer.content
    go_on(request)


def go_on(request):
    advancing.advance(system_actor(HERE), UUID(request["id"]))


def now(http, request, who="ash"):
    return http(who).read(f"/signature-requests/{request['id']}")


def states(request):
    return [place["state"] for place in request["places"]]


def told(who):
    with acting_as(actor(who)):
        return list(StaffNotification.objects.filter(kind__startswith="signature").values_list("kind", flat=True))


def test_one_after_the_other_and_then_a_copy_with_all_signatures(http, plan, sent):
    assert (sent["status"], states(sent), sent["places"][0]["name"]) == ("open", ["asked", "waiting"], "Ash Cast")
    sam = http("sam")
    assert sam.read("/signature-requests")["items"] == []
    prove(sam)
    assert refused(sign(sam, sent, "sam"), 409, "not_your_turn")
    signed_by(http, sent, "ash")
    assert (told("sam"), states(now(http, sent))) == (["signature.asked"], ["signed", "asked"])
    assert [one["id"] for one in sam.read("/signature-requests")["items"]] == [sent["id"]]
    signed_by(http, sent, "sam")
    done = now(http, sent)
    assert (done["status"], states(done)) == ("signed", ["signed", "signed"])
    copy = http("ash").read(f"/documents/{done['sealed_id']}")
    assert (copy["version_number"], copy["latest_version"], copy["title"]) == (2, True, "Plan")
    assert copy["signed_at"] is not None
    assert told("ash") == ["signature.all_signed"]
    assert refused(http("otto").call("get", f"/documents/{copy['id']}"), 404)


def test_the_copy_says_who_signed_what_when_and_how(http, plan, sent):
    for who in ("ash", "sam"):
        signed_by(http, sent, who)
    ash, done = http("ash"), now(http, sent)
    url = ash.call("post", f"/documents/{done['sealed_id']}/link", {}).json()["url"]
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(ash.get(url).content)).pages]
    assert len(pages) == len(PdfReader(io.BytesIO(pdf())).pages) + 1
    for words in (
        "Ash Cast",
        "Sam Cast",
        "Supervisor",
        done["id"],
        "127.0.0.1",
        "Name typed",
        "I agree to read and sign",
    ):
        assert words in pages[-1]
    assert sent["document_sha256"] in pages[-1].replace("\u200b", "").replace(" ", "")


def test_what_is_signed_stays(http, plan, sent):
    """In words for people, and by the database for everybody, the owner included."""
    for who in ("ash", "sam"):
        signed_by(http, sent, who)
    ash, copy = http("ash"), now(http, sent)["sealed_id"]
    assert refused(upload(ash, f"/documents/{copy}/versions", pdf("2"), "x.pdf"), 409, "document_signed")
    change = {"title": "Other", "category": "treatment", "version": 1}
    assert refused(ash.call("put", f"/documents/{copy}", change), 409, "document_signed")
    assert ash.call("put", f"/documents/{copy}", change | {"title": "Plan"}).status_code == 200
    assert refused(send(ash, {"id": copy}), 409, "document_signed")
    for said in ({"title": "Other"}, {"signed_at": None}, {"latest_version": False}):
        with pytest.raises(ProgrammingError), acting_as(actor("ada")), transaction.atomic():
            ClientDocument.objects.filter(pk=copy).update(**said)


def test_one_signs_with_ones_own_name_over_what_one_saw_after_a_proof(http, sent):
    ash = http("ash")
    assert refused(sign(ash, sent, "ash"), 403, "reauthentication_required")
    prove(ash)
    assert refused(sign(ash, sent, "ash", name="Sam Cast"), 422, "bad_input")
    assert refused(sign(ash, sent, "ash", document_sha256="0" * 64), 409, "other_document")
    assert refused(sign(ash, sent, "ash", intends=False), 422, "malformed")
    assert sign(ash, sent, "ash", name=" ash  CAST ").status_code == 200
    prove(ash)
    assert refused(sign(ash, sent, "ash"), 409, "already_answered")  # a double click
    fay = http("fay")
    prove(fay)
    assert refused(sign(fay, sent, "fay"), 403, "not_asked_to_sign")
    otto = http("otto")
    prove(otto)
    assert refused(sign(otto, sent, "ash"), 404)


def test_who_declines_says_why_and_the_request_ends(http, sent):
    path = f"/signature-requests/{sent['id']}/refusal"
    assert refused(http("ash").call("post", path, {"reason": " "}), 422, "malformed")
    assert http("ash").call("post", path, {"reason": "The dates are wrong."}).status_code == 200
    go_on(sent)
    over = now(http, sent)
    assert (over["status"], states(over)) == ("declined", ["declined", "closed"])
    assert over["places"][0]["decline_reason"] == "The dates are wrong."
    assert refused(http("otto").call("post", path, {"reason": "x"}), 404)


def test_withdrawn_while_the_page_is_open(http, plan, sent):
    assert refused(http("sam").call("post", f"/signature-requests/{sent['id']}/withdrawal"), 403, "not_allowed")
    assert http("fay").call("post", f"/signature-requests/{sent['id']}/withdrawal").json()["status"] == "withdrawn"
    ash = http("ash")
    prove(ash)
    assert refused(sign(ash, sent, "ash"), 409, "signature_request_over")
    go_on(sent)
    assert states(now(http, sent)) == ["closed", "closed"]
    assert send(ash, plan).status_code == 201
    assert refused(http("otto").call("post", f"/signature-requests/{sent['id']}/withdrawal"), 404)


def test_it_ends_by_itself(http, sent):
    with clock.frozen(clock.now() + timedelta(days=15)):
        ash = http("ash")
        advancing.catch_up(system_actor(HERE))
        assert now(http, sent)["status"] == "expired"
        prove(ash)
        assert refused(sign(ash, sent, "ash"), 409, "signature_request_over")


def test_a_document_that_is_out_is_neither_replaced_nor_archived_nor_sent_again(http, plan, sent):
    ash = http("ash")
    assert refused(upload(ash, f"/documents/{plan['id']}/versions", pdf("2"), "x.pdf"), 409, "out_for_signature")
    assert refused(ash.call("put", f"/documents/{plan['id']}/archive"), 409, "out_for_signature")
    assert refused(send(ash, plan), 409, "out_for_signature")


def test_a_document_that_is_out_keeps_its_title_and_is_filed_elsewhere(http, plan, sent):
    ash, change = http("ash"), {"category": "consent", "version": 1}
    answer = ash.call("put", f"/documents/{plan['id']}", change | {"title": "Other"})
    assert refused(answer, 409, "out_for_signature")
    assert ash.call("put", f"/documents/{plan['id']}", change | {"title": "Plan"}).status_code == 200


def test_only_people_who_see_the_chart_are_asked_and_each_once(http, plan):
    ash = http("ash")
    options = {one["name"] for one in ash.read(f"/clients/{NOOR}/possible-signers")}
    assert {"Ash Cast", "Sam Cast", "Ada Cast", "Fay Cast"} <= options
    assert not {"Ana Cast", "Bea Cast", "Otto Cast"} & options
    for person in (ID["ana"], ID["otto"], uuid4()):
        assert refused(send(ash, plan, [{"id": str(person), "role": "Witness"}]), 422, "bad_input")
    assert refused(send(ash, plan, [ASH_THEN_SAM[0]] * 2), 422, "bad_input")
    assert refused(send(http("sam"), plan), 403, "not_allowed")
    assert refused(send(http("otto"), plan), 404)
    assert refused(http("otto").call("get", f"/clients/{NOOR}/possible-signers"), 404)


def test_the_database_lets_nobody_sign_for_another(http, sent):
    places = SignatureRequestSigner.objects.filter(request_id=sent["id"])
    given = {"signed_name": "x", "consent_text": "x", "document_sha256": "0" * 64, "decided_at": clock.now()}
    for who in ("ada", "fay", "sam"):
        with acting_as(actor(who)), transaction.atomic():
            assert places.filter(person_id=ID["ash"]).update(state="signed", **given) == 0
    with pytest.raises(ProgrammingError), acting_as(system_actor(HERE)), transaction.atomic():
        places.filter(person_id=ID["ash"]).update(state="signed", **given)
    with pytest.raises(ProgrammingError), acting_as(actor("sam")), transaction.atomic():
        places.filter(person_id=ID["sam"]).update(state="signed", **given)  # not yet asked
    with pytest.raises(ProgrammingError), acting_as(actor("ada")), transaction.atomic():
        SignatureRequest.objects.filter(pk=sent["id"]).update(status="signed", closed_at=clock.now())
