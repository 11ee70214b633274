"""Taking time in the calendar. The exclusion constraints decide; here their verdict becomes a word.

Whoever wants the same clinician, client or room waits for their turn (`take_turns`): without that, two inserts can
each wait for the other to finish, and PostgreSQL ends one of them only after a second.
"""

from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction

from mentalspace.scheduling.models import Appointment

T = TypeVar("T")
Who = Literal["clinician", "client", "room"]

TAKEN_BY: Final = MappingProxyType[str, Who](
    {
        "clinician_not_double_booked": "clinician",
        "client_not_double_booked": "client",
        "room_not_double_booked": "room",
    }
)
REASONS: Final = MappingProxyType[Who, str](
    {
        "clinician": "the clinician already has an appointment at this time",
        "client": "the client already has an appointment at this time",
        "room": "the room is already taken at this time",
    }
)

ENTANGLED: Final = ("40P01", "40001")
"""Deadlock and serialization failure: nobody is to blame, and another try usually succeeds."""

TRIES: Final = 3


SIGNED_KEEPS_TIME: Final = "signed_session_keeps_its_time"
"""What the trigger says that charting puts on appointments."""


class Documented(Exception):
    """A signed note says when this session was; it keeps its time, whoever may see the note."""


class Taken(Exception):
    """This clinician, client or room has something else at that time."""

    def __init__(self, who: Who) -> None:
        self.who = who
        super().__init__(who)


def take_turns(appointments: Iterable[Appointment], *, room: UUID | None = None) -> None:
    """Wait for everybody who is booking the same people or rooms, in one order for all; held until the commit."""
    named = {room} - {None}
    for one in appointments:
        named |= {one.clinician_id, one.client_id, one.room_id} - {None}
    locks = "select pg_advisory_xact_lock(hashtextextended('calendar:' || k, 0)) from unnest(%s::text[]) k"
    with connection.cursor() as cursor:
        cursor.execute(locks, [sorted(str(key) for key in named)])


def write(appointment: Appointment, values: dict[str, Any]) -> None:
    """Insert the appointment, or write these values of one that exists.

    Raises Taken or Documented, and then has done nothing.
    """

    def save() -> None:
        if appointment._state.adding:
            appointment.save(force_insert=True)
        else:
            appointment.write(**values)

    held(save)


def insert_all(appointments: list[Appointment]) -> list[tuple[Appointment, Who]]:
    """Insert those whose time is free; the others come back with who is taken. Two statements when all are free."""
    with transaction.atomic():
        Appointment.objects.bulk_create(appointments, ignore_conflicts=True)
    stored = set(Appointment.objects.filter(pk__in=[one.pk for one in appointments]).values_list("pk", flat=True))
    refused: list[tuple[Appointment, Who]] = []
    for one in appointments:
        if one.pk in stored:
            continue
        one._state.adding = True
        try:
            write(one, {})
        except Taken as taken:
            refused.append((one, taken.who))
    return refused


def held(work: Callable[[], T]) -> T:
    """Run `work` in a savepoint. A refusal by the calendar gets its word; an entanglement is tried again."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return work()
        except IntegrityError as error:
            broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
            if broken == SIGNED_KEEPS_TIME:
                raise Documented from None
            who = TAKEN_BY.get(broken)
            if who is None:
                raise
            raise Taken(who) from None
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", None) not in ENTANGLED:
                raise
    raise AssertionError("the last try returns or raises")
