"""A lower room saying that something happened, to whoever listens in a higher one, without knowing them.

    happened("Document Uploaded", document.pk)

puts a job into the caller's transaction: it is there if and only if that commits. The job hands it to every listener as
the practice's system, and is tried again for some hours when one fails, so a listener must bear repetition. Listeners
are added in a room's `jobs.py`.
"""

from collections.abc import Callable
from uuid import UUID

from procrastinate import RetryStrategy

from mentalspace.access.actor import Actor, own_practice
from mentalspace.jobs.queue import system_job

Listener = Callable[[Actor, str, UUID], None]
"""Told as whom to act, what happened, and to which row."""

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Hear of everything that happens from now on. Once, however often it is asked for."""
    if listener not in _listeners:
        _listeners.append(listener)


def happened(what: str, entity: UUID) -> None:
    """This happened to that row, if the present transaction commits. `what` names a trigger, never a person."""
    tell_listeners.defer(practice=str(own_practice()), what=what, entity=str(entity))


@system_job("notify.happened", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def tell_listeners(actor: Actor, what: str, entity: str) -> None:
    """Hand it to whoever listens."""
    for listener in _listeners:
        listener(actor, what, UUID(entity))
