"""The demo practice: filled once, believable at any hour, written through the product's own roles."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections, transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.access.catalog import owner_rights
from mentalspace.charting.models import ClinicalNote, NoteAmendment
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.launch.totp import code
from mentalspace.notify.models import StaffNotification
from mentalspace.ops import demo
from mentalspace.ops.demo import caseload, cast, schedule
from mentalspace.outcomes.models import MeasureResult
from mentalspace.practices.models import Practice
from mentalspace.scheduling.models import Appointment
from tests.http import Http

SIGN_IN = "/_allauth/browser/v1/auth"


@pytest.fixture(scope="module", autouse=True)
def demo_practices(django_db_setup, django_db_blocker):
    """Practices are founded by the owner on a connection of its own, so these are committed and taken away again."""
    with django_db_blocker.unblock():
        cast.found_houses()
        yield
        with connections["owner"].cursor() as cursor:
            ids = [house.id for house in cast.HOUSES]
            with owner_rights():
                cursor.execute("DELETE FROM profiles WHERE practice_id = ANY(%s)", [ids])
                cursor.execute("DELETE FROM practices WHERE id = ANY(%s)", [ids])
        connections["owner"].close()


@pytest.fixture
def seeded(db, settings):
    """The demo as it is made on a Monday at 11:20 in New York."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = datetime(2026, 3, 2, 16, 20, tzinfo=UTC)
    with clock.frozen(now):
        demo._fill(now)
        yield now


def counted(rows, field):
    found: dict[object, int] = {}
    for value in rows.values_list(field, flat=True):
        found[value] = found.get(value, 0) + 1
    return found


def test_a_day_in_the_middle_of_its_work(seeded):
    with acting_as(cast.ANA.actor):
        zone = ZoneInfo(cast.RIVERBEND.timezone)
        midnight = seeded.astimezone(zone).replace(hour=0, minute=0)
        today = Appointment.objects.filter(clinician_id=cast.ANA.id).between(midnight, midnight + timedelta(days=1))
        states = counted(today, "status")
        assert sum(states.values()) == 8
        assert states["In Session"] == 1
        assert states["Confirmed"] >= 2
        assert states["Completed"] >= 2
        held = Appointment.objects.filter(clinician_id=cast.ANA.id, status="Completed")
        assert held.filter(notes__isnull=True).count() == 4
        mine = ClinicalNote.objects.filter(author_id=cast.ANA.id)
        assert mine.drafts().count() == 3
        assert mine.signed().count() > 60
        assert all(note.is_intact for note in mine.signed())
        assert NoteAmendment.objects.filter(author_id=cast.ANA.id).count() == 2
        assert MeasureResult.objects.count() > 100


def test_whoever_may_not_see_it_does_not(seeded):
    with acting_as(cast.ANA.actor):
        treated = Client.objects.count()
    with acting_as(cast.FAY.actor):
        assert Client.objects.count() > treated
        names = {client.chosen_name for client in Client.objects.all()}
        assert {"Robin Hale", "Annemarie Kowalski", "Anne Marie Kowalski"} <= names
        assert max(len(client.chosen_name) for client in Client.objects.all()) >= 60
    with acting_as(cast.OTTO.actor):
        assert Client.objects.count() == len(caseload.OTTOS)
        assert counted(ClinicalNote.objects.all(), "author_id").keys() == {cast.OTTO.id}


@pytest.mark.parametrize(("day", "hour"), [(6, 0), (7, 4), (7, 23), (8, 6), (8, 14), (8, 19)])
def test_it_fits_any_moment(db, settings, day, hour):
    """Night and day, a weekend, the Sunday on which the clocks go forward: nothing collides, nothing is refused."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = datetime(2026, 3, day, hour, 50, tzinfo=UTC)
    with clock.frozen(now), transaction.atomic():
        demo._fill(now)
        with acting_as(cast.FAY.actor):
            hours = {row.starts_at.astimezone(ZoneInfo("America/New_York")).hour for row in Appointment.objects.all()}
            assert min(hours) >= schedule.EARLIEST
            done = Appointment.objects.filter(status="Completed")
            assert done.count() > 100
            assert not done.filter(actual_ended_at__gt=now).exists()


def test_the_same_people_every_time(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = datetime(2026, 3, 2, 16, 20, tzinfo=UTC)
    made = []
    for _ in range(2):
        with clock.frozen(now):
            mark = transaction.savepoint()
            demo._fill(now)
            with acting_as(cast.FAY.actor):
                made.append(list(Client.objects.order_by("id").values_list("id", "date_of_birth", "street1")))
            transaction.savepoint_rollback(mark)
    assert made[0] == made[1]


def test_everybody_signs_in_with_what_is_printed(seeded):
    for person in demo.people():
        http = Http()
        given = {"email": person["email"], "password": person["password"]}
        assert http.post(f"{SIGN_IN}/login", given, content_type="application/json").status_code == 401
        proof = {"code": code(person["totp_secret"], time.time())}
        assert http.post(f"{SIGN_IN}/2fa/authenticate", proof, content_type="application/json").status_code == 200
        expected = 403 if person["roles"] == ["client"] else 200
        assert http.get("/api/me").status_code == expected


def test_a_database_in_use_is_left_alone(db):
    assert demo.is_empty() is False
    assert demo.seed_if_empty() is False


def test_nobody_is_listed_where_there_is_no_demo(db):
    assert demo.people() == []


def test_secrets_differ_between_installations(settings):
    before = (cast.password(), cast.totp_secret(cast.ANA))
    assert cast.totp_secret(cast.ANA) != cast.totp_secret(cast.ASH)
    settings.SECRET_KEY = "another installation's secret, made by it"
    assert cast.password() != before[0]
    assert cast.totp_secret(cast.ANA) != before[1]


def test_founding_again_changes_nothing(db):
    with acting_as(IDENTITY):
        before = list(Practice.objects.order_by("id").values())
        cast.found_houses()
        assert list(Practice.objects.order_by("id").values()) == before


def test_clinicians_find_something_under_the_bell(seeded):
    with acting_as(cast.ANA.actor):
        rows = list(StaffNotification.objects.exclude(kind__startswith="signature").order_by("created_at", "id"))
    assert [row.read_at is None for row in rows][:4] == [False, True, True, True]
    assert all(row.created_at <= seeded for row in rows)


def test_the_rules_have_been_at_work(seeded):
    with acting_as(cast.ADA.actor):
        rules = list(NotificationRule.objects.order_by("rule_name"))
    assert len(rules) == 6
    assert [rule.rule_name for rule in rules if not rule.is_active] == ["Consents that come in"]
    assert any(rule.execution_count for rule in rules)
