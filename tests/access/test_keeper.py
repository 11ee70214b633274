"""`client_access` follows care teams and supervision, is repaired by the practice's own profile, and stays fenced.

The trigger functions belong to `ms_keeper`, whom nobody who signs in can become.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import CareTeamMember, ClientAccess
from mentalspace.people.models import SupervisionRelationship
from tests.access.rows import _database_today, actor
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOOR, OLEG, THEO

FIRST = {("ana", CLEO), ("ash", NOOR), ("sam", NOOR)}
NAMES = {pk: name for name, pk in ID.items()}


def access(who="ada"):
    with acting_as(actor(who)):
        pairs = ClientAccess.objects.values_list("staff_id", "client_id")
        return {(NAMES[staff], client) for staff, client in pairs}


@pytest.mark.django_db
def test_it_follows_the_care_team_and_supervision():
    today = _database_today()
    with acting_as(actor("ada")):
        assert access() == FIRST
        member = CareTeamMember.objects.create(practice_id=HERE, client_id=THEO, person_id=ID["ash"], start_date=today)
        assert access() == FIRST | {("ash", THEO), ("sam", THEO)}
        SupervisionRelationship.objects.filter(supervisee_id=ID["ash"]).update(end_date=today)
        assert access() == {("ana", CLEO), ("ash", NOOR), ("ash", THEO)}
        member.write(end_date=today)
        assert access() == {("ana", CLEO), ("ash", NOOR)}
        member.write(end_date=today + timedelta(1))
        assert access() == {("ana", CLEO), ("ash", NOOR), ("ash", THEO)}


@pytest.mark.django_db
def test_it_keeps_the_reason_and_treating_oneself_comes_first():
    today = _database_today()

    def reasons():
        with acting_as(actor("ada")):
            rows = ClientAccess.objects.filter(client_id=NOOR).values_list("staff_id", "through")
            return {(NAMES[staff], why) for staff, why in rows}

    first = {("ash", "care_team"), ("sam", "supervision")}
    assert reasons() == first
    with acting_as(actor("ada")):
        pair = {"client_id": NOOR, "person_id": ID["sam"]}
        member = CareTeamMember.objects.create(practice_id=HERE, start_date=today, **pair)
        assert reasons() == {("ash", "care_team"), ("sam", "care_team")}
        SupervisionRelationship.objects.filter(supervisee_id=ID["ash"]).update(end_date=today)
        assert reasons() == {("ash", "care_team"), ("sam", "care_team")}
        SupervisionRelationship.objects.filter(supervisee_id=ID["ash"]).update(end_date=None)
        member.write(end_date=today)
        assert reasons() == first
    with acting_as(actor("otto")):
        assert not ClientAccess.objects.filter(client_id=NOOR).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"person_id": ID["ana"]}, {"client_id": CLEO}, {"practice_id": NEXT_DOOR}])
def test_the_people_a_row_connects_do_not_change(change):
    with acting_as(actor("ada")), pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
        CareTeamMember.objects.filter(client_id=NOOR).update(**change)


@pytest.mark.django_db
def test_nobody_writes_it():
    for who in ("ada", "ana", "sys"):
        with acting_as(actor(who)), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ClientAccess.objects.create(practice_id=HERE, staff_id=ID["ana"], client_id=THEO)


def test_the_practices_own_profile_repairs_it_and_only_here(masked):
    """As after midnight, when a care team has ended or begun without anybody writing."""
    others = f"DELETE FROM client_access WHERE client_id <> '{THEO}'"
    stale = f"UPDATE client_access SET client_id = '{THEO}' WHERE staff_id = '{ID['ana']}'"
    with masked.changed([stale, others]):
        assert access() == {("ana", THEO)}
        with acting_as(actor("sys")), connection.cursor() as cursor:
            cursor.execute("SELECT access.refresh_client_access(NULL, NULL)")
            assert cursor.fetchone() == (4,)  # one gone, three come: next door's stays lost
        assert access() == FIRST
        assert access("olga") == set()
        with acting_as(actor("sys-next-door")), connection.cursor() as cursor:
            cursor.execute("SELECT access.refresh_client_access(NULL, NULL)")
        assert access("olga") == {("otto", OLEG)}
        with acting_as(actor("sys")), connection.cursor() as cursor:
            cursor.execute("SELECT access.refresh_client_access(NULL, NULL)")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_only_the_practices_own_profile_may_ask_for_it():
    for who in ("ada", "ana", "imp", "id"):
        with acting_as(actor(who)), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("SELECT access.refresh_client_access(NULL, NULL)")
