"""A forgotten policy cannot ship: every table has row security enabled and forced, and a fence."""

import pytest
from django.db import connections

from mentalspace.access.catalog import SCHEMAS
from tests.guards.catalogue import OURS, names, rows

pytestmark = pytest.mark.django_db

FENCED = "SELECT DISTINCT polrelid::regclass::text FROM pg_policy WHERE NOT polpermissive"
UNFORCED = {"django_migrations": "Django reads it before pre_migrate; holds names of migrations only"}
UNFENCED = {
    "auth_group": "nobody has a grant on it: Django's own permissions are not used",
    "auth_group_permissions": "as auth_group",
    "auth_permission": "as auth_group",
    "django_content_type": "as auth_group",
    "django_migrations": "as auth_group",
}


def test_row_security_is_on_and_forced():
    for security in ("relrowsecurity", "relforcerowsecurity"):
        assert names(f"SELECT oid::regclass::text FROM pg_class WHERE {OURS} AND NOT {security}") == UNFORCED.keys()


def test_every_table_is_fenced_or_has_a_reason_that_still_holds():
    assert names(f"SELECT oid::regclass::text FROM pg_class WHERE {OURS}") - names(FENCED) == UNFENCED.keys()
    granted = names("SELECT polrelid::regclass::text FROM pg_policy")
    assert not granted & UNFENCED.keys()


def test_nothing_else_holds_rows_and_views_ask_as_the_reader():
    kinds = rows(
        "SELECT relname::text, relkind::text, coalesce('security_invoker=true' = ANY(reloptions), false) FROM pg_class"
        f" WHERE relnamespace IN {SCHEMAS} AND relkind IN ('v', 'm', 'f')"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')"
    )
    assert [name for name, kind, invoker in kinds if kind != "v" or not invoker] == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_table_made_without_thought_is_noticed():
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE public.forgotten (id int)")
        cursor.execute(f"SELECT oid::regclass::text FROM pg_class WHERE {OURS} AND NOT relrowsecurity")
        assert {name for (name,) in cursor.fetchall()} - UNFORCED.keys() == {"forgotten"}
