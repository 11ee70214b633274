"""What sign-in has done by itself."""

from django.db import transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.core import clock
from mentalspace.jobs.queue import every
from mentalspace.people.models import Session


@every("20 * * * *", "people.forget_sessions")
def forget_sessions(actor: Actor) -> None:
    """Sessions that have ended are gone from the table within the hour. They stopped counting when they ended."""
    with acting_as(IDENTITY), transaction.atomic():
        Session.objects.filter(expire_date__lt=clock.now()).delete()
