"""What administrators do with the words of messages and with what stands around every mail."""

from datetime import datetime

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.correspondence.wordings.drafts import Draft, check, may
from mentalspace.correspondence.wordings.errors import MailSettingsChangedElsewhere, WordingChangedElsewhere
from mentalspace.notify.models import MailSettings, MessageWording


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


@records("mail_settings.saved", "{actor} changed how mails look", resource_type="mail_settings", severity="warning")
def save_mail_settings(
    *, by: Actor, version: int, sender_name: str, reply_to: str, footer: str, now: datetime
) -> MailSettings:
    """From the next mail on; the footer from the next that is queued. `version` is 0 before anybody has set them.

    Raises MailSettingsChangedElsewhere.
    """
    may(by)
    values = {"sender_name": sender_name, "reply_to": reply_to, "footer": footer, "updated_by": by.person}
    row = MailSettings.objects.select_for_update().first()
    if (row.version if row else 0) != version:
        raise MailSettingsChangedElsewhere(data={"version": row.version if row else 0})
    if row is not None:
        return row.write(**values, **row.next_version(now))
    made = MailSettings(practice_id=by.practice, updated_at=now, created_at=now, **values)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise MailSettingsChangedElsewhere(data={"version": 1}) from None
    return made
