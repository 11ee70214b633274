"""Making a practice read-only, and letting it work again."""

from datetime import datetime, timedelta
from typing import Any

from mentalspace.access import downtime
from mentalspace.access.actor import Actor
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import origin, record
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.ops.downtime.errors import AlreadyReadOnly, NotReadOnly, OperatorsSwitch
from mentalspace.people.abilities import can

LONGEST = timedelta(days=3)
"""How far ahead its end may be expected."""

BEGUN, ENDED = "downtime.begun", "downtime.ended"


def begin(*, reason: str, until: datetime, by: Actor) -> None:
    """Nothing of the practice is changed from now on, until somebody ends it. Raises BadInput and AlreadyReadOnly."""
    _check_may(by)
    if not clock.now() < until <= clock.now() + LONGEST:
        raise BadInput(fields={"until": ["Choose a time within the next three days."]})
    if downtime.standing(by.practice) or not downtime.begin(reason, until, origin().name):
        raise AlreadyReadOnly
    note(BEGUN, "{actor} made the product read-only", {"reason": reason, "until": until.isoformat()})


def end(*, by: Actor) -> None:
    """Work goes on, and what waited is done. Raises NotReadOnly and OperatorsSwitch."""
    _check_may(by)
    found = downtime.standing(by.practice)
    if found and found.of_installation:
        raise OperatorsSwitch
    if not downtime.end():
        raise NotReadOnly
    note(ENDED, "{actor} let the product work again", {})


def note(event: str, sentence: str, details: dict[str, Any]) -> None:
    """A line in the trail of whoever's practice acts now, with why."""
    record(
        event,
        sentence,
        resource_type="downtime",
        action_type=ADMIN_ACTION,
        details=details,
        severity="critical",
    )


def _check_may(by: Actor) -> None:
    if not can(by.audience, "run_operations"):
        raise NotAllowed
