"""How grave an incident is may change: the clock begins anew, and of what has become graver people are told."""

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.ops.incidents import on_call, telling
from mentalspace.ops.incidents.errors import StaysGrave
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.opening import clock_from, note
from mentalspace.ops.incidents.rules import CALLS, GRAVE, Happened, Severity, is_graver, post_mortem_due
from mentalspace.ops.incidents.telling import NOBODY_HEARD, Heard


def change(
    incident: OperationsIncident, to: Severity, *, by: Actor, why: str, heard: Heard = NOBODY_HEARD
) -> OperationsIncident:
    """Set it, with the reason in the timeline. The row is locked by the caller.

    Raises StaysGrave where that would get a resolved P0 or P1 around its post-mortem.
    """
    now, before = clock.now(), Severity(incident.severity)
    if incident.resolved_at is not None and before in GRAVE and to not in GRAVE:
        raise StaysGrave
    values = {"severity": to, **incident.next_version(now)}
    if incident.taken_at is None:
        values |= clock_from(now, to, on_call.zone_here())
    if incident.resolved_at is not None:
        values |= {"post_mortem_due_at": post_mortem_due(to, incident.resolved_at)}
    incident.write(**values)
    note(incident, Happened.SEVERITY, by=by, before=before, after=to, note=why)
    if is_graver(to, before):
        also = incident.commander if incident.commander != by.person else None
        telling.call(incident, telling.GRAVER, CALLS[to][0].whom, by=by.person, heard=heard, also=also)
    return incident


def raise_to(incident: OperationsIncident, to: Severity, *, by: Actor, why: str, heard: Heard) -> None:
    """Make it as grave as that, if it is not yet."""
    row = OperationsIncident.objects.select_for_update(of=("self",), no_key=True).get(pk=incident.pk)
    if is_graver(to, Severity(row.severity)):
        change(row, to, by=by, why=why, heard=heard)
