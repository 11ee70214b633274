"""Somebody takes an incident on: its clock stops, and nobody further is called."""

from mentalspace.access.actor import Actor
from mentalspace.core import clock
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.opening import note
from mentalspace.ops.incidents.rules import Happened, Role


def take(incident: OperationsIncident, *, by: Actor) -> OperationsIncident:
    """The acting person commands it from now on. The row is locked by the caller."""
    now = clock.now()
    incident.write(commander=by.person, taken_at=now, next_call_at=None, **incident.next_version(now))
    note(incident, Happened.ROLE, by=by, before=Role.COMMANDER, after=str(by.person))
    return incident
