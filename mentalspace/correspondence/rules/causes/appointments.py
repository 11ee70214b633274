"""Appointments that are to come."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.correspondence.rules.conditions import CHOICE, Field
from mentalspace.correspondence.rules.facts import STAFF, Cause, Facts, Point
from mentalspace.correspondence.rules.vocabulary import Recipient, Timing, Trigger
from mentalspace.correspondence.rules.wording import CLIENT
from mentalspace.notify.fields import Said
from mentalspace.scheduling.models import Appointment, AppointmentType
from mentalspace.scheduling.reminders.rules import day_and_time
from mentalspace.scheduling.rules import OPEN, AppointmentStatus


def _between(start: datetime, end: datetime) -> Iterable[Point]:
    rows = Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end, is_imported=False)
    found = rows.order_by("starts_at", "id").values_list("id", "starts_at")
    return [Point(pk, starts_at, starts_at) for pk, starts_at in found]


def _facts(entity: UUID, now: datetime) -> Facts | None:
    coming = Appointment.objects.filter(pk=entity, starts_at__gt=now, is_imported=False)
    row = coming.select_related("clinician").first()
    if row is None or AppointmentStatus(row.status) not in OPEN:
        return None
    zone = ZoneInfo(row.timezone)
    day, at = day_and_time(row.starts_at, zone)
    return Facts(
        entity=row.pk,
        begins=row.starts_at,
        moment=row.starts_at,
        zone=zone,
        about=("appointment", row.pk),
        occasion=row.starts_at.isoformat(),
        known_at=row.created_at,
        client=row.client_id,
        clinician=row.clinician_id,
        values={"appointment_type": row.appointment_type, "status": row.status},
        said={"clinician_name": row.clinician.full_name, "date": day, "time": at},
    )


APPOINTMENT = Cause(
    trigger=Trigger.APPOINTMENT,
    explains="An appointment is to come that is neither cancelled nor begun.",
    facts=_facts,
    between=_between,
    asks={
        "appointment_type": Field("Type of appointment", CHOICE, tuple(AppointmentType.values)),
        "status": Field("Status", CHOICE, tuple(sorted(status.value for status in OPEN))),
    },
    says={
        CLIENT: Said("Robin Vale"),
        "clinician_name": Said("Ana Reyes"),
        "date": Said("Tuesday, November 24"),
        "time": Said("3:00 pm EST"),
    },
    timings=(Timing.BEFORE,),
    recipients=(*STAFF, Recipient.CLIENT),
)
