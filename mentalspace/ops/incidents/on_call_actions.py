"""What administrators say about who is on call."""

from datetime import date, datetime, time
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput
from mentalspace.ops.incidents.errors import IncidentChangedElsewhere, OverrideOver
from mentalspace.ops.incidents.models import OnCallOverride, OnCallRotation
from mentalspace.people.abilities import staff_who


@records("on_call.rotation_set", "{actor} set who is on call", resource_type="on_call_rotation", severity="warning")
def set_rotation(
    *, by: Actor, version: int | None, people: list[UUID], starts_on: date, hands_over: time
) -> OnCallRotation:
    """The order, a week each; nobody in it means everybody is called. Raises BadInput and IncidentChangedElsewhere."""
    row = OnCallRotation.objects.select_for_update().first()
    if (row.version if row else None) != version:
        raise IncidentChangedElsewhere(data={"version": row.version if row else None})
    if len(set(people)) != len(people):
        raise BadInput(fields={"people": ["Name everybody once."]})
    _run_operations(set(people) - set(row.people if row else ()), "people")
    values = {"people": people, "starts_on": starts_on, "hands_over": hands_over}
    if row is not None:
        return row.write(**values, **row.next_version(clock.now()))
    row = OnCallRotation(practice_id=by.practice, **values)
    row.save(force_insert=True)
    return row


@records("on_call.override_added", "{actor} let somebody step in on call", resource_type="on_call_override")
def step_in(*, by: Actor, override_id: UUID, person: UUID, starts_at: datetime, ends_at: datetime) -> OnCallOverride:
    """This person is on call from then until then, whoever's week it is. Twice the same id is one."""
    if ends_at <= max(starts_at, clock.now()):
        raise BadInput(fields={"ends_at": ["Enter a time that is later than the beginning, and not over yet."]})
    _run_operations({person}, "person")
    if (before := OnCallOverride.objects.filter(pk=override_id).first()) is not None:
        return before
    row = OnCallOverride(id=override_id, practice_id=by.practice, person=person, starts_at=starts_at, ends_at=ends_at)
    row.added_by = by.person
    row.save(force_insert=True)
    return row


@records("on_call.override_called_off", "{actor} called off a stand-in on call", resource_type="on_call_override")
def call_off(*, by: Actor, override_id: UUID) -> OnCallOverride:
    """Nobody steps in there any more. Raises OverrideOver."""
    row = OnCallOverride.objects.for_change(override_id)
    if row.called_off_at is not None:
        raise OverrideOver
    return row.write(called_off_at=clock.now())


def _run_operations(people: set[UUID], field: str) -> None:
    if staff_who("run_operations").filter(pk__in=people).count() != len(people):
        raise BadInput(fields={field: ["Choose somebody who runs operations."]})
