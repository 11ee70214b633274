"""The job that a queued delivery is sent by. What is due by the clock is in `ops.jobs`."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.jobs.queue import system_job
from mentalspace.ops.alerts import delivery

WEBHOOKS = "operations.webhooks"
"""The line of the schedule that tries again what was not taken, and the lock that every delivery shares with it:
however slow receivers are, they hold one slot of the worker."""


@system_job("operations.webhook", in_downtime=True, lock=WEBHOOKS)
def deliver_webhook(actor: Actor, delivery_id: str) -> None:
    """Send one, if it is still due."""
    delivery.deliver(actor, UUID(delivery_id))
