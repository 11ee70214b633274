"""What stands around the acting practice's mails, as it is set now."""

from uuid import UUID

from mentalspace.access.actor import own_practice
from mentalspace.notify.letterhead import STANDARD, Letterhead, Picture
from mentalspace.notify.models import MailLogo, MailSettings
from mentalspace.practices.models import Practice


class Stationery:
    """Of one batch of mails: what may change is read with each, a logo's bytes and the practice's name once."""

    def __init__(self) -> None:
        self._logos: dict[UUID, Picture] = {}
        self._name: str | None = None

    def now(self) -> tuple[MailSettings, Letterhead]:
        """The practice's settings (or none, as empty ones), and its letterhead."""
        row = MailSettings.objects.first() or MailSettings()
        return row, Letterhead(self._practice(), row.accent_color or STANDARD, self._logo(row.logo_id))

    def _practice(self) -> str:
        if self._name is None:
            self._name = Practice.objects.values_list("name", flat=True).get(pk=own_practice())
        return self._name

    def _logo(self, key: UUID | None) -> Picture | None:
        if key is not None and key not in self._logos and (row := MailLogo.objects.filter(pk=key).first()):
            self._logos[key] = picture_of(row)
        return self._logos.get(key) if key else None


def picture_of(row: MailLogo) -> Picture:
    return Picture(row.pk, bytes(row.content), row.content_type, row.width, row.height)
