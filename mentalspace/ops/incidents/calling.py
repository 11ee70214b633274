"""The response clock at work: nobody has taken an incident on in time, so the next are called. Once for each call."""

from datetime import datetime
from zoneinfo import ZoneInfo

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.ops.incidents import on_call, telling
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.rules import CALLS, Severity, call_at, calls_come

AT_ONCE = 50


def call_due(by: Actor) -> int:
    """Make every call whose time has come, as the practice's system. Returns how many incidents were called for.

    Two workers do no harm: whoever comes second waits for the rows of the first, and finds them not due any more. Of
    several calls that came while no worker ran, the last is made.
    """
    now, zone = clock.now(), on_call.zone_here()
    due = OperationsIncident.objects.select_for_update(of=("self",), no_key=True).filter(next_call_at__lte=now)
    rows = list(due.order_by("id")[:AT_ONCE])
    for row in rows:
        _call(row, now, zone, by)
    return len(rows)


def _call(row: OperationsIncident, now: datetime, zone: ZoneInfo, by: Actor) -> None:
    severity = Severity(row.severity)
    come = max(calls_come(severity, row.clock_at, now, zone), row.calls + 1)
    row.write(calls=come, next_call_at=call_at(severity, come, row.clock_at, zone))
    telling.call(row, telling.WAITING, CALLS[severity][come - 1].whom, by=by.person)
