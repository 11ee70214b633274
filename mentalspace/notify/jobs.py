"""Sending what waits: at once when it was queued, and every minute what could not be sent before."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.jobs.queue import every, system_job
from mentalspace.notify import delivery
from mentalspace.notify import happenings as happenings  # its job is one of this room's


@system_job("notify.deliver")
def deliver(actor: Actor, notification: str) -> None:
    """Send one message, if it is still due."""
    delivery.deliver(actor, UUID(notification))


@every("* * * * *", "notify.deliver_due")
def deliver_due(actor: Actor) -> None:
    """Send everything that is due: what failed before, and what was lost with a worker."""
    delivery.deliver_due(actor)
