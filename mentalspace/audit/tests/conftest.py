"""A sealed trail to tamper with, and a superuser to do it."""

from uuid import UUID

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit import chain
from mentalspace.practices.system import system_actor
from tests.cast import HERE

ROWS, SEAL_EVERY = 24, 6
NO_TRIGGERS = "SET LOCAL session_replication_role = replica"
TRIGGERS = "SET LOCAL session_replication_role = origin"
HERE_CLUSTER = "(SELECT system_identifier FROM pg_control_system())"


def log_id(number: int) -> UUID:
    """The id of the nth row written."""
    return UUID(int=(3 << 64) + number)


def write(masked, numbers, *, age="1 day", xact=100, cluster=HERE_CLUSTER):
    """Rows as transactions long over left them: two in each, so that their order is by transaction, then id."""
    insert = (
        "INSERT INTO audit_logs (id, practice_id, user_id, action_type, event, resource_type, client_ids,"
        " action_description, action_details, user_agent, session_id, severity, created_at, xact, cluster)"
        " VALUES (%s, %s, %s, 'X', 'x', 'x', '{}', %s, '{}', '', '', 'info', now() - %s::interval, %s::xid8,"
        f" {cluster})"
    )
    masked.change(
        [
            NO_TRIGGERS,
            *((insert, [log_id(n), HERE, HERE, f"event {n}", age, str(xact + n // 2)]) for n in numbers),
            TRIGGERS,
        ]
    )


def seal():
    with acting_as(system_actor(HERE)):
        chain.seal(HERE)
        chain.publish_head(HERE)


def verdict():
    with acting_as(system_actor(HERE)):
        return chain.verify(HERE)


@pytest.fixture
def tamperer(masked, settings, tmp_path):
    """A chain of the rows above at places 1 to 24, sealed four times."""
    settings.SEALS = tmp_path
    masked.change([NO_TRIGGERS, "DELETE FROM audit_logs", TRIGGERS])  # what the cast left, newer than these rows
    for start in range(1, ROWS + 1, SEAL_EVERY):
        write(masked, range(start, start + SEAL_EVERY))
        seal()
    return masked
