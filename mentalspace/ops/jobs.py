"""What the product does to know how it is."""

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.jobs.queue import every, once, system_job
from mentalspace.ops.checklists import digest
from mentalspace.ops.checks import running
from mentalspace.ops.metrics import collecting


@once("* * * * *", "operations.measure")
def collect() -> None:
    """Every minute: measured once for the installation, written down in every practice."""
    collecting.collect()


@every("4-59/10 * * * *", "operations.roll_up")
def roll_up(actor: Actor) -> None:
    """Every ten minutes: minutes become hours, hours days, as far as they have come; what is old goes."""
    with acting_as(actor), transaction.atomic():
        collecting.roll_up(actor)


@every("*/5 * * * *", "operations.check")
def look(actor: Actor) -> None:
    """Every five minutes: make every check."""
    running.run_all(actor)


@every("*/10 * * * *", "operations.digest")
def tell(actor: Actor) -> None:
    """The morning's mail to administrators, when it is time for it there."""
    digest.send_when_due(actor)


@system_job("operations.check_now")
def look_now(actor: Actor) -> None:
    """Make every check because somebody asked."""
    running.run_all(actor)
