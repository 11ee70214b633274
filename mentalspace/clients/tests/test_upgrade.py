"""What an upgrade does to a database that was filled before it."""

from importlib import import_module

import psycopg
import pytest
from django.db import connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client, ClientPortalAccess
from mentalspace.launch.testing import ensure_test_cluster
from mentalspace.people.models import Profile
from tests.cast import CLEO, HERE, actor

BEFORE = "UPDATE django_migrations SET applied = %s WHERE app = 'clients' AND name = '0009_authority'"


def upgrade(applied):
    """As if the portals' switch had come at that time and found no row. As a superuser, since `migrate` lifts FORCE."""
    boss = psycopg.connect(ensure_test_cluster()["superuser_dsn"], dbname=connection.settings_dict["NAME"])
    with boss:
        boss.execute("DELETE FROM client_portal_access")
        boss.execute(BEFORE, [applied])
        boss.execute(import_module("mentalspace.clients.migrations.0011_portals_stay_on").FILL)


@pytest.mark.parametrize(("applied", "seen"), [("2999-01-01", {CLEO}), ("2001-01-01", set())])
def test_portals_of_before_stay_on_and_later_ones_wait_to_be_turned_on(really_committed, applied, seen):
    upgrade(applied)
    with acting_as(actor("cleo")), transaction.atomic():
        assert set(Client.objects.values_list("pk", flat=True)) == seen
    with acting_as(actor("ada")), transaction.atomic():
        rows = ClientPortalAccess.objects.all()
        assert {row.client_id for row in rows} == seen
        assert {row.changed_by_id for row in rows} <= {Profile.objects.get(practice_id=HERE, is_system=True).pk}
