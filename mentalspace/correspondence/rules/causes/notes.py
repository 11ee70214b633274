"""Sessions whose note is not signed: the clock of `charting.rules.documentation_deadline`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from mentalspace.charting.models import ClinicalNote
from mentalspace.charting.rules import DAYS_TO_DOCUMENT, documentation_deadline
from mentalspace.correspondence.rules.conditions import CHOICE, Field
from mentalspace.correspondence.rules.facts import Cause, Facts, Point
from mentalspace.correspondence.rules.vocabulary import Timing, Trigger
from mentalspace.correspondence.rules.wording import CLIENT
from mentalspace.notify.fields import Said
from mentalspace.scheduling.models import BLOCKING, Appointment, AppointmentType
from mentalspace.scheduling.queries import held
from mentalspace.scheduling.reminders.rules import day_and_time

SPAN = timedelta(days=DAYS_TO_DOCUMENT + 1)

ASKS = {
    "appointment_type": Field("Type of appointment", CHOICE, tuple(AppointmentType.values)),
}
SAYS = {
    CLIENT: Said("Robin Vale"),
    "clinician_name": Said("Ana Reyes", in_subject=True),
    "session_date": Said("Tuesday, November 24"),
    "due_date": Said("Friday, November 27"),
    "days_since": Said("4", in_subject=True),
}


def _between(start: datetime, end: datetime) -> Iterable[Point]:
    """Sessions whose deadline lies in that span."""
    rows = Appointment.objects.filter(ends_at__gte=start - SPAN - timedelta(days=1), ends_at__lt=end, is_imported=False)
    ended = rows.filter(status__in=BLOCKING).order_by("ends_at", "id")
    for pk, ends_at, zone in ended.values_list("id", "ends_at", "timezone"):
        deadline = documentation_deadline(ends_at, ZoneInfo(zone))
        if start <= deadline < end:
            yield Point(pk, ends_at, deadline)


def _overdue_between(start: datetime, end: datetime) -> Iterable[Point]:
    return (Point(one.entity, one.moment, one.moment) for one in _between(start, end))


def _session(entity: UUID, now: datetime) -> Facts | None:
    row = Appointment.objects.filter(held(now), pk=entity, is_imported=False, ends_at__lte=now)
    own = ClinicalNote.objects.filter(appointment=OuterRef("pk"), author_id=OuterRef("clinician_id"))
    signed = own.filter(signed_at__lte=now)
    found = row.exclude(Exists(signed)).select_related("clinician").first()
    return None if found is None else _facts(found, now)


def _facts(row: Appointment, now: datetime) -> Facts:
    zone = ZoneInfo(row.timezone)
    deadline = documentation_deadline(row.ends_at, zone)
    days = (now.astimezone(zone).date() - row.ends_at.astimezone(zone).date()).days
    said = {
        "clinician_name": row.clinician.full_name,
        "session_date": day_and_time(row.starts_at, zone)[0],
        "due_date": day_and_time(deadline - timedelta(minutes=1), zone)[0],
        "days_since": str(days),
    }
    return Facts(
        entity=row.pk,
        begins=row.ends_at,
        moment=deadline,
        zone=zone,
        about=("appointment", row.pk),
        client=row.client_id,
        clinician=row.clinician_id,
        values={"appointment_type": row.appointment_type},
        said=said,
    )


def _due(entity: UUID, now: datetime) -> Facts | None:
    facts = _session(entity, now)
    return facts if facts and now < facts.moment else None


def _overdue(entity: UUID, now: datetime) -> Facts | None:
    facts = _session(entity, now)
    if facts is None or now < facts.moment:
        return None
    return Facts(**{**vars(facts), "begins": facts.moment})


NOTE_DUE = Cause(
    trigger=Trigger.NOTE_DUE,
    explains=f"A session was held and its note is not signed; it is due {DAYS_TO_DOCUMENT} days after the session.",
    facts=_due,
    between=_between,
    asks=ASKS,
    says=SAYS,
    timings=(Timing.IMMEDIATE, Timing.BEFORE),
    lead=SPAN,
    catches_up=True,
    repeats=True,
)
NOTE_OVERDUE = Cause(
    trigger=Trigger.NOTE_OVERDUE,
    explains=f"A session's note is not signed {DAYS_TO_DOCUMENT} days after the session.",
    facts=_overdue,
    between=_overdue_between,
    asks=ASKS,
    says=SAYS,
    timings=(Timing.IMMEDIATE, Timing.AFTER, Timing.SCHEDULED),
    repeats=True,
)
