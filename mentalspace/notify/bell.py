"""Telling the staff something inside the product: a row in the caller's transaction, under the bell until read.

    alert("client.care_team.joined", title="You joined a care team", text="You now treat {client}.", about="client")

    ring(kind="client.care_team.joined", recipients=[person.pk], about=client.pk, client=client.pk)

Where `{client}` stands, nothing is stored but a mark: the name is filled in when it is read, for whoever may still see
that client. Kinds are registered in each app's `messages.py`, beside what goes by mail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from mentalspace.access.actor import current, own_practice
from mentalspace.notify.fields import CONTROL, named
from mentalspace.notify.models import StaffNotification

MARK = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: stands in a stored text for the client's name."""

LONGEST_TITLE, LONGEST_TEXT = 200, 1000


@dataclass(frozen=True)
class Alert:
    """A kind of notification: its texts, and what sort of thing it leads to."""

    kind: str
    title: str
    text: str
    about: str

    @property
    def names(self) -> set[str]:
        """The values its texts need."""
        return (named(self.title) | named(self.text)) - {"client"}


ALERTS: dict[str, Alert] = {}


def alert(kind: str, *, title: str, text: str, about: str) -> Alert:
    """Register a kind. Raises ValueError for a second one of that name, or a title that would name a client."""
    if kind in ALERTS:
        raise ValueError(f"there are two notifications {kind}")
    if "client" in named(title):
        raise ValueError(f"the title of {kind} names a client")
    made = ALERTS[kind] = Alert(kind, title, text, about)
    return made


def plain(value: object) -> str:
    """A value on one line, without what would break out of its place or pass for the mark."""
    return CONTROL.sub(" ", str(value)).replace(MARK, " ")


def ring(
    *,
    kind: str,
    recipients: Iterable[UUID],
    about: UUID,
    client: UUID | None = None,
    values: Mapping[str, object] | None = None,
) -> list[StaffNotification]:
    """Tell each of these people, if and only if the present transaction commits; whoever is acting knows already.

    `values` are exactly those the texts name. Raises KeyError for a kind nobody registered, ValueError for values that
    are not its own.
    """
    said = ALERTS[kind]
    if said.names != set(values or {}):
        raise ValueError(f"{kind} needs exactly {sorted(said.names)}")
    clean = {name: plain(value) for name, value in (values or {}).items()}
    title, text = (words.format(**clean, client=MARK) for words in (said.title, said.text))
    me = current.get()
    told = sorted(set(recipients) - ({me.person} if me else set()), key=str)
    return put(told, kind=kind, title=title, text=text, client=client, about=(said.about, about))


def put(
    recipients: Iterable[UUID], *, kind: str, title: str, text: str, client: UUID | None, about: tuple[str, UUID]
) -> list[StaffNotification]:
    """Add one row for each, worded by the caller."""
    rows = [
        StaffNotification(
            practice_id=own_practice(),
            recipient_id=recipient,
            kind=kind,
            title=title[:LONGEST_TITLE],
            text=text[:LONGEST_TEXT],
            client_id=client,
            about_type=about[0],
            about_id=about[1],
        )
        for recipient in recipients
    ]
    return StaffNotification.objects.bulk_create(rows)
