"""What stands under the bell of the demo's clinicians: some read, some new since this morning."""

from datetime import datetime, timedelta

from mentalspace.access.actor import acting_as
from mentalspace.clients.messages import CARE_TEAM_JOINED
from mentalspace.clients.models import CareTeamMember
from mentalspace.core import clock
from mentalspace.notify.bell import ring
from mentalspace.notify.models import StaffNotification
from mentalspace.ops.demo.cast import ANA, ASH, FAY, Member
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders.models import About
from mentalspace.scheduling.rules import OPEN
from mentalspace.scheduling.telling import tell_clinician, tell_of_request


def keep(now: datetime) -> None:
    """A care team joined last week, and what the front desk and a client did since."""
    for clinician in (ANA, ASH):
        _join(clinician, now - timedelta(days=6, hours=2))
        _calendar(clinician, now)


def _join(clinician: Member, then: datetime) -> None:
    with acting_as(FAY.actor), clock.frozen(then):
        mine = CareTeamMember.objects.filter(person_id=clinician.id, end_date__isnull=True)
        client = mine.order_by("-start_date", "client_id").values_list("client_id", flat=True)[0]
        ring(kind=CARE_TEAM_JOINED, recipients=[clinician.id], about=client, client=client)
    with acting_as(clinician.actor), clock.frozen(then + timedelta(hours=3)):
        StaffNotification.objects.filter(read_at__isnull=True).update(read_at=clock.now())


def _calendar(clinician: Member, now: datetime) -> None:
    told = ((About.MOVED, timedelta(days=1, hours=4)), (About.BOOKED, timedelta(hours=3)), (None, timedelta(hours=1)))
    with acting_as(FAY.actor):
        coming = Appointment.objects.filter(
            clinician_id=clinician.id, starts_at__gt=now + timedelta(days=1), status__in=list(OPEN)
        )
        rows = list(coming.order_by("starts_at", "id")[: len(told)])
        for row, (about, ago) in zip(rows, told, strict=False):
            with clock.frozen(now - ago):
                if about is None:
                    tell_of_request(row)
                else:
                    tell_clinician(about, row, by=FAY.id, now=now)
