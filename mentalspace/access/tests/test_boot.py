"""What the server refuses to start on. Each fault is put in, seen in words, and taken out again."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction

from mentalspace.access import boot, catalog
from mentalspace.access.actor import Actor


@pytest.fixture
def owner(django_db_setup, django_db_blocker):
    """The owner's own connection, committed."""
    with django_db_blocker.unblock():
        yield connections["owner"]
        catalog.force("owner", on=True)
        connections["owner"].close()


@pytest.mark.django_db
def test_nothing_stands_in_the_way():
    assert boot.problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["short", "django-insecure-" + "x" * 40])
def test_a_default_secret(settings, secret):
    settings.SECRET_KEY = secret
    assert any("secret key" in problem for problem in boot.problems())


@pytest.mark.django_db
def test_a_power_cut_would_lose_acknowledged_work():
    assert set(boot.DURABLE) == {"fsync", "full_page_writes", "synchronous_commit"}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert boot.problems() == ["PostgreSQL runs with synchronous_commit off: a power cut would lose acknowledged work."]


def test_the_owner_does_not_serve(owner):
    found = boot.problems("owner")
    assert any("owns relations" in problem for problem in found)
    assert any("inherits its audiences" in problem for problem in found)


def test_a_crash_with_force_off_is_refused_and_repaired_by_migrate(owner):
    catalog.force("owner", on=False)
    (problem,) = boot.problems()
    assert problem.startswith("Row-level security is not forced on ")
    assert "clients" in problem
    assert "mentalspace migrate" in problem
    call_command("migrate", database="owner", verbosity=0)
    assert boot.problems() == []


def test_one_unforced_table_is_enough(owner):
    with owner.cursor() as cursor:
        cursor.execute("ALTER TABLE clinical_notes NO FORCE ROW LEVEL SECURITY")
    assert boot.problems() == ["Row-level security is not forced on clinical_notes. Run `mentalspace migrate`."]


def test_the_owner_sees_no_row_but_inside_owner_rights(owner):
    def count():
        try:
            with transaction.atomic(using="owner"), owner.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM clients")
                return cursor.fetchone()[0]
        except OperationalError:  # the keeper's sentences are its owner's too, and the fence asks for an actor
            return 0

    assert count() == 0
    with catalog.owner_rights():
        assert count() == 4
    assert count() == 0


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "parse", "1.2.3.4"])
def test_an_actor_is_parsed_whole_or_not_at_all(text):
    with pytest.raises(ValueError, match=r"."):
        Actor.parse(text)
