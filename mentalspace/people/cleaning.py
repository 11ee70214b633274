"""What has ended and is removed: the runbook's two weekly functions, and how many rows each took."""

from django.db import connection, transaction

from mentalspace.access.actor import IDENTITY, acting_as


def remove_expired_rate_limits() -> int:
    """Limits that no longer hold anybody up. Returns how many."""
    return _asked("SELECT cleanup_expired_rate_limits()")


def remove_expired_devices() -> int:
    """Trusted browsers whose time is over. Returns how many."""
    return _asked("SELECT cleanup_expired_devices()")


def _asked(statement: str) -> int:
    with acting_as(IDENTITY), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
