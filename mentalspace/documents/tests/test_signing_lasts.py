"""What may happen between asking for a signature and keeping it: races, workers that die, files that are away."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import CareTeamMember, Client
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument, SignatureRequest, SignatureRequestSigner
from mentalspace.documents.signing import advancing
from mentalspace.documents.tests.signing import (
    ANA_SIGNS,
    BORN,
    CLEO_SIGNS,
    document_of_cleo,
    links_to,
    reachable,
    request_for,
    staff_signs,
)
from mentalspace.people.models import Profile
from mentalspace.practices.system import system_actor
from mentalspace.storage.errors import InspectionAway
from mentalspace.storage.joining import joined
from mentalspace.storage.tests.files import pdf, upload
from mentalspace.upkeep import candidates
from tests.access.world_documents import document, stored
from tests.cast import CLEO, HERE, ID, NOOR, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
ADA_SIGNS = {"id": str(ID["ada"]), "role": "Witness"}
OURS = system_actor(HERE)
EMERGENCY = {"medical_record_number": "MS000001", "date_of_birth": BORN, "reason": "Cleo is in danger.", "minutes": 30}


@pytest.fixture
def sent(http):
    return request_for(http("ana"), document_of_cleo(http), [ANA_SIGNS]).json()


def now(http, request):
    return http("ana").read(f"/signature-requests/{request['id']}")


def test_a_worker_that_dies_loses_nothing(http, sent):
    """Nothing runs after the signature: the schedule's next turn does what was left."""
    assert staff_signs(http, sent, "ana", "Ana Cast").status_code == 200
    assert now(http, sent)["status"] == "open"
    advancing.catch_up(OURS)
    done = now(http, sent)
    assert (done["status"], done["sealed_id"] is None) == ("signed", False)
    advancing.catch_up(OURS)
    assert now(http, sent) == done


def test_while_files_cannot_be_joined_signatures_are_kept_and_others_go_on(http, sent, monkeypatch):
    def away(*_):
        raise InspectionAway

    another = request_for(
        http("ana"), upload(http("ana"), f"/clients/{CLEO}/documents", pdf("2"), "b.pdf").json(), [ADA_SIGNS]
    ).json()
    staff_signs(http, sent, "ana", "Ana Cast")
    http("ada").call("post", f"/signature-requests/{another['id']}/refusal", {"reason": "No"})
    monkeypatch.setattr(advancing, "joined", away)
    advancing.catch_up(OURS)
    waiting = now(http, sent)
    assert (waiting["status"], waiting["sealed_id"], now(http, another)["status"]) == ("signed", None, "declined")
    assert refused(
        upload(http("ana"), f"/documents/{sent['document_id']}/versions", pdf("2"), "x.pdf"), 409, "out_for_signature"
    )
    assert [one["id"] for one in http("ana").read("/signature-requests?whose=sent")["items"]] == [sent["id"]]
    monkeypatch.setattr(advancing, "joined", joined)
    advancing.catch_up(OURS)
    assert now(http, sent)["sealed_id"] is not None


def test_what_nobody_foresaw_holds_up_no_other_and_is_raised_at_the_end(http, sent, monkeypatch):
    def broken(*_):
        raise ValueError

    another = request_for(
        http("ana"), upload(http("ana"), f"/clients/{CLEO}/documents", pdf("2"), "b.pdf").json(), [ADA_SIGNS]
    ).json()
    staff_signs(http, sent, "ana", "Ana Cast")
    http("ada").call("post", f"/signature-requests/{another['id']}/refusal", {"reason": "No"})
    monkeypatch.setattr(advancing, "joined", broken)
    with pytest.raises(ExceptionGroup) as raised:
        advancing.catch_up(OURS)
    assert [type(failure) for failure in raised.value.exceptions] == [ValueError]
    assert (now(http, sent)["status"], now(http, another)["status"]) == ("signed", "declined")


def test_what_is_no_pdf_ends_the_other_process_and_nothing_else():
    with pytest.raises(InspectionAway):
        joined(b"%PDF-1.7 and then nothing that is one", pdf())


def test_sent_twice_is_one_request(http):
    document, ana = document_of_cleo(http), http("ana")
    pk = str(uuid4())
    answers = [request_for(ana, document, [ANA_SIGNS], id=pk) for _ in range(2)]
    assert [(answer.status_code, answer.json()["id"]) for answer in answers] == [(201, pk)] * 2


def test_only_the_latest_version_of_an_active_pdf_is_sent(http):
    document, ana = document_of_cleo(http), http("ana")
    assert upload(ana, f"/documents/{document['id']}/versions", pdf("2"), "x.pdf").status_code == 201
    assert refused(request_for(ana, document, [ANA_SIGNS]), 409, "not_to_be_signed")
    latest = ana.read(f"/documents/{document['id']}")["versions"][0]
    ana.call("put", f"/documents/{latest['id']}/archive")
    assert refused(request_for(ana, latest, [ANA_SIGNS]), 409, "not_to_be_signed")
    text = upload(ana, f"/clients/{CLEO}/documents", b"Well", "a.txt").json()
    assert refused(request_for(ana, text, [ANA_SIGNS]), 409, "not_to_be_signed")


def test_clearing_up_leaves_what_is_out_and_what_was_signed(http, sent):
    with clock.frozen(clock.now() + timedelta(days=11 * 366)), acting_as(actor("ada")):
        pk = UUID(sent["document_id"])
        assert not candidates.to_archive(older_than_years=1, only_former=False).filter(pk=pk).exists()
    staff_signs(http, sent, "ana", "Ana Cast")
    advancing.catch_up(OURS)
    with acting_as(actor("ada")):
        Client.objects.filter(pk=CLEO).update(status="Discharged")
    with clock.frozen(clock.now() + timedelta(days=20 * 366)), acting_as(actor("ada")):
        assert list(candidates.superseded()) == []
        assert (
            candidates.to_archive(older_than_years=1, only_former=False)
            .filter(pk=now(http, sent)["sealed_id"])
            .exists()
        )


def test_a_colleague_who_has_left_cannot_sign_and_it_is_said(http):
    request = request_for(http("ana"), document_of_cleo(http), [ADA_SIGNS]).json()
    with acting_as(actor("mia")):
        Profile.objects.filter(pk=ID["ada"]).update(is_active=False)
    assert now(http, request)["places"][0]["is_gone"]
    assert http("ana").call("post", f"/signature-requests/{request['id']}/withdrawal").status_code == 200
    document = {"id": request["document_id"]}
    assert refused(request_for(http("ana"), document, [ADA_SIGNS]), 422, "bad_input")


def test_a_guardian_of_another_client_is_refused_by_the_database(http, sent):
    gil = reachable()
    noors = upload(http("ash"), f"/clients/{NOOR}/documents", pdf(), "x.pdf").json()
    elsewhere = request_for(http("ash"), noors, [ADA_SIGNS]).json()
    with acting_as(actor("ada")), transaction.atomic():
        other = SignatureRequest.objects.get(pk=sent["id"])
        place = {
            "role": "Guardian",
            "guardian": gil,
            "email": "x@example.org",
            "name": "x",
            "state": "asked",
            "position": 2,
        }
        made = SignatureRequestSigner(practice_id=HERE, request=other, client_id=CLEO, **place)
        made.save(force_insert=True)
        request = SignatureRequest.objects.get(pk=elsewhere["id"])
    place |= {"position": 3, "request": request, "client_id": NOOR}
    wrong = SignatureRequestSigner(practice_id=HERE, **place)
    with pytest.raises(IntegrityError, match="signer_is_clients_guardian"), acting_as(actor("ada")):
        wrong.save(force_insert=True)


@pytest.fixture
def signed(http, sent):
    staff_signs(http, sent, "ana", "Ana Cast")
    advancing.catch_up(OURS)
    return now(http, sent)


def test_no_version_follows_a_signed_one_whoever_adds_it(signed):
    """A key says so, and keys are checked past every policy."""
    with acting_as(actor("ana")), transaction.atomic():
        kept = stored(CLEO, ID["ana"])
        kept.save(force_insert=True)
        before = ClientDocument.objects.get(pk=signed["sealed_id"])
    following = document(CLEO, ID["ana"], kept, previous_version=before, version_number=3)
    following.family = before.family
    with pytest.raises(IntegrityError, match="document_follows_unsigned"), acting_as(actor("ana")):
        following.save(force_insert=True)


def test_a_request_that_ran_out_while_somebody_signed_is_not_lost(http):
    """Signed by all before its time, and only gone on from after it: it is signed."""
    request = request_for(http("ana"), document_of_cleo(http), [ANA_SIGNS], days=1).json()
    assert staff_signs(http, request, "ana", "Ana Cast").status_code == 200
    with clock.frozen(clock.now() + timedelta(days=2)):
        advancing.advance(OURS, UUID(request["id"]))
        assert now(http, request)["status"] == "signed"


def test_not_in_order_all_are_asked_at_once(http):
    reachable()
    request = request_for(http("ana"), document_of_cleo(http), [CLEO_SIGNS, ANA_SIGNS], is_ordered=False).json()
    assert [place["state"] for place in request["places"]] == ["asked", "asked"]
    assert len(links_to("cleo@example.org")) == 1


def test_who_left_the_chart_and_opens_it_in_an_emergency_signs_nothing(http):
    request = request_for(http("ana"), document_of_cleo(http), [ANA_SIGNS]).json()
    with acting_as(actor("ada")):
        CareTeamMember.objects.filter(client_id=CLEO, person_id=ID["ana"]).update(end_date=clock.now().date())
    assert refused(staff_signs(http, request, "ana", "Ana Cast"), 404)
    emergency = http("ana").call("post", "/emergency-access", EMERGENCY)
    assert emergency.status_code == 201, emergency.content
    assert refused(staff_signs(http, request, "ana", "Ana Cast"), 403, "left_the_chart")
    declined = http("ana").call("post", f"/signature-requests/{request['id']}/refusal", {"reason": "No"})
    assert refused(declined, 403, "left_the_chart")
