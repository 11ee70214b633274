"""A document is shared by a link and taken back: nothing before the date of birth, nothing once it is over."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import Client, ClientGuardian
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument, DocumentShare
from mentalspace.documents.sharing import pages
from mentalspace.documents.sharing.links import SALT
from mentalspace.documents.tests.signing import BORN, document_of_cleo, reachable
from mentalspace.people.outside.sealed import Way, token_of
from mentalspace.practices.models import Practice
from mentalspace.storage.errors import FileMissing
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOW, actor
from tests.downtime import places_taken, read_only
from tests.http import Http, refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db


@pytest.fixture
def gil():
    """Cleo can be reached, and Gil acts for Cleo: he may sign, and not see the record."""
    return reachable()


@pytest.fixture
def document(http, gil):
    return document_of_cleo(http)


def share(browser, document, **more):
    body = {"id": str(uuid4()), "message": "As we spoke about.", **more}
    return browser.call("post", f"/documents/{document['id']}/shares", body)


def shared(http, document, **more):
    answer = share(http("ana"), document, **more)
    assert answer.status_code == 201, answer.content
    return answer.json()["shares"][0]


def link_to(address):
    return re.findall(r"https?://[^/]+(/d/\S+)", str(delivered(address)[-1].body))[0]


def opened(path, born=BORN):
    browser = Http(raise_request_exception=False)
    answer = browser.post(path, {"born": born})
    assert (answer.status_code, answer["Location"]) == (302, path), answer.content
    return browser


def listed(http, document, who="ana"):
    return http(who).read(f"/documents/{document['id']}/shares")


def test_shared_read_and_taken_back(http, document):
    one = shared(http, document)
    letter = delivered("cleo@example.org")[-1]
    for words in ("Cleo", "Client", "Consent", "Ana", "spoke"):
        assert words not in str(letter.body) + letter.subject
    path = link_to("cleo@example.org")
    for _ in range(2):  # scanners open every link
        page = Http().get(path)
        assert page.status_code == 200
        assert b"Date of birth" in page.content
        for secret in (b"Cleo", b"Consent", b"spoke", b"Ana Cast"):
            assert secret not in page.content
        turned_back = Http().get(f"{path}/document")
        assert (turned_back.status_code, turned_back["Location"]) == (302, path)
    assert page["Cache-Control"] == "no-store"
    cleo = opened(path)
    assert {"Consent", "As we spoke about.", "Ana Cast"} <= set(
        re.findall("Consent|As we spoke about.|Ana Cast", cleo.get(path).content.decode())
    )
    read = cleo.get(f"{path}/document")
    assert (read.status_code, read["Content-Type"], read.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert "attachment" in cleo.get(f"{path}/document?save")["Content-Disposition"]
    (row,) = listed(http, document)["shares"]
    assert (row["standing"], row["times_opened"], row["opened_at"] is not None) == ("good", 2, True)
    assert http("ana").read(f"/clients/{CLEO}/documents")["items"][0]["is_shared"]
    assert refused(http("otto").call("put", f"/document-shares/{one['id']}/taking-back"), 404)
    back = http("fay").call("put", f"/document-shares/{one['id']}/taking-back").json()["shares"][0]
    assert (back["standing"], back["revoked_by"]) == ("taken_back", "Fay Cast")
    again = http("ana").call("put", f"/document-shares/{one['id']}/taking-back").json()["shares"][0]
    assert again["revoked_by"] == "Fay Cast"
    for place, status in ((path, 200), (f"{path}/document?save", 404)):
        answer = cleo.get(place)
        assert (answer.status_code, b"This link is over" in answer.content) == (status, True)
        assert b"Consent" not in answer.content
    assert not http("ana").read(f"/clients/{CLEO}/documents")["items"][0]["is_shared"]


def test_everything_stands_in_the_trail(http, document):
    one = shared(http, document)
    cleo = opened(link_to("cleo@example.org"))
    cleo.get(link_to("cleo@example.org"))
    cleo.get(f"{link_to('cleo@example.org')}/document")
    http("ana").call("put", f"/document-shares/{one['id']}/taking-back")
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(client_ids__contains=[CLEO])
        events = set(rows.values_list("event", "action_description"))
    assert {
        ("document.shared", "Ana Cast shared a document by a link"),
        ("document_share.read", "The client, by a link opened a shared document's page"),
        ("document.read", "The client, by a link opened a document"),
        ("document.taken_back", "Ana Cast took a shared document back"),
    } <= events


def test_parts_of_one_reading_count_once(http, document):
    shared(http, document)
    path = f"{link_to('cleo@example.org')}/document"
    cleo = opened(link_to("cleo@example.org"))
    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        assert cleo.get(path, headers={"Range": part}).status_code == 206
    cleo.head(path)
    assert listed(http, document)["shares"][0]["times_opened"] == 1


def test_downtime_locks_nobody_out_of_a_link(http, document):
    shared(http, document)
    path = link_to("cleo@example.org")
    taken, browser = places_taken(), Http(raise_request_exception=False)
    with read_only():
        for born in ("1990-05-18", *[BORN] * 6):
            page = browser.post(path, {"born": born})
            assert (page.status_code, page["Retry-After"]) == (503, "60")
            assert b"This is being worked on just now" in page.content
        assert places_taken() == taken
    assert browser.post(path, {"born": BORN}).status_code == 302


def test_wrong_dates_of_birth_close_a_link(http, document):
    shared(http, document, days=365)
    path, browser = link_to("cleo@example.org"), Http()
    start = clock.now()
    for hour in range(4):
        with clock.frozen(start + timedelta(hours=2 * hour)):
            for _ in range(5):
                assert browser.post(path, {"born": "1990-05-18"}).status_code == 422
            assert browser.post(path, {"born": BORN}).status_code == 429
    with clock.frozen(start + timedelta(days=300)):
        answer = browser.post(path, {"born": BORN})
        assert (answer.status_code, b"this link is closed" in answer.content) == (429, True)
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event="document_share.wrong_birth", severity="warning").count() == 20


def test_one_link_opens_no_other(http, document):
    shared(http, document)
    first = link_to("cleo@example.org")
    other = shared(http, document)
    cleo = opened(first)
    second = link_to("cleo@example.org")
    assert first != second
    assert b"Date of birth" in cleo.get(second).content
    cleo.post(second, {"born": BORN})
    for each in (first, second):  # side by side
        assert cleo.get(f"{each}/document").status_code == 200
    token = second.removeprefix("/d/")
    elsewhere = token_of(Way(NEXT_DOOR, UUID(other["id"])), salt="documents.signing.links")
    for bad in (token[:-2] + "AA", token[:-1], "x" * 64, elsewhere, "ä" * 64):
        assert Http().get(f"/d/{bad}").status_code == 404
    with acting_as(actor("ada")), transaction.atomic():
        pk = DocumentShare.objects.get(pk=other["id"]).pk
    assert Http().get(f"/d/{token_of(Way(NEXT_DOOR, pk), salt=SALT)}").status_code == 404


def test_it_runs_out_and_what_is_shared_is_not_archived(http, document):
    shared(http, document, days=3)
    path = link_to("cleo@example.org")
    cleo = opened(path)
    held = http("ana").call("put", f"/documents/{document['id']}/archive")
    assert (held.status_code, held.json()["code"]) == (409, "document_shared")
    with acting_as(actor("ada")), transaction.atomic():
        ClientDocument.objects.filter(pk=document["id"]).update(status="archived", archived_at=NOW)
    assert b"This link is over" in cleo.get(path).content
    assert listed(http, document)["shares"][0]["standing"] == "archived"
    with acting_as(actor("ada")), transaction.atomic():
        ClientDocument.objects.filter(pk=document["id"]).update(status="active", archived_at=None)
    assert b"Consent" in cleo.get(path).content
    with clock.frozen(clock.now() + timedelta(days=3, minutes=1)):
        assert b"This link is over" in cleo.get(path).content
        assert listed(http, document)["shares"][0]["standing"] == "expired"


def test_who_may_not_see_the_record_any_more_is_shut_out(http, document, gil):
    refusal = share(http("ana"), document, guardian_id=str(gil.pk))
    assert refusal.json()["fields"]["guardian_id"][0].startswith("A link cannot go to this person")
    seen = {"verified_at": NOW, "verified_by_id": ID["ada"], "verified_how": "The order, seen"}
    with acting_as(actor("ada")), transaction.atomic():
        ClientGuardian.objects.filter(pk=gil.pk).update(can_view_record=True)
        ClientGuardian.objects.filter(pk=gil.pk).update(**seen)
    shared(http, document, guardian_id=str(gil.pk))
    path = link_to("gil@example.org")
    assert b"the person you act for" in Http().get(path).content
    gils = opened(path)
    assert b"Consent" in gils.get(path).content
    with acting_as(actor("ada")), transaction.atomic():
        ClientGuardian.objects.filter(pk=gil.pk).update(can_view_record=False)
    assert b"This link is over" in gils.get(path).content
    assert listed(http, document)["shares"][0]["standing"] == "not_entitled"


def test_a_minors_documents_do_not_go_to_the_minor(http, document):
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(date_of_birth=clock.now().date() - timedelta(days=12 * 365))
    assert [reader["name"] for reader in listed(http, document)["readers"]] == ["Gus Cast"]
    assert "guardian_id" in share(http("ana"), document).json()["fields"]


def test_twice_the_same_is_one(http, document):
    pk = str(uuid4())
    for _ in range(2):
        answer = share(http("ana"), document, id=pk)
        assert (answer.status_code, len(answer.json()["shares"])) == (201, 1)
    other = share(http("ana"), document, id=pk, message="Another")
    assert (other.status_code, other.json()["code"]) == (409, "shared_already")
    assert len(delivered("cleo@example.org")) == 1


def test_by_text_message_only_when_agreed(http, document):
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(primary_phone="+1 202 555 0143")
    assert "has_agreed" in share(http("ana"), document, channel="SMS").json()["fields"]
    assert shared(http, document, channel="SMS", has_agreed=True)["address"] == "+12025550143"


def test_what_cannot_be_shared(http, document):
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(email="")
    assert "channel" in share(http("ana"), document).json()["fields"]
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(email="cleo@example.org")
    http("ana").call("put", f"/documents/{document['id']}/archive")
    answer = share(http("ana"), document)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_to_be_shared")
    assert not mail.outbox


def test_who_may_share(http, document):
    assert refused(share(http("otto"), document), 404)
    assert refused(http("otto").call("get", f"/documents/{document['id']}/shares"), 404)
    assert share(http("fay"), document).status_code == 201
    for who in ("sam", "bea"):
        assert share(http(who), document).status_code in (403, 404), who
    assert len(listed(http, document)["shares"]) == 1


def test_a_message_not_sent_yet_is_called_off(http, document):
    one = shared(http, document)
    http("ana").call("put", f"/document-shares/{one['id']}/taking-back")
    assert not delivered("cleo@example.org")


def test_a_file_that_is_away_is_said(http, document, monkeypatch):
    shared(http, document)
    cleo = opened(link_to("cleo@example.org"))

    def away(*_, **__):
        raise FileMissing

    monkeypatch.setattr(pages, "served", away)
    answer = cleo.get(f"{link_to('cleo@example.org')}/document")
    assert b"cannot be opened just now" in answer.content
    assert listed(http, document)["shares"][0]["times_opened"] == 0


def test_a_newer_version_is_not_shared_by_itself(http, document):
    shared(http, document)
    answer = upload(http("ana"), f"/documents/{document['id']}/versions", pdf("Second"), "Consent.pdf")
    assert answer.status_code == 201, answer.content
    newer = answer.json()
    cleo = opened(link_to("cleo@example.org"))
    first = cleo.get(f"{link_to('cleo@example.org')}/document").content
    shared(http, newer)
    assert [one["version_number"] for one in listed(http, newer)["shares"]] == [2, 1]
    cleo = opened(link_to("cleo@example.org"))
    assert cleo.get(f"{link_to('cleo@example.org')}/document").content != first


def test_the_practice_is_named_and_can_be_called(http, document):
    with acting_as(actor("ada")), transaction.atomic():
        Practice.objects.filter(pk=HERE).update(phone="+1 202 555 0100")
    shared(http, document)
    assert b"tel:+1 202 555 0100" in Http().get(link_to("cleo@example.org")).content
