"""Who is on call now, of the acting practice: one place, asked by whoever calls, and by the page."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.access.actor import own_practice
from mentalspace.ops.incidents import duty
from mentalspace.ops.incidents.duty import Instead, Rotation
from mentalspace.ops.incidents.models import OnCallOverride, OnCallRotation
from mentalspace.ops.incidents.rules import Whom
from mentalspace.people.abilities import staff_who
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

NOBODYS = Rotation((), date(2000, 1, 1), time(9), ZoneInfo("UTC"))


def zone_here() -> ZoneInfo:
    """The zone of the clock on the practice's wall."""
    return ZoneInfo(Practice.objects.values_list("timezone", flat=True).get(pk=own_practice()))


def rotation() -> Rotation:
    """The practice's order, empty where it has none."""
    row = OnCallRotation.objects.first()
    return Rotation(tuple(row.people), row.starts_on, row.hands_over, zone_here()) if row else NOBODYS


def instead_from(since: datetime) -> list[Instead]:
    """Who steps in, as far as that is not over, in the order in which it was entered."""
    rows = OnCallOverride.objects.filter(called_off_at__isnull=True, ends_at__gt=since).order_by("created_at", "id")
    return [Instead(row.person, row.starts_at, row.ends_at) for row in rows]


def people_for(whom: Whom, at: datetime) -> list[Profile]:
    """Whom to call at this moment. Where nobody is on call, or whoever is can no longer take an incident on, everybody
    who can: it must reach somebody."""
    able = list(staff_who("run_operations"))
    if whom is Whom.EVERYBODY:
        return able
    order, instead = rotation(), instead_from(at)
    person = duty.on_call(order, instead, at) if whom is Whom.ON_CALL else _next(order, instead, at)
    return [one for one in able if one.pk == person] or able


def _next(order: Rotation, instead: Sequence[Instead], at: datetime) -> UUID | None:
    """Whoever has the next week; where that is the same person, there is no other one."""
    person = duty.after(order, at)
    return None if person == duty.on_call(order, instead, at) else person


def person_now(at: datetime) -> UUID | None:
    """Who is on call at this moment, if that is one person."""
    people = people_for(Whom.ON_CALL, at)
    return people[0].pk if len(people) == 1 else None


def ahead(at: datetime, weeks: int) -> list[duty.Shift]:
    """Everybody's turns from now on for so many weeks."""
    return duty.shifts(rotation(), instead_from(at), at, at + timedelta(weeks=weeks))
