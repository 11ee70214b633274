"""Making the checks, each in a transaction of its own, and keeping what came of them."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.ops.checks import data, machine, switch, work
from mentalspace.ops.checks.registry import CHECKS, Check, Finding
from mentalspace.ops.maintenance import checks as maintenance
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.models import CheckResult

__all__ = ["data", "machine", "maintenance", "run_all", "switch", "work"]

NOT_MADE = "This could not be looked at. The worker's log says why."
LONGEST = 300

logger = logging.getLogger(__name__)


def run_all(actor: Actor) -> None:
    """Make every check, as the practice's system. One that fails is unknown, and keeps no other from being made."""
    _run(actor, list(CHECKS.values()), clock.now())


def run_due(actor: Actor) -> None:
    """As `run_all`, of those whose minutes have passed since they were made last."""
    with acting_as(actor), transaction.atomic():
        made = dict(CheckResult.objects.values_list("check_name", "checked_at"))
    now = clock.now()
    due = [each for name, each in CHECKS.items() if name not in made or _is_due(each, made[name], now)]
    _run(actor, due, now)


def _is_due(check: Check, made: datetime, now: datetime) -> bool:
    """Its minutes have passed, or nearly: the schedule is never quite on time. A clock that was ahead says nothing."""
    return made > now or now - made >= timedelta(minutes=check.minutes) - timedelta(seconds=30)


def _run(actor: Actor, checks: list[Check], now: datetime) -> None:
    for each in checks:
        finding = _made(each, actor, now)
        with acting_as(actor), transaction.atomic():
            _keep(actor, each.name, finding, now)
    with acting_as(actor), transaction.atomic():
        CheckResult.objects.exclude(check_name__in=CHECKS).delete()


def _made(check: Check, actor: Actor, now: datetime) -> Finding:
    try:
        with acting_as(actor), transaction.atomic():
            return check.make(actor, now)
    except Exception as failure:  # whatever it is: not to know is a result of its own
        logger.warning("the check %s could not be made: %s", check.name, type(failure).__name__)
        return Finding(State.UNKNOWN, NOT_MADE)


def _keep(actor: Actor, name: str, finding: Finding, now: datetime) -> None:
    values = {"state": finding.state, "says": finding.says[:LONGEST], "details": list(finding.details)}
    row = CheckResult.objects.select_for_update().filter(check_name=name).first()
    if row is None:
        row = CheckResult(practice_id=actor.practice, check_name=name, checked_at=now, since=now, **values)
        row.save(force_insert=True)
        return
    row.write(**values, checked_at=now, since=row.since if row.state == finding.state else now)
