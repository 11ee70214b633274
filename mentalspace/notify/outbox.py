"""Telling somebody something: a row in the caller's transaction, sent once that has committed."""

from collections.abc import Mapping
from uuid import UUID

from mentalspace.access.actor import NOBODY, current
from mentalspace.notify.jobs import deliver
from mentalspace.notify.messages import KINDS
from mentalspace.notify.models import Notification
from mentalspace.practices.models import Practice


def queue(
    *,
    kind: str,
    recipient: UUID | None,
    email: str,
    values: Mapping[str, object],
    practice: UUID | None = None,
    about: tuple[str, UUID] | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Notification:
    """Have a message of this kind sent to a person, if and only if the present transaction commits.

    `recipient` is their profile, `about` the row it is about (type and id); `values` fill the body. `metadata` is
    for the link's maker: ids, never secrets. `practice` is the acting person's; only identity, who is nobody's,
    must name one. Raises KeyError for a kind nobody registered, ValueError when the values are not its own.
    """
    home, message = practice or _own_practice(), KINDS[kind]
    entity_type, entity_id = about or ("", None)
    row = Notification(
        practice_id=home,
        kind=kind,
        recipient_id=recipient,
        recipient_email=email,
        message_subject=message.subject,
        message_content=message.text(values, Practice.objects.values_list("name", flat=True).get(pk=home)),
        metadata=dict(metadata or {}),
        related_entity_type=entity_type,
        related_entity_id=entity_id,
    )
    row.save(force_insert=True)
    deliver.defer(practice=str(home), notification=str(row.pk))
    return row


def _own_practice() -> UUID:
    actor = current.get()
    if actor is None or actor.practice == NOBODY:
        raise ValueError("who belongs to no practice must say whose message it is")
    return actor.practice
