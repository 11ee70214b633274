"""Of the switch that makes the product read-only."""

from datetime import datetime

from mentalspace.access import downtime
from mentalspace.access.actor import Actor
from mentalspace.ops.checks.registry import Finding, check
from mentalspace.ops.metrics.rules import State


@check(
    "downtime",
    title="Read-only",
    fix="End it under Repairs when the work is done; the operator's own ends by `mentalspace downtime off`.",
    page="/operations/repairs",
)
def check_downtime(actor: Actor, now: datetime) -> Finding:
    """It never ends by itself: whoever began it knows when the work is done, and is reminded here."""
    found = downtime.standing(actor.practice)
    if found is None:
        return Finding(State.GOOD, "The product takes changes.")
    since = f"Read-only since {found.since:%H:%M} UTC, expected until {found.until:%H:%M} UTC."
    if found.until < now:
        return Finding(State.BAD, "Read-only for longer than was expected.", (since,))
    return Finding(State.ATTENTION, since)
