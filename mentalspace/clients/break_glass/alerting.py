"""Telling those who answer for it that somebody broke the glass, in the same transaction."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from mentalspace.access.actor import Actor
from mentalspace.audit.incidents import raise_incident
from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.clients.messages import EMERGENCY_ACCESS
from mentalspace.notify.bell import ring
from mentalspace.notify.outbox import queue
from mentalspace.people.models import Profile

RESOURCE = "break_glass_access"


def reviewers(by: Actor, today: date) -> Iterable[Profile]:
    """The practice's administrators, and who supervises the person on that day; never the person themselves."""
    supervises = Q(supervises__supervisee_id=by.person, supervises__start_date__lte=today) & (
        Q(supervises__end_date__isnull=True) | Q(supervises__end_date__gt=today)
    )
    people = Profile.objects.filter(Q(roles__role="administrator") | supervises, is_active=True, is_system=False)
    return people.exclude(pk=by.person).distinct()


def announce(access: BreakGlassAccess, *, by: Actor, minutes: int) -> None:
    """An incident, and word to each reviewer, by mail and under the bell. All stand or fall with the access."""
    raise_incident(
        kind="emergency_access",
        severity="high",
        description="{actor} opened a chart by emergency access",
        person=by.person,
        resource_type=RESOURCE,
        resource=access.pk,
    )
    person = Profile.objects.get(pk=by.person).full_name
    told = list(reviewers(by, access.started_at.date()))
    said = {"person": person, "minutes": minutes}
    ring(kind=EMERGENCY_ACCESS, recipients=[one.pk for one in told], about=access.pk, values=said)
    for reviewer in told:
        if reviewer.email:
            queue(
                kind=EMERGENCY_ACCESS,
                recipient=reviewer.pk,
                email=reviewer.email,
                values={"name": reviewer.first_name, **said},
                about=(RESOURCE, access.pk),
            )


def announce_concern(access: BreakGlassAccess) -> None:
    """A reviewer found that the emergency was none."""
    raise_incident(
        kind="emergency_access_concern",
        severity="critical",
        description="{actor} found cause for concern in an emergency access",
        person=access.staff_id,
        resource_type=RESOURCE,
        resource=access.pk,
    )
