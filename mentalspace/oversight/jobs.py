"""What watches over the practice by itself."""

from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit import alerts
from mentalspace.core import clock
from mentalspace.jobs.queue import every, job
from mentalspace.oversight import actions, announcing


@every("* * * * *", "oversight.watch", in_downtime=True)
def watch(actor: Actor) -> None:
    """Hold the alert rules against the trail, and tell of what was raised since, by them or by anybody."""
    with acting_as(actor), transaction.atomic():
        alerts.ensure_rules(actor.practice)
        alerts.watch(actor.practice, clock.now())
    with acting_as(actor), transaction.atomic():
        announcing.announce(actor.practice)


@every("30 7 * * *", "oversight.verify_chain")
def verify_chain(actor: Actor) -> None:
    """Walk the whole chain every night, and keep that it was done."""
    with acting_as(actor), transaction.atomic():
        row = actions.ask_for_verification(by=actor)
    with acting_as(actor), transaction.atomic():
        actions.verify(verification_id=row.pk)


@job("oversight.verify")
def verify(verification: str) -> None:
    """Walk the chain for whoever asked."""
    actions.verify(verification_id=UUID(verification))
