"""Whom something about a client may be sent to by a link, and where: the client, or who acts for them.

What is a minor's goes to a guardian, never to the minor.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from mentalspace.clients.authority import ClientGuardian
from mentalspace.clients.models import Client
from mentalspace.clients.queries import of_age_on
from mentalspace.clients.rules import state_of_authority
from mentalspace.core.errors import BadInput
from mentalspace.core.fields import e164
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.people.days import access_day

Purpose = Literal["sign", "view_record"]
"""What a guardian must be allowed: `can_sign`, `can_view_record`."""


NOT_FOR_THEM = "A link cannot go to this person today: a minor's goes to a guardian who may have it."
NO_ADDRESS = "There is no address of this kind in the chart. Add one first."
NOT_AGREED = "Ask first whether they agree to a text message at this number, then tick the box."


@dataclass(frozen=True)
class Reader:
    """Somebody a link may go to; `guardian_id` is None for the client. What they cannot be reached by is empty."""

    guardian_id: UUID | None
    name: str
    email: str
    phone: str

    def address(self, channel: str) -> dict[str, str]:
        """As the outbox takes it; empty when there is none."""
        plain = {EMAIL: {"email": self.email}, SMS: {"phone": self.phone}}[channel]
        return plain if all(plain.values()) else {}


def readers(client: Client, purpose: Purpose) -> list[Reader]:
    """The client, once of age in their state, and guardians who may do this for them today. Nobody for the deceased."""
    if client.deceased_date is not None:
        return []
    every = client_and_guardians(client, purpose, access_day())
    return every if of_age_on(client.pk) <= access_day() else every[1:]


def chosen(
    client: Client, purpose: Purpose, *, guardian_id: UUID | None, channel: str, has_agreed: bool
) -> tuple[Reader, dict[str, str]]:
    """The reader that somebody chose, and their address as the outbox takes it. Raises BadInput when it cannot go to
    them, or not by this channel, or by text message without their word (`has_agreed`)."""
    reader = next((one for one in readers(client, purpose) if one.guardian_id == guardian_id), None)
    if reader is None:
        raise BadInput(fields={"guardian_id": [NOT_FOR_THEM]})
    if not (address := reader.address(channel)):
        raise BadInput(fields={"channel": [NO_ADDRESS]})
    if channel == SMS and not has_agreed:
        raise BadInput(fields={"has_agreed": [NOT_AGREED]})
    return reader, address


def client_and_guardians(client: Client, purpose: Purpose, day: date) -> list[Reader]:
    """The client first, a minor too, then guardians who may do this for them on this day. Which minors may do it for
    themselves is a matter of state law and of what is done; whoever asks judges that."""
    rows = ClientGuardian.objects.filter(client_id=client.pk, **{f"can_{purpose}": True}).order_by("name", "id")
    guardians = [_reader(row.pk, row.name, row.email, row.phone) for row in rows if _is_in_force(row, day)]
    return [_reader(None, client.chosen_name, client.email, client.primary_phone), *guardians]


def _reader(guardian: UUID | None, name: str, email: str, phone: str) -> Reader:
    return Reader(guardian, name, email.strip().lower(), _number(phone))


def _number(phone: str) -> str:
    try:
        return e164(phone)
    except ValueError:
        return ""


def _is_in_force(row: ClientGuardian, day: date) -> bool:
    times = {"start": row.start_date, "end": row.end_date, "ages_out_on": row.ages_out_on, "today": day}
    return state_of_authority(is_verified=row.verified_at is not None, **times) == "in_force"  # type: ignore[arg-type]
