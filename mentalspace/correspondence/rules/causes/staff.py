"""What concerns the people who work here: licences that end, and looking over what they did in an emergency."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Least

from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.correspondence.rules.conditions import TEXT, Field
from mentalspace.correspondence.rules.facts import STAFF, Cause, Facts, Point, zone_of_practice
from mentalspace.correspondence.rules.vocabulary import Recipient, Timing, Trigger
from mentalspace.notify.fields import Said
from mentalspace.people.models import Profile
from mentalspace.scheduling.rules import instant_at

MORNING = time(9)
"""A date has no hour; people are told of it when the day begins for them."""


def _licenses_between(start: datetime, end: datetime) -> Iterable[Point]:
    zone = zone_of_practice()
    days = (start.astimezone(zone).date(), end.astimezone(zone).date())
    for person in Profile.objects.staff().filter(license_expiration_date__range=days):
        if (day := person.license_expiration_date) is not None:
            moment = instant_at(day, MORNING, zone)
            if start <= moment < end:
                yield Point(person.pk, moment, moment)


def _license(entity: UUID, now: datetime) -> Facts | None:
    person = Profile.objects.staff().filter(pk=entity, license_expiration_date__isnull=False).first()
    if person is None or person.license_expiration_date is None:
        return None
    zone, day = zone_of_practice(), person.license_expiration_date
    moment = instant_at(day, MORNING, zone)
    return Facts(
        entity=person.pk,
        begins=moment,
        moment=moment,
        zone=zone,
        about=("person", person.pk),
        occasion=day.isoformat(),
        clinician=person.pk,
        values={"license_state": person.license_state, "credentials": person.credentials},
        said={
            "person_name": person.full_name,
            "expires_on": f"{day:%B} {day.day}, {day.year}",
            "days_left": str((day - now.astimezone(zone).date()).days),
        },
    )


LICENSE_EXPIRING = Cause(
    trigger=Trigger.LICENSE_EXPIRING,
    explains="The license of somebody who works here expires.",
    facts=_license,
    between=_licenses_between,
    asks={"license_state": Field("State of the license", TEXT), "credentials": Field("Credentials", TEXT)},
    says={
        "person_name": Said("Ana Reyes", in_subject=True),
        "expires_on": Said("January 31, 2027", in_subject=True),
        "days_left": Said("60", in_subject=True),
    },
    timings=(Timing.BEFORE, Timing.AFTER),
    recipients=STAFF,
    catches_up=True,
)


def _over_between(start: datetime, end: datetime) -> Iterable[Point]:
    over = BreakGlassAccess.objects.annotate(over_at=Least(F("expires_at"), F("ended_at")))
    found = over.filter(over_at__gte=start, over_at__lt=end).order_by("over_at", "id").values_list("id", "over_at")
    return [Point(pk, over_at, over_at) for pk, over_at in found]


def _review(entity: UUID, now: datetime) -> Facts | None:
    open_still = Q(reviewed_at__isnull=True) | Q(reviewed_at__gt=now)
    row = BreakGlassAccess.objects.filter(open_still, pk=entity).select_related("staff").first()
    over_at = min(filter(None, (row.expires_at, row.ended_at))) if row else now
    if row is None or over_at > now:
        return None
    return Facts(
        entity=row.pk,
        begins=over_at,
        moment=over_at,
        zone=zone_of_practice(),
        about=("emergency_access", row.pk),
        client=row.client_id,
        clinician=row.staff_id,
        said={"person_name": row.staff.full_name},
    )


SUPERVISOR_REVIEW = Cause(
    trigger=Trigger.SUPERVISOR_REVIEW,
    explains="An emergency access is over and nobody has reviewed it.",
    facts=_review,
    between=_over_between,
    asks={},
    says={"person_name": Said("Ana Reyes", in_subject=True)},
    timings=(Timing.IMMEDIATE, Timing.AFTER, Timing.SCHEDULED),
    recipients=(Recipient.SUPERVISOR, Recipient.ADMINISTRATOR, Recipient.ROLE, Recipient.USER),
    repeats=True,
)
