"""What signers are told, and what is shown of it: addresses that change, mails called off, requests that end, copies
that cannot be made, and colleagues who leave."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import CareTeamMember, Client, ClientGuardian
from mentalspace.core import clock
from mentalspace.core.printing.words import moment
from mentalspace.documents.models import SignatureRequest, SignatureRequestSigner
from mentalspace.documents.signing import advancing, rules
from mentalspace.documents.tests.signing import (
    ANA_SIGNS,
    CLEO_SIGNS,
    document_of_cleo,
    form,
    go_on,
    links_to,
    opened,
    reachable,
    request_for,
    staff_signs,
)
from mentalspace.notify.models import Notification, StaffNotification
from mentalspace.practices.system import system_actor
from mentalspace.storage.errors import InspectionAway
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.http import Http, refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db
CLEO_MAIL, GIL_MAIL = "cleo@example.org", "gil@example.org"
OURS = system_actor(HERE)


def sent(http, *signers, **more):
    reachable()
    return request_for(http("ana"), document_of_cleo(http), [*signers] or [CLEO_SIGNS], **more).json()


def gil():
    with acting_as(actor("ada")):
        return {"id": str(ClientGuardian.objects.get(email=GIL_MAIL).pk), "role": "Guardian"}


def places(http, request, who="ana"):
    return http(who).read(f"/signature-requests/{request['id']}")["places"]


def move(**address):
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(**address)


def remind(http, request, who="ana"):
    return http(who).call("post", f"/signature-requests/{request['id']}/reminder")


def rung(who, kind):
    with acting_as(actor(who)):
        return StaffNotification.objects.filter(kind=kind).count()


# --- What the outbox says --------------------------------------------------------------------


def test_the_panel_says_what_the_outbox_says(http):
    request = sent(http)
    (place,) = places(http, request)
    assert (place["mail"]["state"], place["mail"]["address"], place["mail"]["what"]) == ("waiting", CLEO_MAIL, "link")
    delivered()
    assert places(http, request)[0]["mail"]["state"] == "sent"


def test_a_mail_that_was_called_off_is_not_shown_as_sent(http):
    request = sent(http)
    with acting_as(actor("ada")):
        row = Notification.objects.get()
    assert http("ada").call("delete", f"/messages/{row.pk}").status_code == 200
    for who in ("ana", "fay", "ada"):
        assert places(http, request, who)[0]["mail"]["state"] == "called_off"
    assert refused(http("otto").call("get", f"/signature-requests/{request['id']}"), 404)


def test_of_the_outbox_nothing_else_is_seen_with_it(http):
    sent(http)
    with acting_as(actor("ana")):
        (row,) = Notification.objects.all()
        assert row.kind == "signature.link"
    assert refused(http("ana").call("get", "/messages"), 404), "there is no outbox for her"
    assert refused(http("ana").call("get", f"/messages/{row.pk}"), 404)
    assert refused(http("ana").call("delete", f"/messages/{row.pk}"), 404)
    for who in ("ash", "otto"):
        with acting_as(actor(who)):
            assert not Notification.objects.exists()


# --- Addresses -------------------------------------------------------------------------------


def test_a_reminder_goes_to_the_address_of_now_and_says_so(http):
    request = sent(http)
    (path,) = links_to(CLEO_MAIL)
    move(email="new@example.org")
    (place,) = places(http, request)
    assert (place["mail"]["address"], place["address_now"], place["email"]) == (CLEO_MAIL, "new@example.org", CLEO_MAIL)
    assert remind(http, request).status_code == 200
    assert links_to("new@example.org") == [path]
    assert len(delivered(CLEO_MAIL)) == 1
    assert places(http, request)[0]["mail"]["address"] == "new@example.org"


def test_a_guardians_too_and_whoever_is_asked_later(http):
    reachable()
    request = request_for(http("ana"), document_of_cleo(http), [CLEO_SIGNS, gil()]).json()
    with acting_as(actor("ada")), transaction.atomic():
        ClientGuardian.objects.filter(email=GIL_MAIL).update(email="gil@new.example")
    (path,) = links_to(CLEO_MAIL)
    opened(path).post(path, form(request, "Cleo Client"))
    go_on(request)
    assert delivered(GIL_MAIL) == []
    assert len(links_to("gil@new.example")) == 1


def test_without_an_address_nobody_is_reminded_and_it_says_so(http):
    request = sent(http)
    move(email="")
    assert refused(remind(http, request), 409, "nobody_to_remind")
    assert places(http, request)[0]["address_now"] == ""
    assert len(delivered(CLEO_MAIL)) == 1


def next_one_without_an_address(http):
    """Cleo signs, then it is her guardian's turn, whose address was taken out of the chart meanwhile."""
    reachable()
    request = request_for(http("ana"), document_of_cleo(http), [CLEO_SIGNS, gil()]).json()
    with acting_as(actor("ada")), transaction.atomic():
        ClientGuardian.objects.filter(email=GIL_MAIL).update(email="")
    (path,) = links_to(CLEO_MAIL)
    opened(path).post(path, form(request, "Cleo Client"))
    go_on(request)
    return request


def test_whoever_sent_it_hears_that_the_next_one_has_no_address(http):
    request = next_one_without_an_address(http)
    for _ in range(2):
        go_on(request)
    place = places(http, request)[1]
    assert (place["state"], place["mail"], place["email"], place["address_now"]) == ("asked", None, GIL_MAIL, "")
    assert (rung("ana", "signature.no_address"), rung("mia", "signature.no_address")) == (1, 0)


def test_a_reminder_says_whom_it_left_out(http):
    reachable()
    request = request_for(http("ana"), document_of_cleo(http), [CLEO_SIGNS, gil()], is_ordered=False).json()
    move(email="")
    answer = remind(http, request).json()
    assert [place["address_now"] for place in answer["places"]] == ["", GIL_MAIL]
    assert (len(delivered(CLEO_MAIL)), len(delivered(GIL_MAIL))) == (1, 2)
    assert refused(remind(http, request, "otto"), 404)


# --- When it ends otherwise ------------------------------------------------------------------


def ended_after_cleo_signed(http, how):
    """Cleo signs, then Ana is asked; what happens next is `how`."""
    request = sent(http, CLEO_SIGNS, ANA_SIGNS)
    (path,) = links_to(CLEO_MAIL)
    opened(path).post(path, form(request, "Cleo Client"))
    go_on(request)
    if how == "withdrawn":
        assert http("ada").call("post", f"/signature-requests/{request['id']}/withdrawal").status_code == 200
    if how == "declined":
        declined = http("ana").call("post", f"/signature-requests/{request['id']}/refusal", {"reason": "No"})
        assert declined.status_code == 200
    return request


@pytest.mark.parametrize("how", ["withdrawn", "declined", "expired"])
def test_whoever_has_signed_hears_once_that_it_ended(http, how):
    request = ended_after_cleo_signed(http, how)
    with clock.frozen(clock.now() + timedelta(days=30 if how == "expired" else 0)):
        for _ in range(3):
            advancing.catch_up(OURS)
            go_on(request)
        told = [letter for letter in delivered(CLEO_MAIL) if letter.subject == "A document you signed"]
    assert http("ada").read(f"/signature-requests/{request['id']}")["status"] == how
    assert len(told) == 1
    assert "Cleo" not in str(told[0].body)
    assert "http" not in str(told[0].body)


def test_staff_who_have_signed_hear_under_the_bell(http):
    request = sent(http, {"id": str(ID["mia"]), "role": "Witness"}, CLEO_SIGNS)
    assert staff_signs(http, request, "mia", "Mia Cast").status_code == 200
    go_on(request)
    http("ana").call("post", f"/signature-requests/{request['id']}/withdrawal")
    for _ in range(2):
        go_on(request)
    assert (rung("mia", "signature.void"), rung("ana", "signature.void")) == (1, 0)


def test_nobody_hears_of_an_end_who_had_not_signed(http):
    request = sent(http)
    http("ana").call("post", f"/signature-requests/{request['id']}/withdrawal")
    go_on(request)
    assert [letter.subject for letter in delivered(CLEO_MAIL)] in ([], ["A document to sign"])


# --- A copy that cannot be made --------------------------------------------------------------


def given_up(http, monkeypatch):
    def broken(*_):
        raise InspectionAway

    request = sent(http, ANA_SIGNS)
    staff_signs(http, request, "ana", "Ana Cast")
    monkeypatch.setattr(advancing, "joined", broken)
    began, tries = clock.now(), 0
    with clock.frozen(began):
        advancing.catch_up(OURS)
    for minutes in range(0, 48 * 60, 10):
        with clock.frozen(began + timedelta(minutes=minutes)):
            advancing.catch_up(OURS)
    with acting_as(actor("ada")):
        tries = SignatureRequest.objects.get().copy_tries
    return request, tries


def test_after_so_many_tries_it_is_marked_and_told_and_can_be_tried_again(http, monkeypatch):
    request, tries = given_up(http, monkeypatch)
    shown = http("ana").read(f"/signature-requests/{request['id']}")
    assert tries == rules.MOST_TRIES
    assert (shown["status"], shown["sealed_id"]) == ("signed", None)
    assert shown["copy_given_up_at"] is not None
    assert rung("ana", "signature.no_copy") == 1
    again = f"/signature-requests/{request['id']}/copy"
    assert refused(http("otto").call("post", again), 404)
    monkeypatch.undo()
    assert http("ana").call("post", again).json()["copy_given_up_at"] is None
    assert refused(http("ana").call("post", again), 409, "no_copy_to_make"), "pressed twice"
    go_on(request)
    assert http("ana").read(f"/signature-requests/{request['id']}")["sealed_id"] is not None
    assert refused(http("ana").call("post", again), 409, "no_copy_to_make")


def test_tried_again_a_day_later_it_has_all_its_tries_before_it(http, monkeypatch):
    request, _ = given_up(http, monkeypatch)
    again = f"/signature-requests/{request['id']}/copy"
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert http("ana").call("post", again).status_code == 200
        for _ in range(5):
            advancing.catch_up(OURS)
    with acting_as(actor("ada")):
        row = SignatureRequest.objects.get()
    assert (row.copy_tries, row.copy_given_up_at) == (2, None), "one at once, one after, then ever later"
    with acting_as(actor("ana")), pytest.raises(DatabaseError, match="stays as it was sent"), transaction.atomic():
        row.write(copy_retried_at=clock.now() - timedelta(days=9))


def test_a_copy_that_can_never_be_made_does_not_hold_its_document(http, monkeypatch):
    request, _ = given_up(http, monkeypatch)
    path = f"/documents/{request['document_id']}"
    shown = http("ana").read(path)
    assert (shown["is_out"], shown["is_copy_given_up"]) == (True, True)
    assert refused(http("otto").call("put", f"{path}/archive"), 404)
    assert http("ana").call("put", f"{path}/archive").status_code == 200
    again = f"/signature-requests/{request['id']}/copy"
    assert refused(http("ana").call("post", again), 409, "document_not_active")
    assert http("ana").call("delete", f"{path}/archive").status_code == 200
    assert http("ana").call("post", again).status_code == 200
    assert refused(http("ana").call("put", f"{path}/archive"), 409, "out_for_signature")


# --- A copy that did not arrive --------------------------------------------------------------


def sealed(http):
    request = sent(http)
    (path,) = links_to(CLEO_MAIL)
    opened(path).post(path, form(request, "Cleo Client"))
    return request, path


def copies(address=CLEO_MAIL):
    return [letter for letter in delivered(address) if letter.subject == "Your signed copy"]


def test_a_link_gives_the_copy_for_as_long_as_its_mail_says(http):
    """The copy was made a day after the last signature: both count from when it was made."""
    request, path = sealed(http)
    made = clock.now() + timedelta(days=1)
    with clock.frozen(made):
        go_on(request)
        (letter,) = copies()
    assert moment(made + rules.COPY_LASTS, "America/New_York") in letter.body
    with clock.frozen(made + rules.COPY_LASTS - timedelta(minutes=1)):
        assert opened(path).get(f"{path}/document").status_code == 200
    with clock.frozen(made + rules.COPY_LASTS):
        assert Http(raise_request_exception=False).get(f"{path}/document").status_code == 404


def test_a_copy_is_sent_again_to_the_address_of_now_while_links_give_it(http):
    request, _ = sealed(http)
    again = f"/signature-requests/{request['id']}/copy-mail"
    assert refused(http("ana").call("post", again), 409, "no_copy_to_send"), "not made yet"
    move(email="")
    go_on(request)
    (place,) = places(http, request)
    assert (place["mail"]["what"], place["address_now"], copies()) == ("link", "", [])
    assert refused(http("ana").call("post", again), 409, "nobody_to_remind")
    move(email="new@example.org")
    assert refused(http("otto").call("post", again), 404)
    answer = http("ana").call("post", again).json()
    assert (answer["gives_copy"], answer["places"][0]["mail"]["what"]) == (True, "copy")
    assert len(copies("new@example.org")) == 1
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert refused(http("ana").call("post", again), 409, "no_copy_to_send")
        assert http("ana").read(f"/signature-requests/{request['id']}")["gives_copy"] is False


def test_tries_come_ever_later_and_last_most_of_a_day():
    pauses = [rules.copy_due(NOW, tries) - NOW for tries in range(rules.MOST_TRIES)]
    assert pauses == sorted(pauses)
    assert pauses[:4] == [timedelta(minutes=m) for m in (0, 0, 10, 30)]
    assert timedelta(hours=20) < pauses[-1] < timedelta(hours=24)


# --- Who has left ----------------------------------------------------------------------------


def test_a_colleague_who_left_the_care_team_is_shown_as_gone(http):
    request = sent(http, ANA_SIGNS, CLEO_SIGNS)
    assert [place["is_gone"] for place in places(http, request)] == [False, False]
    with acting_as(actor("ada")), transaction.atomic():
        CareTeamMember.objects.filter(client_id=CLEO, person_id=ID["ana"]).update(end_date=NOW.date())
    assert [place["is_gone"] for place in places(http, request, "ada")] == [True, False]


# --- How they are born -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("signature_requests", "status = 'signed', closed_at = now()"),
        ("signature_requests", "document_sha256 = md5('x') || md5('y')"),
        ("signature_requests", "copy_tries = 3"),
        ("signature_request_signers", "state = 'closed'"),
        ("signature_request_signers", "signed_name = 'Cleo Client'"),
        ("signature_request_signers", "decided_at = now()"),
        ("signature_request_signers", "request_id = (select id from signature_requests where status = 'withdrawn')"),
    ],
)
def test_nothing_is_born_answered_whoever_adds_it(http, table, wrong):
    """The trigger says no before any sentence is asked, so it does to those for whom no sentence holds."""
    over = sent(http)
    http("ana").call("post", f"/signature-requests/{over['id']}/withdrawal")
    request = request_for(http("ana"), document_of_cleo(http), [CLEO_SIGNS]).json()
    pk = request["id"] if table == "signature_requests" else request["places"][0]["id"]
    with acting_as(actor("ada")), pytest.raises(DatabaseError, match=r"begins (open|empty)"), transaction.atomic():
        connection.cursor().execute(_copied(table, wrong), [pk])


def _copied(table, wrong):
    model = SignatureRequest if table == "signature_requests" else SignatureRequestSigner
    columns = [str(field.column) for field in model._meta.concrete_fields]
    changed = dict(part.split(" = ", 1) for part in wrong.split(", ") if " = " in part)
    values = [changed.get(name, f"'{uuid4()}'::uuid" if name == "id" else name) for name in columns]
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE id = %s"
