"""The practice of the tests, read-only for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from mentalspace.access import downtime
from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.core import clock
from tests.cast import actor


@contextmanager
def read_only() -> Iterator[None]:
    """Inside nothing of the practice is changed."""
    with acting_as(actor("ada")), transaction.atomic():
        assert downtime.begin("The server moves.", clock.now(), "Ada Cast")
    yield
    with acting_as(actor("ada")), transaction.atomic():
        assert downtime.end()


def places_taken() -> int:
    """How many tries are counted."""
    with acting_as(IDENTITY), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(attempt_count), 0) FROM rate_limits")
        return int(cursor.fetchone()[0])
