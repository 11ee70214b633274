"""How things stand, by mail to administrators every morning at seven on the practice's wall."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.notify.models import Notification
from mentalspace.notify.outbox import queue
from mentalspace.ops.checklists import queries
from mentalspace.ops.metrics.rules import State
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

AT = 7
"""The hour it goes."""

KIND = "operations.digest"
MARKS = {State.GOOD: "Good", State.ATTENTION: "Look at it", State.BAD: "Not good", State.UNKNOWN: "Not known"}


def send_when_due(actor: Actor) -> int:
    """Tell every administrator, once a day, from seven o'clock on and before eight. How many were told."""
    with acting_as(actor), transaction.atomic():
        practice = Practice.objects.get(pk=actor.practice)
        here = clock.now().astimezone(ZoneInfo(practice.timezone))
        if here.hour != AT or _told(here):
            return 0
        return _tell()


def _told(here: datetime) -> bool:
    begun = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return Notification.objects.filter(kind=KIND, created_at__gte=begun).exists()


def _tell() -> int:
    found = queries.checks()
    wrong = [each for each in found if each["state"] != State.GOOD]
    said = [f"{MARKS[State(each['state'])]}: {each['title']}. {each['says']}" for each in wrong]
    people = Profile.objects.staff().exclude(email="").filter(roles__role="administrator")
    for person in people:
        values = {
            "name": person.full_name,
            "good": len(found) - len(wrong),
            "all": len(found),
            "wrong": "; ".join(said) or "Nothing needs you.",
            "address": f"{settings.PUBLIC_URL}/operations",
        }
        queue(kind=KIND, recipient=person.pk, email=person.email, values=values)
    return len(people)
