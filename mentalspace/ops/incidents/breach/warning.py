"""Telling administrators that the sixty days are running out, once for each warning, until everybody was told."""

from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from mentalspace.access.actor import NOBODY, Actor
from mentalspace.core import clock
from mentalspace.core.models import RecordQuerySet
from mentalspace.notify.bell import ring
from mentalspace.notify.models import Notification
from mentalspace.ops import reaching
from mentalspace.ops.incidents import on_call
from mentalspace.ops.incidents.breach.models import BreachAffected, BreachAssessment
from mentalspace.ops.incidents.breach.rules import PRESSING, Decision, warning_at
from mentalspace.ops.incidents.telling import ABOUT
from mentalspace.people.abilities import staff_who
from mentalspace.people.models import Profile

DEADLINE = "operations.breach_deadline"


def waiting() -> RecordQuerySet[BreachAssessment]:
    """Breaches that nobody has decided, or of which somebody was not told yet."""
    untold = BreachAffected.objects.filter(assessment=OuterRef("pk"), dropped_at__isnull=True, notified_on__isnull=True)
    return BreachAssessment.objects.filter(
        Q(decision=Decision.OPEN) | Q(decision=Decision.BREACH) & Q(Exists(untold))
    ).order_by("due_on", "id")


def pressing(now: datetime) -> list[tuple[str, int]]:
    """Numbers of incidents whose deadline is near or over, and the days that are left, the nearest first."""
    today = _today(now)
    found = [(row.incident.number, (row.due_on - today).days) for row in waiting().select_related("incident")]
    return [(number, left) for number, left in found if left <= PRESSING]


def warn(by: Actor) -> int:
    """Ring and mail where a warning's day has come, as the practice's system. Returns how many were given."""
    today = _today(clock.now())
    running = waiting().filter(due_on__gte=today)
    given = 0
    for row in running.select_for_update(of=("self",), no_key=True).order_by("id"):
        days = warning_at(row.due_on, today, row.warned)
        if days is not None:
            row.write(warned=days)
            _tell(row, (row.due_on - today).days)
            given += 1
    return given


def _today(now: datetime) -> date:
    return now.astimezone(on_call.zone_here()).date()


def _tell(row: BreachAssessment, left: int) -> None:
    people = list(staff_who("run_operations"))
    words = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
    said = {"number": row.incident.number, "left": words}
    ring(kind=DEADLINE, recipients=[one.pk for one in people], about=row.incident_id, values=said)
    reaching.mail(DEADLINE, people, partial(_values, row, said), about=(ABOUT, row.incident_id))


def _values(row: BreachAssessment, said: dict[str, str], person: Profile) -> dict[str, object]:
    address = f"{settings.PUBLIC_URL}/operations/incidents/{row.incident_id}"
    return {"name": person.full_name, "address": address, **said}


def is_wanted(row: Notification) -> bool:
    """Whether somebody is still to be told when a mail's time comes."""
    return waiting().filter(incident=row.related_entity_id or NOBODY).exists()
