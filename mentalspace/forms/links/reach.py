"""To whom a link to a form may go: whoever may sign for the client."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from mentalspace.clients import reach
from mentalspace.clients.models import Client
from mentalspace.clients.reach import Reader as Reader
from mentalspace.core import clock
from mentalspace.forms.links.models import FormLink


def readers(client: Client) -> list[Reader]:
    """The client, once of age in their state, and guardians who may sign for them today. Nobody for the deceased."""
    return reach.readers(client, "sign")


def signers(client: Client, day: date) -> list[Reader]:
    """The client first, then guardians who may sign for them on this day."""
    return reach.client_and_guardians(client, "sign", day)


def revoked_of(sendings: Collection[UUID]) -> set[UUID]:
    """Of these sendings, those that are over: somebody revoked a link of theirs, who may not see the others."""
    rows = FormLink.objects.filter(sending__in=sendings, revoked_at__isnull=False)
    return set(rows.values_list("sending", flat=True))


def reader_of(link: FormLink, client: Client) -> Reader | None:
    """Whom this link lets in now, its reader; None once it is over, or they may not have one any more: of age, no
    guardian, or the client has died. How the form stands is judged by itself."""
    if link.is_over(clock.now()) or link.sending in revoked_of({link.sending}):
        return None
    return next((one for one in readers(client) if one.guardian_id == link.guardian_id), None)
