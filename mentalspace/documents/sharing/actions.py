"""Sharing a document with a client, and taking it back. Each action is one transaction of the acting person's."""

from datetime import datetime, timedelta
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record, records
from mentalspace.clients.models import Client
from mentalspace.clients.reach import chosen
from mentalspace.core.printing.words import moment
from mentalspace.documents.models import ClientDocument, Status
from mentalspace.documents.sharing.errors import NotToBeShared, SharedAlready
from mentalspace.documents.sharing.links import RESOURCE
from mentalspace.documents.sharing.messages import SHARED
from mentalspace.documents.sharing.models import DocumentShare
from mentalspace.notify import outbox
from mentalspace.notify.models import CLIENT, SMS
from mentalspace.people import limits
from mentalspace.practices.models import Practice
from mentalspace.storage.models import State


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
    the same id it is one share. Raises NotToBeShared, SharedAlready, BadInput.
    """
    document = ClientDocument.objects.for_change(document_id)
    made = DocumentShare.objects.filter(pk=share_id, document=document, created_by_id=by.person).first()
    if made is not None:
        if (made.guardian_id, made.channel, made.message) != (guardian_id, channel, message):
            raise SharedAlready(f"This was shared already, with {made.reader}. Close this and look at the list.")
        return made
    limits.check("share_document", user=by.person)
    if document.status != Status.ACTIVE or document.object.state != State.KEPT:
        raise NotToBeShared
    to = {"guardian_id": guardian_id, "channel": channel, "has_agreed": has_agreed}
    reader, address = chosen(Client.objects.visible(document.client_id), "view_record", **to)  # type: ignore[arg-type]
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
    if channel == SMS:
        about = {"resource": share.pk, "clients": [share.client_id]}
        record("document_share.agreed", "{actor} said the reader agreed to a text", resource_type=RESOURCE, **about)  # type: ignore[arg-type]
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
        **address,  # type: ignore[arg-type]
    )
