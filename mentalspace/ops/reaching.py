"""Handing a message to the outbox for each of several people who run operations: by mail, or as a text."""

from collections.abc import Callable, Iterable
from uuid import UUID

from mentalspace.notify.outbox import queue
from mentalspace.people.models import Profile
from mentalspace.scheduling.reminders.rules import SMS, plain_address

Values = Callable[[Profile], dict[str, object]]
"""What the message says to this person."""


def mail(kind: str, people: Iterable[Profile], values: Values, *, about: tuple[str, UUID]) -> list[UUID]:
    """To whoever has an address. Returns who that is."""
    found = [person for person in people if person.email]
    for person in found:
        queue(kind=kind, recipient=person.pk, email=person.email, values=values(person), about=about)
    return [person.pk for person in found]


def text(kind: str, people: Iterable[Profile], values: Values, *, about: tuple[str, UUID]) -> list[UUID]:
    """To whoever has a number that texts reach. Returns who that is."""
    found = [(person, number) for person in people if (number := plain_address(SMS, person.phone_number))]
    for person, number in found:
        queue(kind=kind, recipient=person.pk, phone=number, values=values(person), about=about)
    return [person.pk for person, _ in found]
