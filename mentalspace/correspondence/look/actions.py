"""What administrators do with what stands around every mail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.correspondence.look.drafts import check
from mentalspace.correspondence.look.errors import MailSettingsChangedElsewhere
from mentalspace.correspondence.wordings.drafts import may
from mentalspace.notify.models import MailLogo, MailSettings
from mentalspace.storage.shrinking import Small


@records("mail_settings.saved", "{actor} changed how mails look", resource_type="mail_settings", severity="warning")
def save_mail_settings(
    *,
    by: Actor,
    version: int,
    sender_name: str,
    reply_to: str,
    footer: str,
    accent_color: str,
    logo_id: UUID | None,
    now: datetime,
) -> MailSettings:
    """From the next mail on; the footer from the next that is queued. `version` is 0 before anybody has set them.

    Other logos than the chosen one are let go of. Raises BadInput and MailSettingsChangedElsewhere.
    """
    may(by)
    check(accent_color, logo_id)
    row = MailSettings.objects.select_for_update(of=("self",)).first()
    if (row.version if row else 0) != version:
        raise MailSettingsChangedElsewhere(data={"version": row.version if row else 0})
    values: dict[str, Any] = {"sender_name": sender_name, "reply_to": reply_to, "footer": footer}
    values |= {"accent_color": accent_color, "logo_id": logo_id, "updated_by": by.person}
    saved = row.write(**values, **row.next_version(now)) if row else _first(by, now, values)
    (MailLogo.objects.exclude(pk=logo_id) if logo_id else MailLogo.objects.all()).delete()
    return saved


def _first(by: Actor, now: datetime, values: dict[str, Any]) -> MailSettings:
    made = MailSettings(practice_id=by.practice, updated_at=now, created_at=now, **values)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # another tab was the first
        raise MailSettingsChangedElsewhere(data={"version": 1}) from None
    return made


@records("mail_logo.added", "{actor} added a logo for mails", resource_type="mail_logo", severity="warning")
def add_logo(*, picture: Small, by: Actor) -> MailLogo:
    """It is on no mail before the settings name it."""
    may(by)
    row = MailLogo(
        practice_id=by.practice,
        content=picture.content,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        added_by=by.person,
    )
    row.save(force_insert=True)
    return row
