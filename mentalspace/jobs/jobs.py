"""What the audit trail has done by itself. Every app's `jobs.py` adds to the schedule (`queue.SCHEDULE`)."""

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit import chain
from mentalspace.jobs.queue import every


@every("* * * * *", "audit.seal", in_downtime=True)
def seal_audit(actor: Actor) -> None:
    """Chain the last minute's audit rows; publish the head once it is committed."""
    with acting_as(actor), transaction.atomic():
        chain.seal(actor.practice)
    with acting_as(actor), transaction.atomic():
        chain.publish_head(actor.practice)
