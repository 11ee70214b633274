"""Who may do what to which row: the written policy, by hand, never derived from the declarations.

Each table is a grid of rows (see `world`) by people; a cell says r(ead) a(dd) c(hange) d (remove), or `-` for
nothing. Source: the intended columns of the role matrix this product is asked for, narrowed to the care team: a
supervisor sees supervisees' clients, not all; billing sees no client yet; nobody removes what was written.
Rows called "one's own" name whoever asks as their author and can only be added. Each file heads its grids with the
people of their columns.

ada administrator · mia administrator and clinician · eve every hat · sam supervisor · vic supervisor and clinician ·
ana clinician · ash, ben associates · bea billing · fay front desk · cleo a client · gus who acts for her · sys the
practice's jobs · imp an import · id identity, nobody known · ida identity, Ana known · job Ana enqueueing.
Otto and Olga of the practice next door are asked about every row and may do nothing.
"""

from tests.access.matrix import (
    appointments,
    clients,
    documents,
    forms,
    incidents,
    notes,
    operations,
    people,
    practices,
    reminders,
    trail,
)
from tests.access.matrix.hats import OTHER_HATS
from tests.access.matrix.moves import MOVES, SEIZURES

__all__ = ["CLOSED", "GRIDS", "MOVES", "OTHER_HATS", "PEOPLE", "SEIZURES", "cells"]

COLUMNS = "ada mia eve sam vic ana ash ben bea fay cleo gus sys imp id ida job"
PEOPLE = COLUMNS.split()

PARTS = (practices, trail, people, clients, appointments, reminders, notes, documents, forms, operations, incidents)
GRIDS = {table: grid for part in PARTS for table, grid in part.GRIDS.items()}

assert len(GRIDS) == sum(len(part.GRIDS) for part in PARTS), "a table has one grid"
assert all(COLUMNS in str(part.__doc__) for part in PARTS), "every file says whose its columns are"

CLOSED = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
"""Tables of packages that nobody who signs in has any business with; the queue's are for its own login."""


def cells() -> list[tuple[str, str, str, str]]:
    """(table, row, person, verbs) for every cell."""
    found = []
    for table, grid in GRIDS.items():
        for line in grid.strip().splitlines():
            label, rest = _split(line)
            for person, verbs in zip(PEOPLE, rest, strict=True):
                found.append((table, label, person, verbs.replace("-", "")))
    for person, tables in OTHER_HATS.items():
        for table, rows in tables.items():
            allowed = rows if isinstance(rows, dict) else {}
            labels = {label for of, label, _, _ in found if of == table}
            found += [(table, label, person, allowed.get(label, "")) for label in sorted(labels)]
    return found


def _split(line: str) -> tuple[str, list[str]]:
    words = line.split()
    return " ".join(words[: -len(PEOPLE)]), words[-len(PEOPLE) :]
