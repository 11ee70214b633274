"""What the database keeps about hats, administrators and supervision, whoever writes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.access.audiences import audience_for
from mentalspace.core.api import constraint_of
from mentalspace.people.models import Profile, SupervisionRelationship, UserRole
from tests.access.world import _database_today
from tests.cast import HERE, ID, NEXT_DOOR, ROLES, actor

ADA = actor("ada")


def audience(name):
    with acting_as(ADA):
        return Profile.objects.get(pk=ID[name]).audience


def give(name, *roles):
    with acting_as(ADA):
        UserRole.objects.bulk_create(UserRole(practice_id=HERE, person_id=ID[name], role=role) for role in roles)


def take(name, *roles, who="ada"):
    with acting_as(actor(who)):
        return UserRole.objects.filter(person_id=ID[name], role__in=roles).delete()[0]


def broken(constraint):
    """Inside, the database refuses by this constraint."""

    class Broken:
        def __enter__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def __exit__(self, kind, error, trace):
            self.atomic.__exit__(kind, error, trace)
            assert kind is IntegrityError, error
            assert constraint_of(error) == constraint
            return True

    return Broken()


@pytest.mark.django_db
def test_the_audience_is_what_the_hats_make():
    assert {name: audience(name) for name in ROLES if ROLES[name][0] == HERE} == {
        name: audience_for(roles) for name, (practice, roles) in ROLES.items() if practice == HERE
    }
    give("ana", "billing", "front_desk")
    assert audience("ana") == audience_for(["clinician", "billing", "front_desk"])
    take("ana", "clinician", "billing")
    assert audience("ana") == "ms_front_desk"
    take("ana", "front_desk")
    assert audience("ana") == ""


@pytest.mark.django_db
def test_every_combination_is_named_as_the_roles_of_the_database_are():
    from itertools import combinations

    hats = ["administrator", "supervisor", "clinician", "associate", "billing", "front_desk"]
    take("bea", "billing")
    for size in range(1, 6):
        for some in combinations(hats, size):
            if not {"associate", "supervisor"} <= set(some):
                with transaction.atomic():
                    give("bea", *some)
                    assert audience("bea") == audience_for(list(some))
                    take("bea", *some)


@pytest.mark.django_db
def test_nobody_writes_an_audience():
    """An administrator may write profiles, and still makes nobody more than their hats do."""
    with acting_as(ADA):
        Profile.objects.filter(pk=ID["ana"]).update(audience="ms_administrator")
        assert audience("ana") == "ms_clinician"
        fresh = Profile.objects.create(practice_id=HERE, first_name="New", last_name="One", audience="ms_administrator")
        fresh.refresh_from_db()
        assert fresh.audience == ""


@pytest.mark.django_db
def test_hats_that_do_not_go_together():
    with broken("associate_or_supervisor"):
        give("ash", "supervisor")
    with broken("client_wears_no_other_hat"):
        give("cleo", "clinician")
    assert (audience("ash"), audience("cleo")) == ("ms_associate", "ms_client")


@pytest.mark.django_db
def test_a_practice_keeps_an_administrator():
    assert take("mia", "administrator") == 1
    with broken("last_administrator"):
        take("ada", "administrator")
    with broken("last_administrator"), acting_as(ADA):
        Profile.objects.filter(pk=ID["ada"]).update(is_active=False)
    assert audience("ada") == "ms_administrator"
    give("mia", "administrator")
    with acting_as(ADA):
        Profile.objects.filter(pk=ID["mia"]).update(is_active=False)
    with broken("last_administrator"):
        take("ada", "administrator")


@pytest.mark.django_db
def test_somebody_who_cannot_sign_in_is_no_administrator():
    with acting_as(ADA):
        ghost = Profile.objects.create(practice_id=HERE, first_name="G", last_name="H")
        UserRole.objects.create(practice_id=HERE, person=ghost, role="administrator")
    take("mia", "administrator")
    with broken("last_administrator"):
        take("ada", "administrator")


def test_two_administrators_cannot_take_each_other_down_at_once(really_committed, django_db_blocker):
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    ready = Barrier(2)

    def leave(me, other):
        try:
            with acting_as(actor(me)), transaction.atomic():
                ready.wait(timeout=30)
                UserRole.objects.filter(person_id=ID[other], role="administrator").delete()
            return "done"
        except IntegrityError as error:
            return constraint_of(error)
        finally:
            connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(2) as pool:
        ends = sorted(done.result() for done in [pool.submit(leave, "ada", "mia"), pool.submit(leave, "mia", "ada")])
    assert ends == ["done", "last_administrator"]


def relationship(supervisor, supervisee, start=None, end=None):
    return SupervisionRelationship(
        practice_id=HERE,
        supervisor_id=ID[supervisor],
        supervisee_id=ID[supervisee],
        start_date=start or _database_today(),
        end_date=end,
    )


def supervise(*args, **days):
    with acting_as(ADA):
        relationship(*args, **days).save(force_insert=True)


@pytest.mark.django_db
def test_who_may_supervise():
    with broken("supervisor_is_active"):
        supervise("mia", "ana")
    give("mia", "supervisor")
    supervise("mia", "ana")
    for number, expires, constraint in (
        ("", None, "supervisor_is_licensed"),
        ("L1", _database_today() - timedelta(1), "supervisor_is_licensed"),
    ):
        with acting_as(ADA):
            Profile.objects.filter(pk=ID["sam"]).update(license_number=number, license_expiration_date=expires)
        with broken(constraint):
            supervise("sam", "ana")
    with acting_as(ADA):
        Profile.objects.filter(pk=ID["sam"]).update(license_expiration_date=_database_today())
    supervise("sam", "ana")


@pytest.mark.django_db
def test_ten_supervisees_are_the_most():
    today = _database_today()
    with acting_as(ADA):
        people = [Profile(practice_id=HERE, first_name=str(n), last_name="X") for n in range(10)]
        Profile.objects.bulk_create(people)
        for person in people[:9]:
            SupervisionRelationship.objects.create(
                practice_id=HERE, supervisor_id=ID["sam"], supervisee=person, start_date=today
            )
        over = {"supervisor_id": ID["sam"], "supervisee": people[9], "start_date": today}
        with broken("supervisor_has_room"):
            SupervisionRelationship.objects.create(practice_id=HERE, **over)
        SupervisionRelationship.objects.filter(supervisee=people[0]).update(end_date=today)
        SupervisionRelationship.objects.create(practice_id=HERE, **over)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["without the hat", "supervisor gone", "supervisee gone"])
def test_supervision_ends_with_what_it_stands_on(how):
    with acting_as(ADA):
        if how == "without the hat":
            UserRole.objects.filter(person_id=ID["sam"]).delete()
        else:
            Profile.objects.filter(pk=ID["sam" if "supervisor" in how else "ash"]).update(is_active=False)
        assert SupervisionRelationship.objects.get(supervisor_id=ID["sam"]).end_date == _database_today()


def states(who):
    with acting_as(actor(who)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id, has_password, is_verified, factors FROM access.account_states()")
        return cursor.fetchall()


@pytest.mark.django_db
def test_administrators_know_how_the_accounts_of_their_practice_stand():
    here, next_door = states("ada"), states("olga")
    assert {pk for pk, *_ in here} == {ID[name] for name, (practice, _) in ROLES.items() if practice == HERE}
    assert {pk for pk, *_ in next_door} == {ID[name] for name, (practice, _) in ROLES.items() if practice == NEXT_DOOR}
    assert {pk: rest for pk, *rest in here}[ID["ana"]] == [True, True, []]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ana", "sam", "bea", "fay", "cleo", "otto"])
def test_nobody_else_is_told(who):
    with pytest.raises(DatabaseError, match="permission denied"):
        states(who)


@pytest.mark.django_db
def test_the_function_opens_no_other_way_to_credentials():
    with acting_as(ADA):
        for table in ("users", "sessions", "login_attempts", "mfa_authenticator", "account_emailaddress"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(f"SELECT 1 FROM {table}")
