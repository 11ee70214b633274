"""Reads of what stands around mails."""

from typing import Any

from mentalspace.notify.letterhead import STANDARD
from mentalspace.notify.models import MailLogo, MailSettings
from mentalspace.notify.stationery import picture_of

SAME = ("sender_name", "reply_to", "footer", "accent_color")


def mail_settings() -> dict[str, Any]:
    """Empty and version 0 before anybody has set it."""
    row = MailSettings.objects.select_related("logo").first()
    known = row or MailSettings()
    return {name: getattr(known, name) for name in SAME} | {
        "standard_color": STANDARD,
        "logo": logo(row.logo) if row and row.logo else None,
        "version": row.version if row else 0,
        "updated_at": row.updated_at if row else None,
    }


def logo(row: MailLogo) -> dict[str, Any]:
    picture = picture_of(row)
    measures = {"width": row.width, "height": row.height, "size": len(picture.content)}
    return {"id": row.pk, **measures, "data_url": picture.data_url}
