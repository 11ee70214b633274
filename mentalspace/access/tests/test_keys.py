"""Rotating the key that signs actors: nobody is signed out, and a retired key is no longer believed.

Committed on both connections, because what is tested is what other connections see; put back at the end.
"""

import shutil
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, connections, transaction

from mentalspace.access import keys
from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from tests.cast import CLEO, actor


@pytest.fixture
def own_keys(django_db_setup, django_db_blocker, settings, tmp_path):
    """A copy of the key file; the database believes the original again afterwards."""
    original = settings.ACTOR_KEYS
    settings.ACTOR_KEYS = shutil.copy(original, tmp_path / "actor.json")
    with django_db_blocker.unblock():
        yield
        settings.ACTOR_KEYS = original
        with connections["owner"].cursor() as cursor:
            keys.install(cursor.execute)
        connections["owner"].close()


@contextmanager
def signing_as(signed, who):
    """Statements carry this signature, whenever it was made."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true), set_config('ms.actor', %s, true)", [who.audience, signed])
        yield cursor


def sees_cleo(signed, who):
    with signing_as(signed, who) as cursor:
        cursor.execute("SELECT id FROM clients")
        return cursor.fetchall() == [(CLEO,)]


def test_old_signatures_hold_until_their_key_is_retired(own_keys):
    ana = actor("ana")
    first = ana.signed()
    assert sees_cleo(first, ana)
    keys.rotate()
    second = ana.signed()
    assert first.split(".")[0] != second.split(".")[0]
    assert sees_cleo(first, ana)
    assert sees_cleo(second, ana)
    keys.rotate()
    assert sees_cleo(second, ana)
    assert sees_cleo(ana.signed(), ana)
    with pytest.raises(DatabaseError, match="forged actor"):
        sees_cleo(first, ana)


def test_a_running_process_notices_the_new_key(own_keys):
    ana = actor("ana")
    number = ana.signed().split(".")[0]
    assert keys.rotate() == int(ana.signed().split(".")[0]) == int(number) + 1
    with acting_as(ana), transaction.atomic():
        assert Client.objects.count() == 1


def test_a_key_of_ones_own_making_is_not_believed(own_keys, settings):
    settings.ACTOR_KEYS.write_text('{"current": 1, "keys": {"1": "' + "A" * 44 + '"}}')
    with pytest.raises(DatabaseError, match="forged actor"):
        sees_cleo(actor("ana").signed(), actor("ana"))
