"""Telling somebody something: a row in the caller's transaction, sent once that has committed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from mentalspace.access.actor import own_practice
from mentalspace.core import clock
from mentalspace.notify import wordings
from mentalspace.notify.jobs import deliver
from mentalspace.notify.messages import KINDS
from mentalspace.notify.models import EMAIL, SMS, USER, Notification
from mentalspace.practices.models import Practice

LONGEST_STORED = 200
"""Characters of a subject in the outbox."""


def queue(
    *,
    kind: str,
    recipient: UUID | None,
    values: Mapping[str, object],
    email: str = "",
    phone: str = "",
    practice: UUID | None = None,
    about: tuple[str, UUID] | None = None,
    recipient_type: str = USER,
    metadata: Mapping[str, str] | None = None,
    template: str | None = None,
    at: datetime | None = None,
    subject: str | None = None,
    rule: UUID | None = None,
) -> Notification:
    """Have a message of this kind sent to a person, if and only if the present transaction commits.

    `recipient` is their profile or client, `about` the row it is about (type and id); `values` fill the body, which
    the practice may word itself: under Wordings, or elsewhere and then in `template`. It goes to the `email`, or as a
    text message to the `phone` (E.164), as soon as possible or from `at` on. A practice's own `subject` says nothing
    about a client; `rule` is the notification rule that causes it. `metadata` is for the links' makers: ids, never
    secrets. `practice` is the acting person's; only identity, who is nobody's, must name one.

    Raises KeyError for a kind nobody registered, ValueError
    when the values are not its own or there is not exactly one address.
    """
    if bool(email) == bool(phone):
        raise ValueError("a message goes to one address")
    home, message, channel = practice or own_practice(), KINDS[kind], EMAIL if email else SMS
    words, name = wordings.chosen(home, message, channel), _name_of(home)
    content = message.text(values, name, template or words.body)
    entity_type, entity_id = about or ("", None)
    row = Notification(
        practice_id=home,
        kind=kind,
        notification_type=channel,
        recipient_id=recipient,
        recipient_type=recipient_type,
        recipient_email=email,
        recipient_phone=phone,
        message_subject=(subject or message.title(words.subject, values, name))[:LONGEST_STORED],
        message_content=wordings.footed(home, content) if email else content,
        metadata=dict(metadata or {}),
        related_entity_type=entity_type,
        related_entity_id=entity_id,
        rule_id=rule,
        next_attempt_at=at or clock.now(),
    )
    row.save(force_insert=True)
    if at is None:
        deliver.defer(practice=str(home), notification=str(row.pk))
    return row


def revive(row: Notification) -> None:
    """What was called off as out of date is so again: it goes after all, as the practice's system.

    Under its own key, because its provider may have it from an attempt whose answer was lost: it still goes once.
    """
    row.write(cancelled_at=None, error_message="", attempts=min(row.attempts, 1), next_attempt_at=clock.now())
    deliver.defer(practice=str(row.practice_id), notification=str(row.pk))


def _name_of(practice: UUID) -> str:
    return Practice.objects.values_list("name", flat=True).get(pk=practice)
