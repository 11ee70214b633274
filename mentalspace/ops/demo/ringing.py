"""What stands under the bell of the demo's people: some read, some new since this morning; and the rules at work."""

from datetime import datetime, timedelta

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.messages import CARE_TEAM_JOINED
from mentalspace.clients.models import CareTeamMember
from mentalspace.core import clock
from mentalspace.correspondence.rules.defaults import ensure_rules
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.correspondence.rules.planning import look
from mentalspace.correspondence.rules.sending import send_due
from mentalspace.correspondence.rules.vocabulary import Recipient, Trigger
from mentalspace.notify.bell import ring
from mentalspace.notify.models import StaffNotification
from mentalspace.ops.demo.cast import ADA, ANA, ASH, FAY, OLGA, Member
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders.models import About
from mentalspace.scheduling.rules import OPEN
from mentalspace.scheduling.telling import tell_clinician, tell_of_request


def keep(now: datetime) -> None:
    """A care team joined last week, and what the front desk and a client did since."""
    for clinician in (ANA, ASH):
        _join(clinician, now - timedelta(days=6, hours=2))
        _calendar(clinician, now)
    for boss in (ADA, OLGA):
        _rule(boss, now)


def _rule(boss: Member, now: datetime) -> None:
    """The rules a practice begins with, for a week now, and one of the administrator's own that is switched off."""
    system, since = system_actor(boss.house.id), now - timedelta(days=7)
    with acting_as(system), clock.frozen(since), transaction.atomic():
        ensure_rules(boss.house.id)
    with acting_as(boss.actor):
        NotificationRule(
            practice_id=boss.house.id,
            created_by_id=boss.id,
            rule_name="Consents that come in",
            trigger_event=Trigger.DOCUMENT_UPLOADED,
            conditions=[{"field": "category", "operator": "equals", "value": "consent"}],
            recipient_type=Recipient.CLINICIAN,
            message_subject="A consent came in",
            message_template="{uploader_name} put a consent into the chart of {client_name}.",
            is_active=False,
        ).save(force_insert=True)
    look(system)
    send_due(system)


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
