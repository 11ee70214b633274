"""What administrators do with the words of messages."""

from datetime import datetime

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.correspondence.wordings.drafts import Draft, check, may
from mentalspace.correspondence.wordings.errors import WordingChangedElsewhere
from mentalspace.notify.models import MessageWording


@records("wording.saved", "{actor} worded a message", resource_type="message_wording", severity="warning")
def save_wording(draft: Draft, *, by: Actor, version: int, now: datetime) -> MessageWording:
    """From now on; what is queued already stays as it was queued. `version` is 0 for words nobody has changed yet.

    What is left empty, or equals the product's own words, is the product's own. Raises BadInput and
    WordingChangedElsewhere.
    """
    may(by)
    check(draft)
    own = draft.own
    row = MessageWording.objects.select_for_update().filter(kind=draft.kind, channel=draft.channel).first()
    if (row.version if row else 0) != version:
        raise WordingChangedElsewhere(data={"version": row.version if row else 0})
    texts = {"subject": own.subject, "body": own.body, "updated_by": by.person}
    if row is not None:
        return row.write(**texts, told_at=None, **row.next_version(now))
    made = MessageWording(
        practice_id=by.practice, kind=draft.kind, channel=draft.channel, updated_at=now, created_at=now, **texts
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # another tab was the first
        raise WordingChangedElsewhere(data={"version": 1}) from None
    return made
