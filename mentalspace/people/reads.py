"""Reads that happen beside the way: what a refusal shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from mentalspace.audit.trail import flush, saw
from mentalspace.core.errors import Refusal
from mentalspace.people.middleware import StaffRequest


@contextmanager
def refusal_shows(
    request: StaffRequest, resource_type: str, resource: UUID, client_in: Callable[[Refusal], UUID | None]
) -> Iterator[None]:
    """A refusal that shows the thing as it is now is a read too; it is noted once the refusal has rolled back.

    `client_in` finds in the refusal whose information it shows, if anybody's.
    """
    try:
        yield
    except Refusal as refusal:
        if client := client_in(refusal):
            request.despite_refusal.append(lambda: _note_read(client, resource_type, resource))
        raise


def _note_read(client: UUID, resource_type: str, resource: UUID) -> None:
    saw(resource_type, clients=[client], resource=resource)
    flush()
