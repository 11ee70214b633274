"""Reads of reminders, each in a fixed number of statements. Rows are what row-level security leaves."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.forms.models import model_to_dict

from mentalspace.access.actor import Actor
from mentalspace.clients.models import CareTeamMember, Client
from mentalspace.clients.queries import NAME
from mentalspace.core import clock
from mentalspace.core.paging import page
from mentalspace.notify import suppression
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.people.abilities import can
from mentalspace.scheduling import rules as calendar
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.queries import STRANGER
from mentalspace.scheduling.reminders import planning, reach, rules
from mentalspace.scheduling.reminders.links import CANCEL, RESCHEDULE, TO_SEE_TO, ReminderLink
from mentalspace.scheduling.reminders.models import (
    About,
    ContactConsent,
    NoticeSettings,
    Reader,
    ReminderLog,
    ReminderPreferences,
    ReminderSettings,
    Status,
)

MOST = 100
"""Rows that are told of one appointment or client; nobody reads further back there."""

KEPT_IN_SIGHT = timedelta(days=7)

CHANNEL_NAMES = {rules.EMAIL: "e-mail", rules.SMS: "text message"}
CHANNELS = {rules.EMAIL: EMAIL, rules.SMS: SMS}
"""What the outbox calls them."""


# --- Settings --------------------------------------------------------------------------------


def settings() -> dict[str, Any]:
    """The `ReminderSettingsOut` of the practice. Three statements."""
    row, told = ReminderSettings.objects.first(), NoticeSettings.objects.first()
    chosen = row or ReminderSettings(enabled=False)
    quiet = {name: f"{getattr(chosen, name):%H:%M}" for name in ("quiet_from", "quiet_until")}
    found = _plain(chosen) | quiet | _plain(told or NoticeSettings())
    agreed = ContactConsent.objects.filter(revoked_at__isnull=True).values("client_id").distinct().count()
    return found | {
        "version": chosen.version,
        "is_saved": row is not None,
        "fields": list(rules.FIELDS),
        "agreed": agreed,
    }


def _plain(row: Any) -> dict[str, Any]:
    return model_to_dict(row, exclude=["id", "practice", "version"])


# --- The queue -------------------------------------------------------------------------------


def listed(*, by: Actor, status: str, channel: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """Reminders and notices, what is to go in the order in which it goes, and what has gone the latest first."""
    rows = ReminderLog.objects.filter(**{"status": status} if status else {})
    if channel:
        rows = rows.filter(reminder_type=channel)
    keys = ("due_at", "id") if status == Status.PENDING else ("-due_at", "-id")
    found, following = page(rows, keys=keys, cursor=cursor)
    return _shown(found, by), following


def of_appointment(appointment_id: UUID, *, by: Actor) -> dict[str, Any]:
    """The `AppointmentRemindersOut` of an appointment, or 404."""
    appointment = Appointment.objects.visible(appointment_id)
    rows = list(ReminderLog.objects.filter(appointment_id=appointment_id).order_by("-due_at", "-id")[:MOST])
    asked = open_answers().filter(appointment_id=appointment_id, action=RESCHEDULE)
    waiting = asked.first() if can(by.audience, "book") else None
    return {
        "items": _shown(rows, by),
        "why_none": "" if any(row.status == Status.PENDING for row in rows) else _why_none(appointment),
        "asked_for_another_time_at": waiting and waiting.used_at,
        "request_id": waiting and waiting.pk,
    }


def client_of(appointment_id: UUID) -> UUID:
    return Appointment.objects.values_list("client_id", flat=True).get(pk=appointment_id)


def _why_none(appointment: Appointment) -> str:
    """Why nothing waits to be sent about this appointment, in words."""
    settings = ReminderSettings.objects.first()
    if calendar.AppointmentStatus(appointment.status) not in calendar.OPEN or appointment.starts_at <= clock.now():
        return ""
    if settings is None or not any(settings.sends_by(channel) for channel in rules.CHANNELS):
        return "The practice does not send reminders."
    book = planning.read(settings, [appointment])
    if not (channels := book.channels(appointment.client_id)):
        sent = [CHANNEL_NAMES[channel] for channel in rules.CHANNELS if settings.sends_by(channel)]
        return f"The client has not agreed to reminders by {' or '.join(sent)} at an address in the chart."
    if not any(book.hours(appointment, channel) for channel in channels):
        return "No hours are set at which this client would be reminded of this type of appointment."
    return "No reminder is due any more."


def shown(reminder_id: UUID, *, by: Actor) -> dict[str, Any]:
    """One `ReminderOut`, or 404."""
    return _shown([ReminderLog.objects.visible(reminder_id)], by)[0]


def _shown(rows: list[ReminderLog], by: Actor) -> list[dict[str, Any]]:
    """Two statements for the names and zones of all."""
    names = _names([row.client_id for row in rows])
    seen = Appointment.objects.filter(pk__in={row.appointment_id for row in rows}).select_related("clinician")
    appointments = {row.pk: row for row in seen}
    offers, now = can(by.audience, "see_reminders"), clock.now()
    return [_one(row, names, appointments.get(row.appointment_id), offers, now) for row in rows]


def _one(row: ReminderLog, names: dict[UUID, str], appointment: Any, offers: bool, now: datetime) -> dict[str, Any]:
    is_open = row.starts_at > now and row.about != About.CANCELLED
    same = (
        "id appointment_id client_id starts_at reminder_type about reader hours_before due_at status recipient"
        " error_message delivery_status sent_at confirmed_at"
    )
    is_known = row.client_id in names or row.reader == Reader.CLINICIAN
    return {name: getattr(row, name) for name in same.split()} | {
        "client_name": names.get(row.client_id, STRANGER),
        "recipient": row.recipient if is_known else "",
        "clinician_name": appointment.clinician.full_name if appointment else "",
        "timezone": appointment.timezone if appointment else "UTC",
        "is_on_its_way": row.status == Status.PENDING and row.notification_id is not None,
        "may_resend": offers and is_open and row.status in (Status.FAILED, Status.SENT),
    }


def _names(clients: list[UUID]) -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"select c.id, {NAME.format('c')} from clients c where c.id = any(%s)", [clients])
        return dict(cursor.fetchall())


# --- What clients answered -------------------------------------------------------------------


def open_answers() -> QuerySet[ReminderLink]:
    """Clients who cancelled or ask for another time, and nobody has seen to it.

    A wish ends with its appointment, and when that is no longer as it was. A cancellation stays for a week after:
    whoever comes to work at nine is to find the one of half past eight.
    """
    now = clock.now()
    waiting = ReminderLink.objects.filter(action__in=TO_SEE_TO, used_at__isnull=False, handled_at__isnull=True)
    asks = Q(action=RESCHEDULE, starts_at__gt=now, appointment__status__in=list(calendar.OPEN))
    cancelled = Q(action=CANCEL, starts_at__gt=now - KEPT_IN_SIGHT)
    rows = waiting.filter(asks | cancelled, appointment__starts_at=F("starts_at"))
    # Each message has links of its own: who asks by two of them has one wish.
    same = {name: OuterRef(name) for name in ("appointment_id", "action", "starts_at")}
    earlier = waiting.filter(Q(used_at__lt=OuterRef("used_at")) | Q(used_at=OuterRef("used_at"), id__lt=OuterRef("id")))
    return rows.exclude(Exists(earlier.filter(**same))).order_by("starts_at", "id")


def answers(*, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """`AnswerOut`, the next appointment first."""
    found, following = page(
        open_answers().select_related("appointment", "clinician"), keys=("starts_at", "id"), cursor=cursor
    )
    names = _names([row.client_id for row in found])
    return [
        {
            "id": row.pk,
            "appointment_id": row.appointment_id,
            "client_id": row.client_id,
            "client_name": names.get(row.client_id, STRANGER),
            "clinician_name": row.clinician.full_name,
            "starts_at": row.starts_at,
            "timezone": row.appointment.timezone,
            "answer": row.action,
            "answered_at": row.used_at,
        }
        for row in found
    ], following


# --- Consents --------------------------------------------------------------------------------


def consents(client_id: UUID, *, by: Actor) -> dict[str, Any]:
    """The `ContactConsentsOut` of a client, or 404."""
    Client.objects.visible(client_id)
    found = reach.addresses(client_id)
    own = ReminderPreferences.objects.filter(client_id=client_id).first() or ReminderPreferences()
    return {
        "consents": [_consent(row) for row in _consents(client_id, found)],
        "reach": [
            {
                "channel": channel,
                "address": address,
                "stopped": suppression.reason(CHANNELS[channel], address) if address else "",
            }
            for channel, address in found.items()
        ],
        "preferences": {name: getattr(own, name) for name in ("email_timing", "sms_timing", "timezone")},
        "may_change": _may_change(client_id, by),
    }


def _consents(client_id: UUID, addresses: dict[str, str]) -> list[ContactConsent]:
    """The running ones first, each told whether it is for the address in the chart (`is_current`)."""
    rows = list(
        ContactConsent.objects.filter(client_id=client_id)
        .select_related("recorded_by", "revoked_by")
        .order_by(F("revoked_at").desc(nulls_first=True), "channel", "-given_at")[:MOST]
    )
    for row in rows:
        row.is_current = row.revoked_at is None and addresses[row.channel] == row.address
    return rows


def _consent(row: ContactConsent) -> dict[str, Any]:
    return {
        "id": row.pk,
        "channel": row.channel,
        "address": row.address,
        "given_at": row.given_at,
        "recorded_by_name": row.recorded_by.full_name,
        "revoked_at": row.revoked_at,
        "revoked_by_name": row.revoked_by.full_name if row.revoked_by else "",
        "is_current": row.is_current,
    }


def _may_change(client_id: UUID, by: Actor) -> bool:
    """The office, and the clinicians of the care team."""
    if can(by.audience, "add_client"):
        return True
    today = clock.now().date()
    mine = CareTeamMember.objects.filter(client_id=client_id, person_id=by.person, start_date__lte=today)
    return can(by.audience, "change_client") and mine.filter(Q(end_date__isnull=True) | Q(end_date__gt=today)).exists()
