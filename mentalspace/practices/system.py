"""Who acts when no person does: each practice's own system profile, whose id is the practice's."""

from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.access.audiences import SYSTEM
from mentalspace.practices.models import Practice


def system_actor(practice: UUID) -> Actor:
    """The practice itself at work: named in the audit trail, unable to sign in."""
    return Actor(practice, practice, SYSTEM)


def system_actors() -> list[Actor]:
    """One for each practice, oldest first."""
    with acting_as(IDENTITY), transaction.atomic():
        return [system_actor(pk) for pk in Practice.objects.order_by("created_at", "id").values_list("id", flat=True)]
