"""The hand-written matrix against the database, as the real runtime role with signed actors."""

import pytest
from django.db import connection

from tests.access import matrix
from tests.access.asking import verbs
from tests.access.world import Row, World, actor

pytestmark = pytest.mark.django_db


def of(w, table, label, name):
    row = w.rows[table][label]
    return row if isinstance(row, Row) else row(actor(name).person)


def test_every_cell():
    w = World()
    wrong = []
    for table, label, name, expected in matrix.cells():
        if (found := verbs(actor(name), of(w, table, label, name))) != expected:
            wrong.append(f"{table} · {label} · {name}: {found or '-'} and not {expected or '-'}")
    assert not wrong, "\n" + "\n".join(wrong)
