"""The rows of the world about the calendar: sessions, series of them, and working hours."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Model

from mentalspace.access.actor import acting_as
from mentalspace.scheduling.models import Appointment, AppointmentSeries, ClinicianHours
from tests.access.rows import LEX, NAMES, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, HERE, NEXT_DOOR, NOOR, OLEG, THEO


def calendar(w: Rows) -> None:
    for label, by, pk, clinician in (
        ("Cleo with Ana, Ana's", "ana", CLEO, "ana"),
        ("Cleo with Mia, Fay's", "fay", CLEO, "mia"),
        ("Noor with Ash, Fay's", "fay", NOOR, "ash"),
        ("Noor with Mia, Fay's", "fay", NOOR, "mia"),
        ("Theo with Ana, Fay's", "fay", THEO, "ana"),
        ("Theo with Ana, Ada's", "ada", THEO, "ana"),
        ("Theo with Ash, Fay's", "fay", THEO, "ash"),
        ("Lex with Ben, Ben's", "ben", LEX, "ben"),
        ("next door", "otto", OLEG, "otto"),
    ):
        w.put(by, label, _series(pk, WHO[clinician], WHO[by]))
        w.put(by, label, _appointment(w, pk, WHO[clinician], WHO[by]))
    w.put("vic", "Vera with Vic, Vic's", _appointment(w, VERA, WHO["vic"], WHO["vic"]))
    held = w.put("ana", "Cleo with Ana, held", _appointment(w, CLEO, WHO["ana"], WHO["ana"]))
    with acting_as(actor("ana")):
        held.write(status="Completed")
    w.know("Cleo with Ana, held", held)
    for pk in (CLEO, NOOR, THEO, VERA):
        for make in (_series, lambda *args: _appointment(w, *args)):
            label = f"{NAMES[pk]} with oneself, one's own"
            w.would(label, lambda me, pk=pk, make=make: make(pk, me, me))  # type: ignore[misc]
            for name in COLLEAGUES.get(pk, ()):
                label = f"{NAMES[pk]} with {name.title()}, one's own"
                w.would(label, lambda me, pk=pk, n=name, make=make: make(pk, WHO[n], me))  # type: ignore[misc]
    for label, who in (("Ana's", "ana"), ("Ash's", "ash"), ("next door", "otto")):
        w.put(who, label, _hours(who))


COLLEAGUES = {CLEO: ("ana", "mia"), NOOR: ("ana", "mia"), THEO: ("ana",)}
"""With whom somebody might book a client."""


def _hours(who: str) -> Model:
    span = {"weekday": 1, "starts_at": time(9), "ends_at": time(17)}
    return ClinicianHours(practice_id=_practice_where(who), person_id=WHO[who], **span)


def _practice_where(who: str) -> UUID:
    return NEXT_DOOR if who in ("otto", "olga") else HERE


def _series(pk: UUID, clinician: UUID, by: UUID) -> Model:
    people_of = {"client_id": pk, "clinician_id": clinician, "created_by_id": by}
    when = {"first_date": date(2026, 3, 2), "start_time": time(9), "duration_minutes": 50, "timezone": "UTC"}
    return AppointmentSeries(practice_id=practice_of(pk), occurrence_count=4, **people_of, **when)


def _appointment(w: Rows, pk: UUID, clinician: UUID, by: UUID) -> Model:
    """Each at an hour of its own, so that nothing is double-booked."""
    start = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=w.another_hour())
    people_of = {"client_id": pk, "clinician_id": clinician, "created_by_id": by}
    when = {"starts_at": start, "ends_at": start + timedelta(minutes=50), "timezone": "UTC"}
    return Appointment(practice_id=practice_of(pk), **people_of, **when)
