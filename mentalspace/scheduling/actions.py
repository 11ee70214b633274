"""What can be done with appointments. Each action is one transaction of the acting person's and names its event."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.actions import assign_care_team
from mentalspace.clients.models import CareTeamMember
from mentalspace.core.errors import NotAllowed
from mentalspace.people.abilities import can
from mentalspace.scheduling import bookings, planning, queries, rules, series
from mentalspace.scheduling.bookings import Documented, Taken
from mentalspace.scheduling.errors import AppointmentChangedElsewhere, DoubleBooked, StepNotPossible
from mentalspace.scheduling.models import Appointment, AppointmentType
from mentalspace.scheduling.reminders import planning as reminders
from mentalspace.scheduling.reminders.models import About
from mentalspace.scheduling.reminders.planning import Notice
from mentalspace.scheduling.rules import AppointmentStatus as Status
from mentalspace.scheduling.rules import Span
from mentalspace.scheduling.series import EditScope, Member


class Step(Protocol):
    """A step in the life of a session: check-in, start, end and the like."""

    def __call__(self, *, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment: ...


@dataclass(frozen=True, slots=True)
class Skipped:
    """An appointment of a series that was left out or left alone; `reason` ends "not booked, because …"."""

    starts_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did: the appointment it is about, how many it wrote, and which it left out."""

    appointment: Appointment
    count: int
    skipped: list[Skipped]

    @property
    def pk(self) -> UUID:
        return self.appointment.pk

    @property
    def client_id(self) -> UUID:
        return self.appointment.client_id


# --- Booking ---------------------------------------------------------------------------------


@records("appointment.booked", "{actor} booked an appointment", resource_type="appointment")
def book(*, by: Actor, now: datetime, values: dict[str, Any]) -> Outcome:
    """Book one session. When two people ask for the same hour, the database gives it to one."""
    appointment = planning.planned(by, now, values)
    bookings.take_turns([appointment])
    _hold(appointment, now, {})
    _begin_care(by, appointment, now)
    told = Notice(About.BOOKED, appointment, by.person)
    reminders.plan([appointment], now=now, notice=told)
    return Outcome(appointment, 1, [])


@records("appointment.series.booked", "{actor} booked a series of appointments", resource_type="appointment")
def book_series(*, by: Actor, now: datetime, values: dict[str, Any], repeat: dict[str, Any]) -> Outcome:
    """Book a weekly series by the wall clock. The first session must be free; later ones that are not are left out."""
    first = planning.planned(by, now, values)
    rule = planning.weekly_rule(first, **repeat)
    first.series = planning.series_of(first, rule, by)
    first.series_date = rule.first_date
    later = [planning.occurrence(first, one) for one in series.occurrences(rule)[1:]]
    bookings.take_turns([first])
    _hold(first, now, {})
    _begin_care(by, first, now)
    refused = {one.pk: Skipped(one.starts_at, bookings.REASONS[who]) for one, who in bookings.insert_all(later)}
    booked = [first, *(one for one in later if one.pk not in refused)]
    told = Notice(About.BOOKED, first, by.person, len(booked))
    reminders.plan(booked, now=now, notice=told)
    return Outcome(first, len(booked), list(refused.values()))


def _begin_care(by: Actor, appointment: Appointment, now: datetime) -> None:
    """Whoever is booked to treat the client may open the chart: they join the care team, if the booker assigns it."""
    if not can(by.audience, "assign_care_team"):
        return
    client, clinician = appointment.client_id, appointment.clinician_id
    if not CareTeamMember.objects.filter(client_id=client, person_id=clinician, end_date__isnull=True).exists():
        assign_care_team(client_id=client, person_id=clinician, role="Therapist", by=by, today=now.date())


def _hold(appointment: Appointment, now: datetime, values: dict[str, Any]) -> None:
    """Write an appointment that takes its time in the calendar, or say who is taken and when else would do."""
    try:
        bookings.write(appointment, values)
    except Taken as taken:
        raise DoubleBooked(
            f"Not booked: {bookings.REASONS[taken.who]}. Choose another time; nothing was changed.",
            data={"who": taken.who, "alternatives": queries.alternatives(appointment, now=now)},
        ) from None
    except Documented:
        raise StepNotPossible("Not moved: the session is documented.") from None


# --- Changing --------------------------------------------------------------------------------


@records("appointment.changed", "{actor} changed an appointment", resource_type="appointment")
def change(
    *, appointment_id: UUID, by: Actor, version: int, scope: EditScope, now: datetime, values: dict[str, Any]
) -> Outcome:
    """Move, resize or reword one session, or with it the later ones (or all) of its series.

    Moving one session of a series makes it an exception; the others stay.
    """
    chosen, members = _opened(appointment_id, by, version, scope)
    old = Span(chosen.starts_at, chosen.ends_at)
    new = Span(values.pop("starts_at", None) or old.starts_at, values.pop("ends_at", None) or old.ends_at)
    if new != old:
        planning.check_times(new.starts_at, new.ends_at, now)
    values |= planning.new_place(by, chosen, values)
    is_elsewhere = new.starts_at != old.starts_at or values.get("location_id", chosen.location_id) != chosen.location_id
    changing, skipped = _changeable(chosen, members, scope, by, now, moves=new != old)
    move = series.move_between(old, new, chosen.timezone)
    # Whoever is ahead in the direction of the move makes room for the one behind.
    changing.sort(key=lambda row: row.starts_at, reverse=move.wall_clock > timedelta(0))
    bookings.take_turns([chosen], room=values.get("room_id"))
    changed: list[Appointment] = []
    for row in changing:
        span = new if row is chosen else series.moved(Span(row.starts_at, row.ends_at), move, row.timezone)
        written = values | {"starts_at": span.starts_at, "ends_at": span.ends_at} | row.next_version(now)
        if row is chosen:
            _hold(row, now, written)
        elif left := _hold_sibling(row, written):
            skipped.append(left)
            continue
        changed.append(row)
    told = _notice(About.MOVED, changed, by) if is_elsewhere and changed else None
    reminders.plan(changed, now=now, notice=told)
    return Outcome(chosen, len(changed), _in_order(skipped))


@records("appointment.cancelled", "{actor} cancelled an appointment", resource_type="appointment")
def cancel(*, appointment_id: UUID, by: Actor, version: int, scope: EditScope, now: datetime, reason: str) -> Outcome:
    """The session does not take place and its time is free again. The row stays."""
    chosen, members = _opened(appointment_id, by, version, scope)
    if scope is EditScope.THIS:
        _check_step(chosen, Status.CANCELLED, by)
        changing, skipped = [chosen], list[Skipped]()
    else:
        changing, skipped = _affected(chosen, members, scope, by, now)
        if not changing:
            raise StepNotPossible("Not cancelled: none of these appointments can be cancelled any more.")
    for row in changing:
        row.write(
            status=Status.CANCELLED.value,
            status_updated_at=now,
            cancelled_at=now,
            cancellation_reason=reason,
            **row.next_version(now),
        )
    reminders.plan(changing, now=now, notice=_notice(About.CANCELLED, changing, by))
    return Outcome(chosen, len(changing), skipped)


def _notice(about: About, rows: list[Appointment], by: Actor) -> Notice:
    """Of several the first is named, whichever was chosen."""
    return Notice(about, min(rows, key=lambda row: row.starts_at), by.person, len(rows))


def _opened(appointment_id: UUID, by: Actor, version: int, scope: EditScope) -> tuple[Appointment, list[Appointment]]:
    """The appointment and those of its series in question, locked in one order so that two edits never entangle."""
    if not can(by.audience, "book"):
        raise NotAllowed
    rows = Appointment.objects.filter(pk=appointment_id)
    of = Appointment.objects.visible(appointment_id).series_id
    if of is not None and scope is not EditScope.THIS:
        rows = Appointment.objects.filter(series_id=of)
    members = list(rows.select_for_update(of=("self",)).order_by("id"))
    chosen = next((row for row in members if row.pk == appointment_id), None)
    if chosen is None:
        raise NotAllowed("You may see this appointment, and it is not yours to change.")
    if chosen.version != version:
        raise AppointmentChangedElsewhere(data={"appointment": queries.shown(chosen.pk, by=by)})
    return chosen, members


def _changeable(
    chosen: Appointment, members: list[Appointment], scope: EditScope, by: Actor, now: datetime, *, moves: bool
) -> tuple[list[Appointment], list[Skipped]]:
    """What an edit changes and what it leaves; refused when the chosen appointment itself cannot change."""
    if scope is EditScope.THIS or chosen.series_id is None:
        note_is_signed = moves and bool(queries.signed([chosen.pk], by=by))
        problem = rules.change_problem(Status(chosen.status), note_is_signed=note_is_signed, moves=moves)
        changing, skipped = [chosen], list[Skipped]()
    else:
        changing, skipped = _affected(chosen, members, scope, by, now)
        reason = next((one.reason for one in skipped if one.starts_at == chosen.starts_at), "")
        problem = None if chosen in changing else f"Not changed: {reason}."
    if problem:
        raise StepNotPossible(problem, data={"appointment": queries.shown(chosen.pk, by=by)})
    return changing, skipped


def _affected(
    chosen: Appointment, members: list[Appointment], scope: EditScope, by: Actor, now: datetime
) -> tuple[list[Appointment], list[Skipped]]:
    by_id = {row.pk: row for row in members}
    signed = queries.signed(by_id, by=by)
    known = [Member(row.pk, row.starts_at, Status(row.status), row.pk in signed) for row in members]
    affected = series.affected_by(scope, chosen=chosen.pk, members=known, now=now)
    skipped = [Skipped(by_id[kept.id].starts_at, kept.reason) for kept in affected.kept]
    return [by_id[pk] for pk in affected.ids], skipped


def _hold_sibling(row: Appointment, values: dict[str, Any]) -> Skipped | None:
    """Write one of the series; when its new time is taken it stays where it is, and that is returned."""
    was = row.starts_at
    try:
        bookings.write(row, values)
    except Taken as taken:
        row.starts_at = was
        return Skipped(was, bookings.REASONS[taken.who])
    except Documented:
        row.starts_at = was
        return Skipped(was, "the session is documented")
    return None


def _in_order(skipped: list[Skipped]) -> list[Skipped]:
    return sorted(skipped, key=lambda one: one.starts_at)


# --- The life of a session ------------------------------------------------------------------


@records("appointment.confirmed", "{actor} confirmed an appointment", resource_type="appointment")
def confirm(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The client said they will come."""
    return _step(appointment_id, by, version, Status.CONFIRMED, now)


@records("appointment.checked_in", "{actor} checked a client in", resource_type="appointment")
def check_in(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The client is here."""
    return _step(appointment_id, by, version, Status.CHECKED_IN, now, checked_in_at=now)


@records("appointment.check_in.undone", "{actor} took a check-in back", resource_type="appointment")
def undo_check_in(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The client is not here after all."""
    return _undo(appointment_id, by, version, Status.CHECKED_IN, now, checked_in_at=None)


@records("appointment.started", "{actor} started a session", resource_type="appointment")
def start_session(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The session really begins now; the scheduled time stays what it was."""
    return _step(appointment_id, by, version, Status.IN_SESSION, now, actual_started_at=now)


@records("appointment.ended", "{actor} ended a session", resource_type="appointment")
def end_session(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The session is over. The minutes of individual therapy suggest a code; when nobody said that it began, no time
    is made up."""
    row = _loaded(appointment_id, by, version)
    values: dict[str, Any] = {}
    if row.actual_started_at is not None:
        ended_at = max(now, row.actual_started_at)
        minutes = rules.whole_minutes(row.actual_started_at, ended_at)
        values = {"actual_ended_at": ended_at}
        if row.appointment_type == AppointmentType.INDIVIDUAL:  # other kinds are not coded by their minutes
            values["cpt_code"] = rules.suggested_cpt(minutes) or ""
    return _into(row, by, Status.COMPLETED, now, **values)


@records("appointment.missed", "{actor} marked a no-show", resource_type="appointment")
def mark_no_show(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The client did not come; the time is free again."""
    return _step(appointment_id, by, version, Status.NO_SHOW, now)


@records("appointment.no_show.undone", "{actor} took a no-show back", resource_type="appointment")
def undo_no_show(*, appointment_id: UUID, by: Actor, version: int, now: datetime) -> Appointment:
    """The client came after all. Refused when somebody else has been given the hour."""
    return _undo(appointment_id, by, version, Status.NO_SHOW, now)


def _loaded(appointment_id: UUID, by: Actor, version: int) -> Appointment:
    return _opened(appointment_id, by, version, EditScope.THIS)[0]


def _step(appointment_id: UUID, by: Actor, version: int, wanted: Status, now: datetime, **values: Any) -> Appointment:
    return _into(_loaded(appointment_id, by, version), by, wanted, now, **values)


def _undo(appointment_id: UUID, by: Actor, version: int, undone: Status, now: datetime, **values: Any) -> Appointment:
    """Back to planned, from this state only."""
    row = _loaded(appointment_id, by, version)
    if row.status != undone:
        sentence = f"There is nothing to take back: the appointment is {row.status.lower()}."
        raise StepNotPossible(sentence, data={"appointment": queries.shown(row.pk, by=by)})
    return _into(row, by, Status.SCHEDULED, now, **values)


def _into(row: Appointment, by: Actor, wanted: Status, now: datetime, **values: Any) -> Appointment:
    _check_step(row, wanted, by)
    if row.status not in rules.BLOCKING:
        bookings.take_turns([row])
    _hold(row, now, {"status": wanted.value, "status_updated_at": now} | values | row.next_version(now))
    reminders.plan([row], now=now)
    return row


def _check_step(row: Appointment, wanted: Status, by: Actor) -> None:
    if refusal := rules.may_transition(Status(row.status), wanted):
        raise StepNotPossible(refusal, data={"appointment": queries.shown(row.pk, by=by)})
