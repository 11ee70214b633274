"""The access matrix that people read is the one the database has: regenerate it with `make api`."""

import pytest

from mentalspace.access import matrix

pytestmark = pytest.mark.django_db


def test_the_page_is_fresh():
    assert matrix.TARGET.read_text() == matrix.render().rstrip() + "\n", "run `make api`"


def test_conditions_are_in_words():
    said = [where for conditions in matrix.sentences().values() for _, where in conditions]
    assert sum("select" in where for where in said) == 0, [where for where in said if "select" in where]
