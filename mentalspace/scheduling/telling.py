"""Telling a clinician under the bell what somebody else did to an appointment of theirs."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.notify.bell import alert, ring
from mentalspace.scheduling.reminders.models import About
from mentalspace.scheduling.reminders.rules import day_and_time

if TYPE_CHECKING:  # the models name the reminders', and those are planned where this is called
    from mentalspace.scheduling.models import Appointment

ABOUT = "appointment"
KINDS = {
    About.BOOKED: "appointment.booked",
    About.MOVED: "appointment.moved",
    About.CANCELLED: "appointment.cancelled",
}
ASKED = "appointment.asked"
WHEN = "{client}: {day}, {time}{more}"

alert(KINDS[About.BOOKED], title="An appointment of yours was booked", text=WHEN, about=ABOUT)
alert(KINDS[About.MOVED], title="An appointment of yours has a new time or place", text=WHEN, about=ABOUT)
alert(KINDS[About.CANCELLED], title="An appointment of yours was cancelled", text=WHEN, about=ABOUT)
alert(ASKED, title="A client asks for another time", text=WHEN, about=ABOUT)


def tell_clinician(about: About, row: "Appointment", *, by: UUID | None, now: datetime, sessions: int = 1) -> None:
    """Unless it was they themselves (`by`), or it is past. `sessions`: how many the same was done to."""
    if row.clinician_id != by and row.starts_at > now:
        _ring(KINDS[about], row, sessions)


def tell_of_request(row: "Appointment") -> None:
    """The client asked by a link for another time."""
    _ring(ASKED, row, 1)


def _ring(kind: str, row: "Appointment", sessions: int) -> None:
    day, at = day_and_time(row.starts_at, ZoneInfo(row.timezone))
    more = f", and {sessions - 1} more of its series" if sessions > 1 else ""
    values = {"day": day, "time": at, "more": more}
    ring(kind=kind, recipients=[row.clinician_id], about=row.pk, client=row.client_id, values=values)
