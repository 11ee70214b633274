"""What a client does by a link, as the practice's system: each once, and only to the appointment the link was sent for.

The link is spent first: only then may the system change that appointment at all (`policies.was_answered`).
"""

from collections.abc import Callable
from datetime import datetime

from mentalspace.audit.trail import records
from mentalspace.core.errors import Refusal
from mentalspace.scheduling import rules as calendar
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders import planning
from mentalspace.scheduling.reminders.links import CANCEL, CONFIRM, RESCHEDULE, ReminderLink, is_over
from mentalspace.scheduling.reminders.models import About, ReminderLog, Status
from mentalspace.scheduling.reminders.planning import Notice
from mentalspace.scheduling.telling import tell_of_request

CANCELLED_BY_LINK = "Client cancelled by link"
Appointed = calendar.AppointmentStatus


class LinkSpent(Refusal):
    """Used, over, or about an appointment that is no longer what it was."""

    code, status = "link_spent", 409
    message = "This link cannot be used any more."


@records("appointment.confirmed_by_link", "The client confirmed an appointment by a link", resource_type="appointment")
def confirm(*, link: ReminderLink, now: datetime) -> Appointment:
    """The client says that they will come."""
    row = _opened(link, now)
    if row.status == Appointed.SCHEDULED:
        row.write(status=Appointed.CONFIRMED.value, status_updated_at=now, **row.next_version(now))
    ReminderLog.objects.filter(pk=link.reminder_id).update(status=Status.CONFIRMED, confirmed_at=now)
    return row


@records("appointment.cancelled_by_link", "The client cancelled an appointment by a link", resource_type="appointment")
def cancel(*, link: ReminderLink, now: datetime) -> Appointment:
    """The client does not come: the hour is free, the clinician is told, and it waits to be seen to."""
    row = _opened(link, now)
    row.write(
        status=Appointed.CANCELLED.value,
        status_updated_at=now,
        cancelled_at=now,
        cancellation_reason=CANCELLED_BY_LINK,
        **row.next_version(now),
    )
    planning.plan([row], now=now, notice=Notice(About.CANCELLED, row, None))
    return row


@records("appointment.request.made", "The client asked by a link for another time", resource_type="appointment")
def ask_for_another_time(*, link: ReminderLink, now: datetime) -> Appointment:
    """Changes nothing but that the practice is told (`queries.open_answers`)."""
    row = _opened(link, now)
    tell_of_request(row)
    return row


ANSWERS: dict[str, Callable[..., Appointment]] = {CONFIRM: confirm, CANCEL: cancel, RESCHEDULE: ask_for_another_time}


def _opened(link: ReminderLink, now: datetime) -> Appointment:
    """Spend the link and lock its appointment. Raises LinkSpent."""
    mine = ReminderLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if mine.used_at is not None or is_over(mine, now):
        raise LinkSpent
    mine.write(used_at=now)
    row = Appointment.objects.select_for_update(of=("self",)).filter(pk=mine.appointment_id).first()
    if row is None or not stands(mine, row):
        raise LinkSpent
    return row


def takes_place(link: ReminderLink, row: Appointment) -> bool:
    """The appointment was neither moved nor called off since the client was told; they may have come by now."""
    return row.starts_at == link.starts_at and Appointed(row.status) in calendar.BLOCKING


def stands(link: ReminderLink, row: Appointment) -> bool:
    """The appointment is still to take place at the time the client was told."""
    return row.starts_at == link.starts_at and Appointed(row.status) in calendar.OPEN
