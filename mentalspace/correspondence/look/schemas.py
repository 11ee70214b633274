"""The shapes of the API over what stands around mails."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from mentalspace.core.fields import Email, Storable
from mentalspace.notify.fields import CONTROL

Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""The version a change was built on; 0 while there is none."""


def _on_one_line(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError("Write it on one line.")
    return text


SenderName = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=100), Storable, AfterValidator(_on_one_line)
]
Color = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=20), Storable]
"""`#` and six digits; empty for the product's own. What words cannot be read on is refused by the action."""
Footer = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable]


class LookIn(Schema):
    """How mails look: the colour of their buttons, the logo above them, and how they end."""

    accent_color: Color = ""
    logo_id: UUID | None = None
    footer: Footer = ""


class MailSettingsIn(LookIn):
    """What stands around every mail: besides their look, the name they come from and where answers go."""

    version: Seen
    sender_name: SenderName = ""
    reply_to: Email = ""


class MailLogoOut(Schema):
    """A logo as it goes along with mails, within its address; measures in points, `size` in bytes."""

    id: UUID
    width: int
    height: int
    size: int
    data_url: str


class MailSettingsOut(Schema):
    """`standard_color` is the product's own, which holds while `accent_color` is empty."""

    sender_name: str
    reply_to: str
    footer: str
    accent_color: str
    standard_color: str
    logo: MailLogoOut | None
    version: int
    updated_at: datetime | None


class LookOut(Schema):
    """A made-up mail in this look: as mail programs show it, by day and in the dark, and as those without HTML do."""

    subject: str
    text: str
    html: str
    dark_html: str


class LookSentOut(Schema):
    """Where the test went."""

    to: str
