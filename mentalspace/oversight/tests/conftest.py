"""A trail with something in it: rows of other times, which only the owner of the table may bring."""

from uuid import uuid4

import pytest

from tests.cast import HERE
from tests.http import Http
from tests.sessions import session_of

INSERT = (
    "INSERT INTO audit_logs (id, practice_id, user_id, action_type, event, resource_type, client_ids,"
    " action_description, action_details, user_agent, session_id, severity, created_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s::jsonb, '', '', %s, now() - %s::interval)"
)


class Past:
    """Rows of the trail as they may have been written before, and browsers that see them."""

    def __init__(self, masked):
        self.masked = masked

    def wrote(self, person, *, ago="1 minute", action="PHI_ACCESS", event="client_chart.read", clients=(), times=1,
              severity="info", practice=HERE, details="{}"):  # fmt: skip
        ids = [uuid4() for _ in range(times)]
        rows = [
            (pk, practice, person, action, event, event.split(".")[0], list(clients), f"did {event}", details, severity)
            for pk in ids
        ]
        self.masked.change([(INSERT, [*row, str(ago)]) for row in rows])
        return ids

    def http(self, name):
        """Somebody's browser, signed in."""
        browser = Http(raise_request_exception=False)
        browser.cookies["session"] = session_of(name)
        return browser

    def cleared(self):
        """Nothing of before."""
        self.masked.change(
            ["SET LOCAL session_replication_role = replica", "DELETE FROM audit_logs",
             "SET LOCAL session_replication_role = origin"]
        )  # fmt: skip


@pytest.fixture
def past(masked):
    """Inside one transaction, as a superuser who passes for the runtime login."""
    trail = Past(masked)
    trail.cleared()
    return trail
