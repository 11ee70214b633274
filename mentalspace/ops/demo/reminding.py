"""Reminders of the demo: both practices send them, most clients agreed, one asks for another time, one cancelled."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from mentalspace.ops.demo.cast import ADA, ANA, FAY, OLGA, Member
from mentalspace.ops.demo.schedule import Held
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders import planning, rules
from mentalspace.scheduling.reminders.answers import CANCELLED_BY_LINK
from mentalspace.scheduling.reminders.links import CANCEL, RESCHEDULE, ReminderLink, digest_of
from mentalspace.scheduling.reminders.models import (
    ContactConsent,
    NoticeSettings,
    ReminderLog,
    ReminderSettings,
    Status,
)
from mentalspace.scheduling.rules import OPEN, AppointmentStatus

AGREE = {rules.EMAIL: 0.85, rules.SMS: 0.45}
"""The share of clients who agreed to each."""

LOOK_BACK = timedelta(days=3)
UNKNOWN = "The mail server knows no such reader: 550 no such mailbox"


def set_up(held: list[Held], now: datetime) -> None:
    """Settings, consents, the plan, and what went in the last days."""
    for boss, clerk in ((ADA, FAY), (OLGA, OLGA)):
        with acting_as(boss.actor):
            ReminderSettings(practice_id=boss.house.id, sms_enabled=True).save(force_insert=True)
            NoticeSettings(practice_id=boss.house.id).save(force_insert=True)
        rows = [each.row for each in held if each.practitioner.member.house is boss.house]
        with acting_as(clerk.actor):
            agreed = _agree(clerk, now)
            planning.plan_again(now=now)
        with acting_as(system_actor(boss.house.id)):
            _past([row for row in rows if row.client_id in agreed], now)
            if boss is ADA:
                _answer(now)


def _agree(clerk: Member, now: datetime) -> dict[UUID, str]:
    """Record consents; the e-mail addresses of those who agreed to e-mail, by client."""
    rng = Random("agreed")  # noqa: S311 - the same demo every time
    given: list[ContactConsent] = []
    reach: dict[UUID, str] = {}
    for client in Client.objects.order_by("medical_record_number"):
        for channel, raw in ((rules.EMAIL, client.email), (rules.SMS, client.primary_phone)):
            address = rules.plain_address(channel, raw)
            if rng.random() < AGREE[channel] and address:
                of = {"client_id": client.pk, "channel": channel, "address": address, "recorded_by_id": clerk.id}
                given.append(ContactConsent(practice_id=clerk.house.id, given_at=now - timedelta(days=40), **of))
                if channel == rules.EMAIL:
                    reach[client.pk] = address
    ContactConsent.objects.bulk_create(given)
    return reach


def _past(rows: list[Appointment], now: datetime) -> None:
    """A day's reminders of the sessions of the last days: most went, some were confirmed, one address is wrong."""
    made = []
    for number, row in enumerate(sorted(rows, key=lambda row: (row.starts_at, row.pk))):
        due = row.starts_at - timedelta(days=1)
        if not now - LOOK_BACK < due < now or AppointmentStatus(row.status) == AppointmentStatus.CANCELLED:
            continue
        status = Status.FAILED if number % 11 == 5 else Status.CONFIRMED if number % 3 == 0 else Status.SENT
        made.append(_gone(row, due, status))
    ReminderLog.objects.bulk_create(made, ignore_conflicts=True)


def _gone(row: Appointment, due: datetime, status: Status) -> ReminderLog:
    arrived = status != Status.FAILED
    return ReminderLog(
        practice_id=row.practice_id,
        appointment_id=row.pk,
        client_id=row.client_id,
        clinician_id=row.clinician_id,
        reminder_type=rules.EMAIL,
        hours_before=24,
        starts_at=row.starts_at,
        due_at=due,
        status=status,
        recipient=Client.objects.values_list("email", flat=True).get(pk=row.client_id),
        sent_at=due if arrived else None,
        confirmed_at=due + timedelta(hours=2) if status == Status.CONFIRMED else None,
        error_message="" if arrived else UNKNOWN,
    )


def _answer(now: datetime) -> None:
    """Of Ana's next clients one has pressed the link for another time, and one the link to cancel."""
    coming = ReminderLog.objects.filter(
        clinician_id=ANA.id,
        starts_at__gt=now + timedelta(days=1),
        reminder_type=rules.EMAIL,
        appointment__status__in=list(OPEN),
        hours_before=24,
    )
    for row, action in zip(coming.order_by("starts_at", "id")[:2], (RESCHEDULE, CANCEL), strict=False):
        used_at, appointment = now - timedelta(hours=3), Appointment.objects.get(pk=row.appointment_id)
        due = min(row.starts_at - timedelta(days=2), used_at - timedelta(hours=1))
        earlier = _gone(appointment, due, Status.SENT)  # whose link it was
        earlier.hours_before = 48
        earlier.save(force_insert=True)
        _used(earlier, action, used_at)
        if action == CANCEL:
            _cancel(appointment, used_at)


def _used(row: ReminderLog, action: str, used_at: datetime) -> None:
    of = {"appointment_id": row.appointment_id, "client_id": row.client_id, "clinician_id": row.clinician_id}
    ReminderLink(
        practice_id=row.practice_id,
        reminder=row,
        action=action,
        token_hash=digest_of(f"the demo's {row.pk}"),
        starts_at=row.starts_at,
        used_at=used_at,
        **of,
    ).save(force_insert=True)


def _cancel(row: Appointment, at: datetime) -> None:
    row.write(
        status=AppointmentStatus.CANCELLED.value,
        status_updated_at=at,
        cancelled_at=at,
        cancellation_reason=CANCELLED_BY_LINK,
        **row.next_version(at),
    )
    planning.plan([row], now=at)
