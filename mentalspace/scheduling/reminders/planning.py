"""Planning: which messages an appointment gets, written in the transaction that books, moves or cancels it.

A plan is a row of `reminder_logs` and no message yet. When its minute has come, a job hands it to the outbox in one
transaction (`sending`), so wording, address and consent are those of that moment, and whoever books needs no right to
take messages back: moving or cancelling an appointment calls off rows of this room. What has been handed over already
is asked once more by the outbox, when its attempt begins (`sending.wanted`).

Each reminder is one row for ever (`reminder_once`): planning again finds it, so that nothing is sent twice however
often an appointment moves away and back. Whoever plans and whoever changes the settings or a consent take turns
(`_take_turns`): neither misses what the other has done.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from mentalspace.access.actor import own_practice
from mentalspace.clients.models import Client
from mentalspace.scheduling import rules as calendar
from mentalspace.scheduling.reminders import rules
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
from mentalspace.scheduling.telling import tell_clinician

if TYPE_CHECKING:  # the models name ours
    from mentalspace.scheduling.models import Appointment

OFF = "Called off: the appointment has changed."
SEND_ON = {About.BOOKED: "send_on_create", About.MOVED: "send_on_update", About.CANCELLED: "send_on_cancel"}

AT_ONCE = 500
"""Rows written in one statement."""


@dataclass
class Book:
    """What planning goes by, read once for all clients of one action."""

    settings: ReminderSettings
    clients: set[UUID]
    preferences: dict[UUID, ReminderPreferences] = field(default_factory=dict)

    @cached_property
    def consents(self) -> dict[UUID, set[str]]:
        """By client, the channels by which they may be told: agreed to for the address they have now."""
        found: dict[UUID, set[str]] = defaultdict(set)
        given = ContactConsent.objects.filter(client_id__in=self.clients, revoked_at__isnull=True)
        rows = list(given.values_list("client_id", "channel", "address"))
        reach = {
            pk: {rules.EMAIL: email, rules.SMS: phone}
            for pk, email, phone in Client.objects.filter(pk__in=[row[0] for row in rows]).values_list(
                "id", "email", "primary_phone"
            )
        }
        for client, channel, address in rows:
            # Whoever books without being in the care team does not see the address: it is asked again when it is sent.
            now = reach.get(client, {}).get(channel)
            if now is None or rules.plain_address(channel, now) == address:
                found[client].add(channel)
        return found

    def zone(self, appointment: "Appointment") -> ZoneInfo:
        """The client's own zone, else the one the appointment is meant in."""
        own = self.preferences.get(appointment.client_id)
        return ZoneInfo(own.timezone if own and own.timezone else appointment.timezone)

    def hours(self, appointment: "Appointment", channel: str) -> list[int]:
        """How long before this client is reminded of this appointment by this channel."""
        usual = self.settings.hours(channel, appointment.appointment_type)
        own = self.preferences.get(appointment.client_id)
        wished: list[int] | None = None
        if own is not None:
            wished = own.email_timing if channel == rules.EMAIL else own.sms_timing
        return usual if wished is None else wished

    def channels(self, client: UUID) -> list[str]:
        """By which the practice sends and the client agreed to hear."""
        return [one for one in rules.CHANNELS if self.settings.sends_by(one) and one in self.consents[client]]


@dataclass(frozen=True)
class Notice:
    """What was done to how many appointments, by whom; `by` is None when the client did it by a link."""

    about: About
    appointment: "Appointment"
    by: UUID | None
    sessions: int = 1


def plan(appointments: Iterable["Appointment"], *, now: datetime, notice: Notice | None = None) -> None:
    """Have these appointments reminded of as they are now, and call off what was planned of them before.

    With a `notice`, client and clinician are told at once, if the practice wants that; the clinician finds it under the
    bell in any case. Who did it needs no telling; of what the client did by a link the clinician is told in any case.
    """
    rows = [row for row in appointments if not row.is_imported]
    if not rows:
        return
    if notice is not None and notice.appointment in rows:
        tell_clinician(notice.about, notice.appointment, by=notice.by, now=now, sessions=notice.sessions)
    _take_turns("pg_advisory_xact_lock_shared")
    settings = ReminderSettings.objects.first()
    if settings is None:
        return
    book = read(settings, rows)
    _write(rows, book, now)
    if notice is not None and notice.appointment in rows and notice.appointment.starts_at > now:
        _tell(notice, book, now)


def plan_again(*, now: datetime, client: UUID | None = None) -> None:
    """Plan every coming appointment anew, of one client or of all, because what planning goes by has changed."""
    from mentalspace.scheduling.models import Appointment

    coming = Appointment.objects.filter(starts_at__gt=now, is_imported=False)
    if client is not None:
        coming = coming.filter(client_id=client)
    rows = list(coming.order_by("starts_at", "id"))
    settings = ReminderSettings.objects.first()
    if settings is not None:
        _write(rows, read(settings, rows), now)


def take_the_floor() -> None:
    """Before settings or consents change: wait for whoever is planning, and let nobody plan until this is committed."""
    _take_turns("pg_advisory_xact_lock")


def zone_of(client: UUID, meant_in: str) -> ZoneInfo:
    """The client's own zone, else the one their appointment is meant in."""
    own = ReminderPreferences.objects.filter(client_id=client).values_list("timezone", flat=True).first()
    return ZoneInfo(own or meant_in)


def goes_at(row: ReminderLog, meant_in: str, now: datetime) -> datetime | None:
    """When one that is due may go: now, or once it is no longer quiet for the client; None when that is too late.

    A notice goes rather in the quiet than not at all, and clinicians have no quiet hours here.
    """
    if row.reader == Reader.CLINICIAN:
        return now
    rule = rules.reminder_goes if row.about == About.REMINDER else rules.notice_due
    quiet = ReminderSettings.objects.get().quiet
    return rule(row.starts_at, quiet=quiet, zone=zone_of(row.client_id, meant_in), now=now)


def send_soon(practice: UUID) -> None:
    """What is due is handed over once the present transaction has committed, not only at the next minute."""
    from mentalspace.scheduling.jobs import send_what_is_due  # which sends what is planned here

    send_what_is_due.defer(practice=str(practice))


def _tell(notice: Notice, book: Book, now: datetime) -> None:
    chosen, row = NoticeSettings.objects.first(), notice.appointment
    readers = chosen.notify_recipients if chosen is not None and getattr(chosen, SEND_ON[notice.about]) else []
    made = []
    if Reader.CLIENT in readers and notice.by is not None:
        due = rules.notice_due(row.starts_at, quiet=book.settings.quiet, zone=book.zone(row), now=now)
        made += [_notice(notice, Reader.CLIENT, channel, due) for channel in book.channels(row.client_id)[:1]]
    # What a client did by a link nobody at the practice has seen: the clinician is always told.
    if notice.by is None or (Reader.CLINICIAN in readers and notice.by != row.clinician_id):
        made.append(_notice(notice, Reader.CLINICIAN, rules.EMAIL, now))
    if made:
        ReminderLog.objects.bulk_create(made)
        send_soon(row.practice_id)


def _notice(notice: Notice, reader: Reader, channel: str, due: datetime) -> ReminderLog:
    row = notice.appointment
    of = {"about": notice.about, "reader": reader, "occasion": row.version, "sessions": notice.sessions}
    return _row(row, channel, due, **of)


def _row(row: "Appointment", channel: str, due: datetime, **more: object) -> ReminderLog:
    return ReminderLog(
        practice_id=row.practice_id,
        appointment_id=row.pk,
        client_id=row.client_id,
        clinician_id=row.clinician_id,
        reminder_type=channel,
        starts_at=row.starts_at,
        due_at=due,
        **more,
    )


def read(settings: ReminderSettings, rows: list["Appointment"]) -> Book:
    """What planning these appointments goes by."""
    clients = {row.client_id for row in rows}
    own = ReminderPreferences.objects.filter(client_id__in=clients)
    return Book(settings, clients, {row.client_id: row for row in own})


def _take_turns(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"select {how}(hashtextextended('reminders:' || %s, 0))", [str(own_practice())])


Key = tuple[UUID, str, int, datetime]


def _write(rows: list["Appointment"], book: Book, now: datetime) -> None:
    """Bring the plan of these appointments to what it should be, in statements of `AT_ONCE` rows each."""
    wanted = {key: due for row in rows for key, due in _wanted(row, book, now).items()}
    known = ReminderLog.objects.filter(appointment_id__in=[row.pk for row in rows], about=About.REMINDER)
    by_id = {row.pk: row for row in rows}
    seen: set[Key] = set()
    obsolete, kept, moved = [], [], []
    for planned in known:
        key = (planned.appointment_id, planned.reminder_type, planned.hours_before, planned.starts_at)
        seen.add(key)
        if key in wanted:
            before = planned.due_at
            if _changes(planned, wanted[key], now):
                kept.append(planned.pk)
                moved += [planned] if planned.due_at != before else []
        elif planned.status == Status.PENDING:
            obsolete.append(planned.pk)
    ReminderLog.objects.filter(pk__in=obsolete, status=Status.PENDING).update(
        status=Status.CANCELLED, error_message=OFF
    )
    # What has been handed over in the meantime is asked again by the outbox, and stays as it is.
    still = ReminderLog.objects.filter(
        Q(status=Status.CANCELLED) | Q(status=Status.PENDING, notification_id__isnull=True)
    )
    # What all of them become, at once; what each has of its own, only where it is another: of hundreds it seldom is.
    still.filter(pk__in=kept).update(status=Status.PENDING, error_message="", notification_id=None)
    still.bulk_update(moved, ["due_at"], batch_size=AT_ONCE)
    new = [
        _row(by_id[pk], channel, due, hours_before=hours)
        for (pk, channel, hours, starts_at), due in wanted.items()
        if (pk, channel, hours, starts_at) not in seen and due >= now
    ]
    ReminderLog.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)


def _changes(planned: ReminderLog, due: datetime, now: datetime) -> bool:
    """Make a row that is there what is wanted: called off before, it is planned again; sent, it stays sent.

    One whose time has come stays as it is: if it has not gone, it goes in a moment, or after quiet hours. Unless a
    change of the appointment called it off when it was on its way: that has been taken back, and it goes after all.
    What somebody called off on its way stays so.
    """
    was_handed_over = planned.notification_id is not None
    is_off = planned.status == Status.CANCELLED and (not was_handed_over or planned.error_message == OFF)
    waits = planned.status == Status.PENDING and not was_handed_over
    if due < now and not (is_off and was_handed_over):
        return False
    if not is_off and not (waits and planned.due_at != due):
        return False
    planned.status, planned.due_at, planned.error_message = Status.PENDING, due, ""
    planned.notification_id = None
    return True


def _wanted(row: "Appointment", book: Book, now: datetime) -> dict[Key, datetime]:
    """What this appointment should have been reminded of by now, and is to be."""
    if calendar.AppointmentStatus(row.status) not in calendar.OPEN or row.starts_at <= now:
        return {}
    found: dict[Key, datetime] = {}
    for channel in book.channels(row.client_id):
        hours = book.hours(row, channel)
        due = rules.reminders_due(row.starts_at, hours, quiet=book.settings.quiet, zone=book.zone(row))
        found |= {(row.pk, channel, before, row.starts_at): at for before, at in due.items()}
    return found
