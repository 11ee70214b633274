"""Sharing a document with a client, and taking it back. Each action is one transaction of the acting person's."""

from datetime import datetime, timedelta
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.clients.reach import Reader, readers
from mentalspace.core.errors import BadInput
from mentalspace.core.printing.words import moment
from mentalspace.documents.models import ClientDocument, Status
from mentalspace.documents.sharing.errors import NotToBeShared
from mentalspace.documents.sharing.links import RESOURCE
from mentalspace.documents.sharing.messages import SHARED
from mentalspace.documents.sharing.models import DocumentShare
from mentalspace.notify import outbox
from mentalspace.notify.models import CLIENT, SMS
from mentalspace.people import limits
from mentalspace.practices.models import Practice
from mentalspace.storage.models import State

NOT_FOR_THEM = (
    "This person may not read it today: a minor's documents go to a guardian who may see the record, not to the minor."
)
NO_ADDRESS = "There is no address of this kind in the chart. Add one first."
NOT_AGREED = "Ask first whether they agree to a text message at this number, then tick the box."


@records("document.shared", "{actor} shared a document by a link", resource_type=RESOURCE)
def share_document(
    *,
    share_id: UUID,
    document_id: UUID,
    guardian_id: UUID | None,
    channel: str,
    has_agreed: bool,
    days: int,
    message: str,
    by: Actor,
    now: datetime,
) -> DocumentShare:
    """Send the client, or a guardian who may see the record, a link to this version, good for so many days.

    A text message needs `has_agreed`: the sender says that the reader agreed to one at this number. Sent twice under
    the same id it is one share.
    """
    document = ClientDocument.objects.for_change(document_id)
    made = DocumentShare.objects.filter(pk=share_id, document=document, created_by_id=by.person).first()
    if made is not None:
        return made
    limits.check("share_document", user=by.person)
    if document.status != Status.ACTIVE or document.object.state != State.KEPT:
        raise NotToBeShared
    reader, address = _reader(document.client_id, guardian_id, channel)
    if channel == SMS and not has_agreed:
        raise BadInput(fields={"has_agreed": [NOT_AGREED]})
    share = DocumentShare(
        id=share_id,
        practice_id=by.practice,
        client_id=document.client_id,
        document=document,
        guardian_id=guardian_id,
        reader=reader.name,
        channel=channel,
        address=next(iter(address.values())),
        message=message,
        expires_at=now + timedelta(days=days),
        created_by_id=by.person,
        created_at=now,
    )
    share.save(force_insert=True)
    _tell(share, address)
    return share


@records("document.taken_back", "{actor} took a shared document back", resource_type=RESOURCE)
def take_back(*, share_id: UUID, by: Actor, now: datetime) -> DocumentShare:
    """Nobody sees the document by this link any more, from now on. Once more changes nothing."""
    share = DocumentShare.objects.for_change(share_id)
    return share if share.revoked_at else share.write(revoked_at=now, revoked_by_id=by.person)


def _tell(share: DocumentShare, address: dict[str, str]) -> None:
    zone = Practice.objects.values_list("timezone", flat=True).get(pk=share.practice_id)
    outbox.queue(
        kind=SHARED,
        recipient=share.client_id,
        recipient_type=CLIENT,
        values={"until": moment(share.expires_at, zone)},
        about=(RESOURCE, share.pk),
        **address,
    )


def _reader(client_id: UUID, guardian_id: UUID | None, channel: str) -> tuple[Reader, dict[str, str]]:
    every = readers(Client.objects.visible(client_id), "view_record")
    reader = next((one for one in every if one.guardian_id == guardian_id), None)
    if reader is None:
        raise BadInput(fields={"guardian_id": [NOT_FOR_THEM]})
    if not (address := reader.address(channel)):
        raise BadInput(fields={"channel": [NO_ADDRESS]})
    return reader, address
