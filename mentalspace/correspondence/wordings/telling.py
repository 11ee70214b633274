"""Telling administrators that a wording of theirs is not used: once, and again only after it has been saved anew."""

from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.notify import bell, wordings
from mentalspace.notify.messages import KINDS
from mentalspace.notify.models import MessageWording
from mentalspace.people.models import Profile

UNUSED = "wording.unused"


def take(actor: Actor, what: str, entity: UUID) -> None:
    """A message went out in the product's words, because the practice's did not fit."""
    if what != wordings.UNUSED:
        return
    with acting_as(actor), transaction.atomic():
        row = MessageWording.objects.select_for_update(of=("self",)).filter(pk=entity, told_at__isnull=True).first()
        message = KINDS.get(row.kind) if row else None
        if row is None or message is None or message.worded is None:
            return
        if not wordings.problems(message, row.channel, wordings.own_or_default(message, row.channel, row)):
            return
        row.write(told_at=clock.now())
        administrators = Profile.objects.staff().filter(roles__role="administrator")
        readers = administrators.values_list("pk", flat=True)
        bell.ring(kind=UNUSED, recipients=readers, about=row.pk, values={"title": message.worded.title})
