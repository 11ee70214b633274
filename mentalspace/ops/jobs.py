"""What the product does to know how it is, and to tell."""

import logging
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.jobs import signs
from mentalspace.jobs.queue import every, is_held, once, system_job
from mentalspace.ops.alerts import delivery, evaluating, pinging
from mentalspace.ops.alerts import jobs as alert_jobs
from mentalspace.ops.checklists import digest
from mentalspace.ops.checks import running
from mentalspace.ops.incidents import calling, joining
from mentalspace.ops.incidents.breach import warning
from mentalspace.ops.maintenance import running as maintenance
from mentalspace.ops.metrics import collecting
from mentalspace.practices.system import system_actors

log = logging.getLogger(__name__)


@once("* * * * *", "operations.measure")
def collect() -> None:
    """Every minute: measured once for the installation, written down in every practice."""
    collecting.collect()


@every("4-59/10 * * * *", "operations.roll_up", in_downtime=True)
def roll_up(actor: Actor) -> None:
    """Every ten minutes: minutes become hours, hours days, as far as they have come; what is old goes."""
    with acting_as(actor), transaction.atomic():
        collecting.roll_up(actor)


@every("* * * * *", "operations.check", in_downtime=True)
def look(actor: Actor) -> None:
    """Every minute: make the checks that are due, and see whether somebody has to be told."""
    running.run_due(actor)
    _evaluate(actor)


@every("*/10 * * * *", "operations.digest")
def tell(actor: Actor) -> None:
    """The morning's mail to administrators, when it is time for it there."""
    digest.send_when_due(actor)


@once("2-59/10 * * * *", "operations.maintain")
def maintain() -> None:
    """Every ten minutes: the weekly and monthly tasks whose time has come, also where the machine was off at it."""
    maintenance.run_due([actor for actor in system_actors() if not is_held(actor.practice)])


@system_job("operations.maintain_now")
def maintain_now(actor: Actor, run: str) -> None:
    """Do a task because somebody asked."""
    maintenance.run_asked(actor, UUID(run))


@system_job("operations.check_now", in_downtime=True)
def look_now(actor: Actor) -> None:
    """Make every check because somebody asked."""
    running.run_all(actor)
    _evaluate(actor)


def _evaluate(actor: Actor) -> None:
    with following(Trail(name="The system")), acting_as(actor), transaction.atomic():
        evaluating.evaluate(actor)


@once("* * * * *", signs.ALERTS)
def evaluate_alerts() -> None:
    """Every minute, every practice.

    A round that ended leaves its sign, and the service outside that waits for us hears of it: one practice that fails
    shows as a job that failed, and is not the end of alerts for all. A round in which nobody was served is.
    """
    actors, failures = system_actors(), []
    for actor in actors:
        try:
            _evaluate(actor)
        except Exception as failure:  # one practice's failure keeps no other from being served
            log.exception("alerts were not evaluated for the practice %s", actor.practice)
            failures.append(failure)
    if len(failures) < len(actors) or not actors:
        signs.leave(signs.ALERTS)
        pinging.ping()
    if failures:
        raise ExceptionGroup(f"alerts were not evaluated for {len(failures)} practice(s)", failures)


@every("* * * * *", "operations.incidents", in_downtime=True)
def call_for_incidents(actor: Actor) -> None:
    """Every minute: make the calls whose time has come, open what security incidents call for, and warn before the
    deadlines of breaches. One that fails keeps no other from being done."""
    failures = []
    for step in (calling.call_due, joining.open_for_security_incidents, warning.warn):
        try:
            with acting_as(actor), transaction.atomic():
                step(actor)
        except Exception as failure:  # raised below, when the others were done
            log.exception("a part of the work on incidents failed for the practice %s", actor.practice)
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} part(s) of the work on incidents failed", failures)


@every("* * * * *", alert_jobs.WEBHOOKS, in_downtime=True)
def deliver_webhooks(actor: Actor) -> None:
    """What the practice's webhook did not take before."""
    delivery.deliver_due(actor)
