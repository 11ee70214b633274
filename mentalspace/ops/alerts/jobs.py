"""The job that a queued delivery is sent by. What is due by the clock is in `ops.jobs`."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.jobs.queue import system_job
from mentalspace.ops.alerts import delivery


@system_job("operations.webhook")
def deliver_webhook(actor: Actor, delivery_id: str) -> None:
    """Send one, if it is still due."""
    delivery.deliver(actor, UUID(delivery_id))
