"""A look as somebody sets it, and what of it cannot be used."""

from uuid import UUID

from mentalspace.core.errors import BadInput
from mentalspace.notify import colors
from mentalspace.notify.models import MailLogo


def check(accent_color: str, logo_id: UUID | None) -> MailLogo | None:
    """The logo, if there is to be one. Raises BadInput, naming each part that cannot be used."""
    wrong = {}
    if accent_color and (said := colors.problem(accent_color)):
        wrong["accent_color"] = [said]
    logo = MailLogo.objects.filter(pk=logo_id).first() if logo_id else None
    if logo_id and logo is None:
        wrong["logo_id"] = ["This logo is not there any more. Add it again."]
    if wrong:
        raise BadInput(fields=wrong)
    return logo
