"""Who outside the practice may see a client, as named people: the portal, and those who act for a client."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import Client, ClientGuardian, ClientPortalAccess
from mentalspace.scheduling.models import Appointment
from tests.access.oracle import Thing
from tests.access.universes import model_of
from tests.access.world import _database_today
from tests.cast import CLEO, HERE, ID, NOOR, OLEG, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

OFF = {"enabled": False, "reason": "Asked for it by phone"}
MOTHER = {"name": "Mona Client", "relationship": "parent", "start_date": "2026-01-05", "can_view_record": True}


def seen(who):
    """The clients that somebody from outside the practice sees."""
    with acting_as(actor(who)):
        return set(Client.objects.values_list("pk", flat=True))


def sees_appointments(who):
    with acting_as(actor(who)):
        return set(Appointment.objects.values_list("client_id", flat=True))


def write_appointment():
    booked: dict[str, UUID | None] = {"client": CLEO, "clinician": ID["ana"], "created_by": ID["fay"]}
    with acting_as(actor("fay")):
        model_of(Thing("appointments", uuid4(), HERE, booked), date(2026, 1, 1)).save(force_insert=True)


def gus(http, who="fay"):
    return http(who).read(f"/clients/{CLEO}/authority")["guardians"][0]


def make_minor(client=NOOR, years=10):
    with acting_as(actor("fay")):
        Client.objects.filter(pk=client).update(date_of_birth=_database_today() - timedelta(days=365 * years))


def test_portal_off_is_cut_off_at_once(http):
    write_appointment()
    cleo = http("cleo")
    assert seen("cleo") == sees_appointments("cleo") == {CLEO}
    assert refused(cleo.call("get", "/me"), 403, "staff_only")
    answer = http("fay").call("put", f"/clients/{CLEO}/portal", OFF)
    assert answer.status_code == 200, answer.content
    portal = answer.json()["portal"]
    assert (portal["enabled"], portal["changed_by"], portal["reason"]) == (False, "Fay Cast", OFF["reason"])
    assert seen("cleo") == sees_appointments("cleo") == set()
    assert refused(cleo.call("get", "/me"), 401, "not_signed_in")
    assert http("fay").call("put", f"/clients/{CLEO}/portal", {"enabled": True}).status_code == 200
    assert seen("cleo") == {CLEO}
    assert refused(http("otto").call("put", f"/clients/{CLEO}/portal", OFF), 404)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 200), ("fay", 200), ("ana", 200), ("mia", 200), ("ash", 404), ("sam", 404), ("bea", 403)],
)
def test_who_turns_a_portal_off(http, who, status):
    assert http(who).call("put", f"/clients/{CLEO}/portal", OFF).status_code == status


def test_associate_and_supervisor_read_and_do_not_change(http):
    for who in ("ash", "sam"):
        assert http(who).read(f"/clients/{NOOR}/authority")["portal"]["has_account"] is False
        assert refused(http(who).call("put", f"/clients/{NOOR}/portal", OFF), 403, "not_allowed")
        assert refused(http(who).call("post", f"/clients/{NOOR}/guardians", MOTHER), 403, "not_allowed")


def test_nothing_is_turned_on_for_nobody(http):
    assert refused(http("fay").call("put", f"/clients/{THEO}/portal", {"enabled": True}), 409, "no_portal_account")
    answer = http("fay").call("put", f"/clients/{CLEO}/portal", {"enabled": False})
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["reason"]
    assert refused(http("otto").call("put", f"/clients/{THEO}/portal", {"enabled": True}), 404)


def test_authority_is_read_by_whoever_sees_the_chart(http):
    shown = http("ana").read(f"/clients/{CLEO}/authority")
    assert shown["portal"]["enabled"]
    assert shown["portal"]["has_account"]
    (guardian,) = shown["guardians"]
    assert (guardian["name"], guardian["state"], guardian["account_email"]) == (
        "Gus Cast",
        "in_force",
        "gus@example.org",
    )
    assert guardian["verified_by"] == "Ada Cast"
    for who in ("otto", "ash", "bea"):
        assert refused(http(who).call("get", f"/clients/{CLEO}/authority"), 404)
    with acting_as(actor("ada")):
        read = AuditLog.objects.get(event="client_authority.read")
    assert (read.user_id, read.client_ids) == (ID["ana"], [CLEO])


def test_a_guardian_sees_what_each_flag_permits_and_nothing_after_the_end(http):
    write_appointment()
    assert seen("gus") == sees_appointments("gus") == {CLEO}
    flags = {name: gus(http)[name] for name in ("can_message", "can_sign", "can_pay")}
    papers = {"ends_at_majority": False, "court_document": "Proxy of 3 January 2025"}
    path = f"/clients/{CLEO}/guardians/{gus(http)['id']}"
    narrowed = http("ana").call("put", path, papers | flags | {"can_view_record": False, "can_schedule": True})
    assert narrowed.status_code == 200, narrowed.content
    assert (seen("gus"), sees_appointments("gus")) == (set(), {CLEO})
    assert (
        http("ana").call("put", path, papers | flags | {"can_view_record": True, "can_schedule": False}).status_code
        == 200
    )
    assert seen("gus") == sees_appointments("gus") == set()  # for more than before: to be verified again
    assert http("ana").call("post", f"{path}/verification", {"how": "The proxy, signed"}).status_code == 200
    assert (seen("gus"), sees_appointments("gus")) == ({CLEO}, set())
    assert refused(http("otto").call("delete", path), 404)
    assert refused(http("bea").call("delete", path), 403)
    ended = http("ana").call("delete", path)
    assert ended.json()["guardians"][0]["state"] == "ended"
    assert seen("gus") == sees_appointments("gus") == set()
    assert refused(http("ana").call("delete", path), 409, "authority_ended")
    assert refused(http("ana").call("put", path, papers | flags | {"can_view_record": True, "can_schedule": True}), 409)


@pytest.mark.parametrize(
    ("change", "is_kept"),
    [
        ({}, True),
        ({"phone": "555 0100"}, True),
        ({"can_pay": False, "can_view_record": True}, True),
        ({"end_date": "2999-01-01"}, True),
        ({"can_sign": True}, False),
        ({"court_document": "Another paper"}, False),
    ],
)
def test_who_is_given_more_or_other_papers_is_to_be_verified_again(http, change, is_kept):
    before, fay = gus(http), http("fay")
    flags = {name: before[name] for name in before if name.startswith("can_")}
    papers = {"ends_at_majority": False, "court_document": before["court_document"]}
    path = f"/clients/{CLEO}/guardians/{before['id']}"
    assert refused(http("otto").call("put", path, papers | flags | change), 404)
    (after,) = fay.call("put", path, papers | flags | change).json()["guardians"]
    if is_kept:
        assert (after["state"], after["verified_by"], seen("gus")) == ("in_force", "Ada Cast", {CLEO})
    else:
        assert (after["state"], after["verified_at"], after["verified_how"]) == ("unverified", None, "")
        assert seen("gus") == seen("otto") - {OLEG} == set()


@pytest.mark.parametrize(
    ("first", "then", "is_kept"),
    [
        ({"name": "Gus Cast"}, {"name": "Somebody Else"}, False),
        ({"end_date": "2998-01-01"}, {"end_date": "2999-01-01"}, False),
        ({"end_date": "2998-01-01"}, {"end_date": None}, False),
        ({"end_date": "2998-01-01"}, {"end_date": "2997-01-01"}, True),
        ({}, {"start_date": "2020-01-01"}, False),
        ({}, {"start_date": "2025-06-01"}, True),
        ({}, {"ends_at_majority": True}, True),
        ({"ends_at_majority": True}, {"ends_at_majority": False}, False),
    ],
)
def test_the_database_unverifies_what_is_widened(first, then, is_kept):
    with acting_as(actor("fay")):
        row = ClientGuardian.objects.filter(client_id=CLEO)
        for change, kept in ((first, True), (then, is_kept)):
            if change:
                row.update(**change)
            assert row.filter(verified_at__isnull=False).exists() is kept


def test_an_authority_counts_only_once_it_is_verified(http):
    make_minor()
    fay = http("fay")
    added = fay.call("post", f"/clients/{NOOR}/guardians", MOTHER | {"account_email": "gus@example.org"})
    assert added.status_code == 201, added.content
    (mother,) = added.json()["guardians"]
    assert (mother["state"], mother["verified_at"]) == ("unverified", None)
    assert seen("gus") == {CLEO}
    path = f"/clients/{NOOR}/guardians/{mother['id']}/verification"
    assert refused(http("ash").call("post", path, {"how": "Birth certificate"}), 403, "not_allowed")
    assert refused(http("otto").call("post", path, {"how": "Birth certificate"}), 404)
    (mother,) = fay.call("post", path, {"how": "Birth certificate"}).json()["guardians"]
    assert (mother["state"], mother["verified_by"], mother["verified_how"]) == (
        "in_force",
        "Fay Cast",
        "Birth certificate",
    )
    assert seen("gus") == {CLEO, NOOR}
    assert refused(fay.call("post", path, {"how": "Again"}), 409, "already_verified")


@pytest.mark.parametrize(
    ("state", "age", "in_force"),
    [("", 17, True), ("", 19, False), ("AL", 18, True), ("Nebraska", 20, False), ("MS", 20, True)],
)
def test_it_ends_on_the_day_the_client_comes_of_age_in_their_state(http, state, age, in_force):
    make_minor(years=5)
    added = http("fay").call("post", f"/clients/{NOOR}/guardians", MOTHER | {"account_email": "gus@example.org"})
    path = f"/clients/{NOOR}/guardians/{added.json()['guardians'][0]['id']}"
    assert http("fay").call("post", f"{path}/verification", {"how": "Birth certificate"}).status_code == 200
    today = _database_today()
    with acting_as(actor("fay")):  # the date of birth is corrected: the database reckons anew
        born = today.replace(year=today.year - age, day=1)
        Client.objects.filter(pk=NOOR).update(date_of_birth=born, state=state)
    assert (NOOR in seen("gus")) is in_force
    assert http("fay").read(f"/clients/{NOOR}/authority")["guardians"][0]["state"] == (
        "in_force" if in_force else "of_age"
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "ends_at_majority"),
        ({"ends_at_majority": False}, "court_document"),
        ({"ends_at_majority": False, "court_document": "Order 12", "end_date": "2026-01-05"}, "end_date"),
        ({"account_email": "nobody@example.org"}, "account_email"),
        ({"account_email": "ana@example.org"}, "account_email"),
        ({"account_email": "cleo@example.org"}, "account_email"),
        (
            dict.fromkeys(("can_view_record", "can_schedule", "can_message", "can_sign", "can_pay"), False),
            "can_view_record",
        ),
    ],
)
def test_an_authority_that_makes_no_sense_names_the_field_and_is_not_kept(http, change, field):
    """Cleo is of age: what ends with childhood is over before it begins."""
    answer = http("fay").call("post", f"/clients/{CLEO}/guardians", MOTHER | change)
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == [field]
    assert len(http("fay").read(f"/clients/{CLEO}/authority")["guardians"]) == 1
    assert refused(http("otto").call("post", f"/clients/{CLEO}/guardians", MOTHER | change), 404)


@pytest.mark.parametrize(
    "change",
    [
        {"person_id": ID["cleo"]},
        {"client_id": NOOR},
        {"verified_by_id": ID["fay"]},
        {"verified_how": "x"},
        {"relationship": "parent"},
    ],
)
def test_whose_authority_it_is_and_who_verified_it_does_not_change(change):
    with acting_as(actor("fay")), pytest.raises(DatabaseError, match="not"), transaction.atomic():
        ClientGuardian.objects.filter(client_id=CLEO).update(**change)


def test_nobody_enters_an_authority_as_verified_or_revives_one():
    row = {"name": "x", "relationship": "parent", "start_date": date(2026, 1, 1), "created_by_id": ID["fay"]}
    verified = {"verified_at": "2026-01-01T00:00Z", "verified_by_id": ID["ada"], "verified_how": "x"}
    with acting_as(actor("fay")):
        with pytest.raises(DatabaseError, match="entered first"), transaction.atomic():
            ClientGuardian(practice_id=HERE, client_id=NOOR, **row, **verified).save(force_insert=True)
        ClientGuardian.objects.filter(client_id=CLEO).update(end_date=_database_today())
        with pytest.raises(DatabaseError, match="not revived"), transaction.atomic():
            ClientGuardian.objects.filter(client_id=CLEO).update(end_date=None)


def test_who_verified_is_who_acts_whatever_was_sent():
    row = {"name": "x", "relationship": "parent", "start_date": date(2026, 1, 1), "created_by_id": ID["fay"]}
    with acting_as(actor("fay")):
        guardian = ClientGuardian(practice_id=HERE, client_id=NOOR, **row)
        guardian.save(force_insert=True)
        guardian.write(verified_at="2001-01-01T00:00Z", verified_by_id=ID["ada"], verified_how="x")
        guardian.refresh_from_db()
        assert guardian.verified_by_id == ID["fay"]
        assert guardian.verified_at
        assert guardian.verified_at.year > 2001
        guardian.write(person_id=ID["gus"])  # the papers were of a name, not of this account
        guardian.refresh_from_db()
        assert guardian.verified_at is None


def test_one_portal_for_each_client():
    with acting_as(actor("fay")), pytest.raises(DatabaseError, match="unique"), transaction.atomic():
        ClientPortalAccess(practice_id=HERE, client_id=CLEO, enabled=True, changed_by_id=ID["fay"]).save(
            force_insert=True
        )


def test_statement_budget(http, django_assert_max_num_queries):
    ana = http("ana")
    ana.read(f"/clients/{CLEO}/authority")
    with django_assert_max_num_queries(10):
        ana.read(f"/clients/{CLEO}/authority")


def test_next_door_stays_next_door(http):
    for method, path, body in (
        ("put", f"/clients/{OLEG}/portal", OFF),
        ("post", f"/clients/{OLEG}/guardians", MOTHER),
        ("get", f"/clients/{OLEG}/authority", None),
    ):
        assert refused(http("fay").call(method, path, body), 404)
        assert refused(http("ada").call(method, path, body), 404)
