"""From the plan to the outbox, as the practice's system, and what the outbox asks before each attempt.

A reminder is locked, checked and handed over in one transaction: its message exists if and only if the reminder names
it, whichever worker dies where, and two workers never hold the same one. The outbox sends it once (`notify.delivery`);
a trigger (`access.reminder_follows`) writes down here what became of it.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.notify import messages, outbox, wordings
from mentalspace.notify.jobs import deliver
from mentalspace.notify.models import CLIENT, SMS, Notification
from mentalspace.people.models import Profile
from mentalspace.practices.models import Location
from mentalspace.scheduling import rules as calendar
from mentalspace.scheduling.reminders import planning, reach, rules, wording
from mentalspace.scheduling.reminders.models import (
    About,
    NoticeSettings,
    Reader,
    ReminderLog,
    ReminderSettings,
    Status,
)

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Reminders handed over in one transaction."""

ENTITY = "reminder"
KINDS = {about: f"appointment.{about.value}" for about in About}
TO_CLINICIAN = "appointment.clinician"

NO_CONSENT = "Not sent: the client has not agreed to messages at this address, or took it back."
NO_ADDRESS = "Not sent: there is no address of this kind in the chart."
NOT_SO = "Not sent: the appointment is no longer as it was planned."
TOO_LATE = "Not sent: the appointment has begun."
QUIET = "Not sent: it was late, and quiet hours last until the appointment."
OVERTAKEN = "Not sent: a later reminder of the same appointment was due as well."
FAULT = "Could not be prepared. Look at the wording under Reminders, then send it again."


@dataclass
class Sent:
    """What one run did."""

    queued: int = 0
    called_off: int = 0
    failed: int = 0


class NotNow(Exception):
    """Why this one is not sent after all."""


class NotYet(Exception):
    """It is quiet for this client; `until` is when it may go."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def send_due(actor: Actor) -> Sent:
    """Hand everything that is due to the outbox. Whoever else does so at the same time takes the others."""
    total = Sent()
    while _send_some(actor, total):
        pass
    return total


def _send_some(actor: Actor, total: Sent) -> bool:
    now = clock.now()
    with acting_as(actor), transaction.atomic():
        due = ReminderLog.objects.due(now).select_for_update(skip_locked=True, of=("self",))
        rows = list(due[:AT_ONCE])
        for row in rows:
            _send_one(row, now, total)
    return bool(rows)


def _send_one(row: ReminderLog, now: datetime, total: Sent) -> None:
    try:
        with transaction.atomic():
            _hand_over(row, now)
        total.queued += 1
    except NotNow as why:
        row.write(status=Status.CANCELLED, error_message=str(why))
        total.called_off += 1
    except NotYet as quiet:
        row.write(due_at=quiet.until)
    except Exception as failure:  # whatever it is, the others must go; what it says may quote the client's row
        log.error("reminder %s could not be prepared: %s", row.pk, type(failure).__name__)
        row.write(status=Status.FAILED, error_message=FAULT)
        total.failed += 1


def _hand_over(row: ReminderLog, now: datetime) -> None:
    """Raises NotNow, and NotYet in quiet hours."""
    appointment = _appointment(row, now)
    address = _address(row)
    if row.about == About.REMINDER and _is_overtaken(row, now):
        raise NotNow(OVERTAKEN)
    _check_quiet(row, appointment, now)
    before = Notification.objects.waiting() | Notification.objects.out_of_date()
    known = before.filter(related_entity_id=row.pk).order_by("-created_at")
    message = next((one for one in known if one.address == address), None)
    if message is None:
        message = _queued(row, appointment, address)
    elif message.cancelled_at is not None:
        outbox.revive(message)
    elif message.next_attempt_at is None:
        # Given up, and to be sent again: its provider may have it from an attempt whose answer was lost, and under its
        # own key it goes once.
        message.write(next_attempt_at=now, attempts=1, error_message="")
        deliver.defer(practice=str(row.practice_id), notification=str(message.pk))
    row.write(notification_id=message.pk, recipient=address, error_message="")


def _appointment(row: ReminderLog, now: datetime) -> Any:
    from mentalspace.scheduling.models import Appointment

    found = Appointment.objects.select_related("location").get(pk=row.appointment_id)
    if now >= row.starts_at:
        raise NotNow(TOO_LATE)
    if not _speaks_true(row, found):
        raise NotNow(NOT_SO)
    return found


def _check_quiet(row: ReminderLog, appointment: Any, now: datetime) -> None:
    """Raises NotYet while it is quiet for the client, NotNow when it will be until the appointment."""
    at = planning.goes_at(row, appointment.timezone, now)
    if at is None:
        raise NotNow(QUIET)
    if at > now:
        raise NotYet(at)


def _speaks_true(row: ReminderLog, appointment: Any) -> bool:
    """The appointment is still what the message says of it."""
    if row.about == About.CANCELLED:
        return bool(appointment.status == calendar.AppointmentStatus.CANCELLED)
    is_open = calendar.AppointmentStatus(appointment.status) in calendar.OPEN
    return is_open and bool(appointment.starts_at == row.starts_at)


def _address(row: ReminderLog) -> str:
    """Where it goes: what is in the chart now, when the client agreed to exactly that. Raises NotNow."""
    if row.reader == Reader.CLINICIAN:
        address = Profile.objects.get(pk=row.clinician_id).email
    else:
        address = reach.addresses(row.client_id)[row.reminder_type]
        if address and not reach.agreed(row.client_id, row.reminder_type, address):
            raise NotNow(NO_CONSENT)
    if not address:
        raise NotNow(NO_ADDRESS)
    return address


def _is_overtaken(row: ReminderLog, now: datetime) -> bool:
    """After a standstill: the one nearer to the appointment goes, not both."""
    nearer = ReminderLog.objects.due(now).filter(
        appointment_id=row.appointment_id,
        reminder_type=row.reminder_type,
        about=About.REMINDER,
        starts_at=row.starts_at,
        hours_before__lt=row.hours_before,
    )
    return nearer.exists()


def _queued(row: ReminderLog, appointment: Any, address: str) -> Notification:
    email, phone = (address, "") if row.reminder_type == rules.EMAIL else ("", address)
    about = (ENTITY, row.pk)
    if row.reader == Reader.CLINICIAN:
        what = {"what": wording.TOLD_CLINICIAN[row.about]} | _when(row, ZoneInfo(appointment.timezone))
        return outbox.queue(
            kind=TO_CLINICIAN, recipient=row.clinician_id, values=what, about=about, email=email, phone=phone
        )
    return outbox.queue(
        kind=KINDS[About(row.about)],
        recipient=row.client_id,
        recipient_type=CLIENT,
        values=values_of(row, appointment),
        template=template_of(row),
        about=about,
        email=email,
        phone=phone,
    )


def values_of(row: ReminderLog, appointment: Any) -> dict[str, str]:
    """What the fields of a text stand for. Of the client's name only the first."""
    client = Client.objects.only("first_name", "preferred_name").get(pk=row.client_id)
    return {
        "client_name": client.preferred_name or client.first_name,
        "clinician_name": Profile.objects.get(pk=appointment.clinician_id).full_name,
        "location": place(appointment.location),
        **_when(row, planning.zone_of(row.client_id, appointment.timezone)),
    }


def _when(row: ReminderLog, zone: ZoneInfo) -> dict[str, str]:
    day, at = rules.day_and_time(row.starts_at, zone)
    return {"date": day, "time": at}


def place(location: Location | None) -> str:
    """Where to go, on one line."""
    if location is None:
        return ""
    if location.is_telehealth:
        return "By video"
    return ", ".join(part for part in (location.name, location.street, location.city) if part)


def template_of(row: ReminderLog) -> str:
    """The practice's wording, with the links it wants."""
    if row.about != About.REMINDER:
        return _notice_template(row)
    chosen = ReminderSettings.objects.get()
    text = chosen.email_template if row.reminder_type == rules.EMAIL else chosen.sms_template
    return rules.with_links(row.reminder_type, text, links_of(chosen))


class Linked(Protocol):
    """Says which links it wants."""

    @property
    def require_confirmation(self) -> bool: ...
    @property
    def include_reschedule_link(self) -> bool: ...
    @property
    def include_cancel_link(self) -> bool: ...


def links_of(chosen: Linked) -> dict[str, bool]:
    """Which links reminders have, in the order in which they are added."""
    return {
        "confirm_link": chosen.require_confirmation,
        "reschedule_link": chosen.include_reschedule_link,
        "cancel_link": chosen.include_cancel_link,
    }


def _notice_template(row: ReminderLog) -> str:
    no_links = dict.fromkeys(rules.LINKS, False)
    if row.reminder_type == rules.SMS:
        notice = messages.KINDS[KINDS[About(row.about)]]
        return rules.with_links(rules.SMS, wordings.chosen(row.practice_id, notice, SMS).body, no_links)
    chosen = NoticeSettings.objects.get()
    field = {About.BOOKED: "create", About.MOVED: "update", About.CANCELLED: "cancel"}[About(row.about)]
    text = getattr(chosen, f"{field}_template")
    if row.sessions > 1:
        text = f"{text.rstrip()}\n\n{wording.SERIES.format(sessions=row.sessions)}"
    return rules.with_links(rules.EMAIL, text, no_links)


def wanted(message: Notification) -> bool | datetime:
    """Asked by the outbox when an attempt begins: whether all of this still holds, or from when on it may go."""
    row = ReminderLog.objects.filter(notification_id=message.pk).first()
    if row is None or row.status not in (Status.PENDING, Status.FAILED):  # given up, and tried again by hand
        return False
    now = clock.now()
    try:
        appointment = _appointment(row, now)
        if _address(row) != message.address:
            return False
        _check_quiet(row, appointment, now)
    except NotNow:
        return False
    except NotYet as quiet:
        return quiet.until
    return True
