"""A client signs by a link: nothing before the date of birth, nothing by looking, once, and only while it is asked."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from pypdf import PdfReader

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.clients.models import ClientGuardian
from mentalspace.core import clock
from mentalspace.documents.models import SignatureRequestSigner
from mentalspace.documents.signing import advancing, pages
from mentalspace.documents.signing.links import SALT
from mentalspace.documents.tests.signing import (
    ANA_SIGNS,
    BORN,
    CLEO_SIGNS,
    SCRAWL,
    document_of_cleo,
    form,
    go_on,
    links_to,
    opened,
    reachable,
    request_for,
    staff_signs,
)
from mentalspace.people.outside.sealed import Way, token_of, way_of
from mentalspace.practices.system import system_actor
from mentalspace.storage.errors import FileMissing, InQuarantine, StorageAway
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, actor
from tests.http import Http, refused

pytestmark = pytest.mark.django_db
NAME = "Cleo Client"


@pytest.fixture
def sent(http):
    """Cleo first, then Ana."""
    reachable()
    answer = request_for(http("ana"), document_of_cleo(http), [CLEO_SIGNS, ANA_SIGNS])
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def path(sent):
    (found,) = links_to("cleo@example.org")
    return found


def place_of(request, number=0):
    with acting_as(actor("ada")):
        return SignatureRequestSigner.objects.get(pk=request["places"][number]["id"])


def events(prefix):
    with acting_as(actor("ada")):
        return list(
            AuditLog.objects.filter(event__startswith=prefix)
            .order_by("created_at")
            .values_list("event", "action_description")
        )


def now(http, request):
    return http("ana").read(f"/signature-requests/{request['id']}")


def test_the_message_names_nobody_and_no_document(sent, path):
    letter = mail.outbox[-1]
    assert letter.subject == "A document to sign"
    for secret in ("Cleo", "Client", "Consent", "Ana", "Monday"):
        assert secret not in letter.body + letter.subject


def test_nothing_is_shown_before_the_date_of_birth(sent, path):
    for _ in range(2):  # scanners open every link
        page = Http().get(path)
        assert page.status_code == 200
        assert b"Date of birth" in page.content
        for secret in (b"Cleo", b"Consent", b"Ana Cast"):
            assert secret not in page.content
        turned_back = Http().get(f"{path}/document")
        assert (turned_back.status_code, turned_back["Location"]) == (302, path)
    answer = Http().post(path, form(sent, NAME))
    assert (answer.status_code, place_of(sent).state) == (302, "asked")
    assert page["Cache-Control"] == "no-store"


def test_the_client_reads_signs_and_keeps_a_copy(http, sent, path):
    cleo = opened(path)
    page = cleo.get(path)
    for words in ("Consent", "Please sign before Monday.", "Ana Cast", "I agree to read and sign", "I have read this"):
        assert words in page.content.decode()
    read = cleo.get(f"{path}/document")
    assert (read.status_code, read["Content-Type"], read["X-Frame-Options"]) == (200, "application/pdf", "SAMEORIGIN")
    assert "attachment" in cleo.get(f"{path}/document?save")["Content-Disposition"]
    assert cleo.post(path, form(sent, " cleo  CLIENT", drawing=SCRAWL)).status_code == 302
    assert b"You signed this document" in cleo.get(path).content
    signed = place_of(sent)
    assert (signed.state, signed.method, signed.signed_name, signed.ip_address) == (
        "signed",
        "drawn",
        "cleo CLIENT",
        "127.0.0.1",
    )
    go_on(sent)
    assert staff_signs(http, sent, "ana", "Ana Cast").status_code == 200
    go_on(sent)
    done = now(http, sent)
    assert done["status"] == "signed"
    (_, again) = links_to("cleo@example.org")
    assert again == path
    copy = cleo.get(f"{path}/document?save")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(copy.content)).pages]
    assert len(pages) == 2
    for words in ("cleo CLIENT", "Signature drawn", "Link sent to cleo@example.org", "date of birth", "Ana Cast"):
        assert words in pages[-1]
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert b"This link is over" in cleo.get(path).content
    assert refused(http("otto").call("get", f"/signature-requests/{sent['id']}"), 404)


def test_everything_stands_in_the_trail(sent, path):
    cleo = opened(path)
    cleo.get(path)
    cleo.get(f"{path}/document")
    cleo.post(path, form(sent, NAME))
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(action_type=PHI_ACCESS, client_ids__contains=[CLEO], user_id=HERE)
        seen = set(rows.values_list("event", "action_description"))
    assert ("document.read", "The client, by a link opened a document") in seen
    assert ("signature.given_by_link", "The client, by a link signed a document") in events("signature.given")


def test_wrong_dates_of_birth_are_counted(sent, path):
    browser = Http()
    for _ in range(5):
        assert browser.post(path, {"do": "identify", "born": "1990-05-18"}).status_code == 422
    assert browser.post(path, {"do": "identify", "born": BORN}).status_code == 429
    assert len(events("signature.identity_refused")) == 5
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event="signature.identity_refused", client_ids=[CLEO]).count() == 5
    with clock.frozen(clock.now() + timedelta(hours=2)):
        for _ in range(20):
            opened(path)  # the right one takes no place


def test_a_closed_place_does_not_say_whether_a_date_is_right(http, sent, path):
    http("ana").call("post", f"/signature-requests/{sent['id']}/withdrawal")
    for born in ("1990-05-18", BORN):
        page = Http().post(path, {"do": "identify", "born": born})
        assert (page.status_code, b"This link is over" in page.content) == (200, True)
    assert events("signature.identity_refused") == []


def test_any_part_of_the_document_stands_in_the_trail(sent, path):
    assert opened(path).get(f"{path}/document", headers={"Range": "bytes=1-"}).status_code == 206
    assert ("document.read", "The client, by a link opened a document") in events("document.read")


@pytest.mark.parametrize("why", [FileMissing, InQuarantine, StorageAway])
def test_a_file_that_cannot_be_opened_is_said_in_words(sent, path, monkeypatch, why):
    def away(*_, **__):
        raise why

    monkeypatch.setattr(pages, "served", away)
    page = opened(path).get(f"{path}/document")
    assert (page.status_code, b"cannot be opened just now" in page.content) == (why.status, True)
    assert ("document.read", "The client, by a link opened a document") not in events("document.read")


@pytest.mark.parametrize("born", ["", "x", "17/05/1990", "1990-02-31", "\0"])
def test_what_is_no_date_is_a_wrong_one(sent, path, born):
    assert Http().post(path, {"do": "identify", "born": born}).status_code == 422


def test_what_is_missing_is_said_and_nothing_is_lost(sent, path):
    cleo = opened(path)
    for more in (
        {"name": "Gus Cast"},
        {"name": ""},
        {"consents": ""},
        {"intends": ""},
        {"drawing": "<svg>"},
        {"drawing": "[[1,2]]"},
        {"drawing": "[[700,2,3,4]]"},
        {"document": "0" * 64},
    ):
        page = cleo.post(path, form(sent, NAME) | more)
        assert page.status_code in (409, 422), more
        assert b'role="alert"' in page.content
        if "name" not in more:
            assert f'value="{NAME}"' in page.content.decode()
    assert place_of(sent).state == "asked"
    assert cleo.post(path, form(sent, NAME)).status_code == 302
    assert place_of(sent).state == "signed"


def test_a_double_click_signs_once(http, sent, path):
    cleo = opened(path)
    for _ in range(2):
        assert cleo.post(path, form(sent, NAME)).status_code == 302
    assert len(events("signature.given")) == 1
    assert cleo.post(path, {"do": "decline", "reason": "No"}).status_code == 302
    assert place_of(sent).state == "signed"


def test_the_client_declines_with_a_reason(http, sent, path):
    cleo = opened(path)
    assert cleo.post(path, {"do": "decline", "reason": " "}).status_code == 422
    assert cleo.post(path, {"do": "decline", "reason": "The fee is wrong."}).status_code == 302
    go_on(sent)
    assert b"You have declined" in cleo.get(path).content
    over = now(http, sent)
    assert (over["status"], over["places"][0]["decline_reason"]) == ("declined", "The fee is wrong.")


def test_withdrawn_while_the_page_is_open(http, sent, path):
    cleo = opened(path)
    assert http("ana").call("post", f"/signature-requests/{sent['id']}/withdrawal").status_code == 200
    assert cleo.post(path, form(sent, NAME)).status_code == 302
    assert b"This link is over" in cleo.get(path).content
    assert cleo.get(f"{path}/document").status_code == 404
    go_on(sent)
    assert place_of(sent).state == "closed"


def test_expired_while_the_page_is_open(sent, path):
    cleo = opened(path)
    with clock.frozen(clock.now() + timedelta(days=14, minutes=1)):
        assert cleo.post(path, form(sent, NAME)).status_code == 302
        assert b"This link is over" in cleo.get(path).content
        advancing.catch_up(system_actor(HERE))
    assert place_of(sent).state == "closed"


def test_whose_turn_it_is_not_sees_nothing(http):
    reachable()
    request = request_for(http("ana"), document_of_cleo(http), [ANA_SIGNS, CLEO_SIGNS]).json()
    assert links_to("cleo@example.org") == []
    path = f"/s/{token_of(Way(HERE, place_of(request, 1).pk), salt=SALT)}"
    assert b"not your turn" in opened_anyway(path).get(path).content
    assert opened_anyway(path).get(f"{path}/document").status_code == 404
    staff_signs(http, request, "ana", "Ana Cast")
    go_on(request)
    assert links_to("cleo@example.org") == [path]


def opened_anyway(path):
    browser = Http()
    browser.post(path, {"do": "identify", "born": BORN})
    return browser


def test_a_guardian_signs_while_the_authority_lasts(http):
    gil = reachable()
    signers = [{"id": str(gil.pk), "role": "Guardian"}, CLEO_SIGNS]
    request = request_for(http("ana"), document_of_cleo(http), signers, is_ordered=False).json()
    (path,) = links_to("gil@example.org")
    browser = opened(path)
    assert b"the person you act for" in Http().get(path).content
    with acting_as(actor("ada")):
        ClientGuardian.objects.filter(pk=gil.pk).update(can_sign=False)
    page = browser.post(path, form(request, "Gil Cast"))
    assert (page.status_code, b"no longer says that you may sign" in page.content) == (403, True)
    with acting_as(actor("ada")), transaction.atomic():
        ClientGuardian.objects.filter(pk=gil.pk).update(can_sign=True)
        ClientGuardian.objects.get(pk=gil.pk).write(
            verified_at=clock.now(), verified_by_id=ID["ada"], verified_how="Seen"
        )
    assert browser.post(path, form(request, "Gil Cast")).status_code == 302
    assert place_of(request).state == "signed"


def test_only_who_can_be_reached_and_may_sign_is_asked(http):
    document, ana = document_of_cleo(http), http("ana")
    assert refused(request_for(ana, document, [CLEO_SIGNS]), 422, "bad_input")  # no address yet
    gil = reachable()
    with acting_as(actor("ada")), transaction.atomic():
        gus = ClientGuardian.objects.get(name="Gus Cast")
    for signer in (
        {"id": str(gus.pk), "role": "Guardian"},
        {"id": str(gil.pk), "role": "Client"},
        {"id": str(ID["ana"]), "role": "Client"},
        {"id": str(CLEO), "role": "Witness"},
    ):
        assert refused(request_for(ana, document, [signer]), 422, "bad_input")
    options = {one["name"]: one for one in ana.read(f"/clients/{CLEO}/possible-signers")}
    assert (options["Cleo Client"]["kind"], options["Gil Cast"]["detail"]) == ("client", "Guardian")
    assert "Gus Cast" not in options


def test_a_link_opens_its_own_place_only(http, sent, path):
    other = f"/s/{token_of(Way(HERE, place_of(sent, 1).pk), salt=SALT)}"
    cleo = opened(path)
    assert b"Date of birth" not in cleo.get(path).content
    assert cleo.get(f"{other}/document").status_code == 404
    token = path.removeprefix("/s/")
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    elsewhere = token_of(Way(NEXT_DOOR, place_of(sent).pk), salt=SALT)
    for bad in ("x", token[:40], flipped, token + "AAAA", elsewhere, "é" * 64, "%00", "=" * 64):
        assert Http().get(f"/s/{bad}").status_code == 404, bad
        assert Http().post(f"/s/{bad}", {"do": "identify", "born": BORN}).status_code == 404
    assert way_of(token, salt=SALT) is not None


def test_reminded_with_the_same_link(http, sent, path):
    for _ in range(2):
        assert http("fay").call("post", f"/signature-requests/{sent['id']}/reminder").status_code == 200
    assert links_to("cleo@example.org") == [path] * 3
    assert refused(http("otto").call("post", f"/signature-requests/{sent['id']}/reminder"), 404)
    for _ in range(8):
        http("fay").call("post", f"/signature-requests/{sent['id']}/reminder")
    assert refused(http("fay").call("post", f"/signature-requests/{sent['id']}/reminder"), 429)


def test_the_page_needs_its_token_and_the_pen_is_there(sent, path):
    strict = Http(enforce_csrf_checks=True)
    assert strict.post(path, {"do": "identify", "born": BORN}).status_code == 403
    pen = Http().get("/s/pen.js")
    assert (pen.status_code, pen["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert Http().get("/s/pen.js", headers={"If-None-Match": pen["ETag"]}).status_code == 304
