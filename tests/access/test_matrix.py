"""The hand-written matrix against the database, as the real runtime role with signed actors."""

import pytest
from django.db import connection

from mentalspace.access.audiences import AUDIENCES, combined_roles
from mentalspace.access.catalog import SCHEMAS
from tests.access import matrix
from tests.access.asking import VERBS, passing
from tests.access.judging import differences, privileges_of
from tests.access.rows import actor
from tests.access.world import World

pytestmark = pytest.mark.django_db

TABLES = f"SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN {SCHEMAS}"


def test_every_cell_is_as_written():
    wrong = list(differences(World(), (*matrix.GRIDS, *matrix.CLOSED)))
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_table_is_undecided():
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        assert {name for (name,) in cursor.fetchall()} == {*matrix.GRIDS, *matrix.CLOSED}


def test_it_says_of_enough_who_may_do_what():
    """A cell is one person, one row and one verb; each is asked of the database above."""
    assert len(matrix.cells()) * len(VERBS) >= 15_000


def test_every_row_of_the_world_is_in_the_matrix():
    world = World()
    written = {(table, label) for table, label, _, _ in matrix.cells()}
    assert written == {(table, label) for table, rows in world.rows.items() for label in rows}


def test_it_asks_as_the_runtime_role():
    with passing(actor("ana")), connection.cursor() as cursor:
        cursor.execute("SELECT session_user::text, current_user::text, current_setting('is_superuser')")
        assert cursor.fetchone() == ("ms_web", "ms_clinician", "off")


def test_nobody_may_truncate_reference_or_put_triggers_on_a_table():
    for table in matrix.GRIDS:
        for role in (*AUDIENCES, *combined_roles(), "ms_web"):
            assert not {"TRUNCATE", "REFERENCES", "TRIGGER"} & set(privileges_of(role, table).split()), (role, table)
        assert not privileges_of("ms_web", table)
