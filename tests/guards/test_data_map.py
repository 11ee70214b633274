"""Every column has exactly one class, and `docs/data-map.md` says the same as classes, catalogue and sentences."""

from dataclasses import replace

import pytest

from mentalspace.access import data_map
from mentalspace.access.data_classes import CLASSES, OPERATIONAL, TABLES
from mentalspace.access.data_map import Column

pytestmark = pytest.mark.django_db


def test_every_column_has_exactly_one_class():
    assert data_map.unclassified(data_map.columns()) == [], "class it in mentalspace/access/data_classes.py"
    assert {held.kind for held in TABLES.values()} == set(CLASSES)


@pytest.mark.parametrize(
    "column",
    [
        Column("forgotten", "id", is_open=False, points_to=()),
        Column("rooms", "remarks", is_open=True, points_to=()),
        Column("rooms", "reserved_for", is_open=False, points_to=("clients",)),
    ],
    ids=["a table nobody classed", "free text in a room", "a client in a room"],
)
def test_what_nobody_has_classed_is_found(column):
    assert data_map.unclassified([*data_map.columns(), column]) == [f"{column.table}.{column.name}"]


def test_what_is_classed_twice_or_not_there_is_found():
    twice = {OPERATIONAL: "name colour", "personal": "name"}
    tables = TABLES | {"rooms": replace(TABLES["rooms"], columns=twice)}
    assert data_map.unclassified(data_map.columns(), tables) == ["rooms.name", "rooms.colour does not exist"]


def test_the_page_is_fresh():
    assert data_map.TARGET.read_text() == data_map.render().rstrip() + "\n", "run `make api`"
