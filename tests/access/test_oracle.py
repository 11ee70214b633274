"""Random practices, asked of PostgreSQL and of plain Python. `ORACLE_EXAMPLES=1000` asks longer."""

import os
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.asking import may, passing
from tests.access.drawing import OF_UNIVERSES, questions, universes
from tests.access.oracle import RULES, Universe
from tests.access.rows import _database_today, row
from tests.access.universes import MODELS, actor_of, load, model_of

pytestmark = pytest.mark.django_db
TRIES = 60
FEW = settings(
    max_examples=int(os.environ.get("ORACLE_EXAMPLES", "25")),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_every_table_that_has_a_rule_is_drawn():
    assert RULES.keys() == MODELS.keys()


@contextmanager
def loaded(universe: Universe):
    """The universe stands in the database for as long as the block takes."""
    sid = transaction.savepoint()
    try:
        load(universe, _database_today())
        yield
    finally:
        transaction.savepoint_rollback(sid)


def visible(who, table):
    with passing(who), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
        if not cursor.fetchone()[0]:
            return set()
        cursor.execute(f"SELECT id FROM {table} WHERE id BETWEEN %s AND %s", OF_UNIVERSES)
        return {pk for (pk,) in cursor.fetchall()}


@FEW
@given(universes())
def test_each_sees_what_the_policy_says(universe):
    with loaded(universe):
        for person in universe.people:
            for table in RULES:
                expected = {thing.id for thing in universe.all(table) if universe.may(person, "r", thing)}
                assert visible(actor_of(person), table) == expected, (person, table)


@FEW
@given(universes(), st.data())
def test_each_may_do_what_the_policy_says(universe, data):
    today = _database_today()
    with loaded(universe):
        for person, verb, thing in data.draw(st.lists(questions(universe), min_size=TRIES, max_size=TRIES)):
            found = may(actor_of(person), verb, row(model_of(thing, today)))
            assert found == universe.may(person, verb, thing), (person, verb, thing)
