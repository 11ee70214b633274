"""Breaking the glass, mending it, and looking at it afterwards. Each action is critical in the trail."""

from datetime import date
from uuid import UUID

from django.db import OperationalError, connection, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import recorded_by_database, records
from mentalspace.clients.break_glass import queries
from mentalspace.clients.break_glass.alerting import RESOURCE, announce, announce_concern
from mentalspace.clients.break_glass.errors import (
    AlreadyReviewed,
    ChartIsOpenToYou,
    ClientNotMatched,
    ReviewedByAnother,
    StillRunning,
    TooManyRunning,
)
from mentalspace.clients.break_glass.models import SHORTEST_REASON, BreakGlassAccess, Outcome
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.people.abilities import can

TOO_MANY = "54000"


@recorded_by_database("client.emergency_access.began")
def begin_emergency_access(
    *, by: Actor, medical_record_number: str, date_of_birth: date, reason: str, minutes: int
) -> BreakGlassAccess:
    """Open one chart for reading, for at most an hour. The database finds the client; a near miss opens nothing."""
    if not can(by.audience, "break_glass"):
        raise NotAllowed("Emergency access is for those who treat: your role sees the charts it needs, or none.")
    named = Client.objects.filter(medical_record_number__iexact=medical_record_number, date_of_birth=date_of_birth)
    if named.exists():
        raise ChartIsOpenToYou
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select access.break_glass(%s, %s, %s, make_interval(mins => %s))",
                [medical_record_number, date_of_birth, reason, minutes],
            )
            made = cursor.fetchone()[0]
    except OperationalError as failure:
        if getattr(failure.__cause__, "sqlstate", "") == TOO_MANY:
            raise TooManyRunning from None
        raise
    if made is None:
        raise ClientNotMatched
    access = BreakGlassAccess.objects.get(pk=made)
    announce(access, by=by, minutes=minutes)
    return access


@records(
    "client.emergency_access.ended", "{actor} ended an emergency access", resource_type=RESOURCE, severity="warning"
)
def end_emergency_access(*, access_id: UUID, by: Actor) -> BreakGlassAccess:
    """The chart closes with this transaction. What is over already stays as it is."""
    access = BreakGlassAccess.objects.for_change(access_id)
    if queries.is_running(access_id):
        access.write(ended_at=clock.now(), ended_by_id=by.person)  # the database writes its own time
    return access


@records(
    "client.emergency_access.reviewed",
    "{actor} reviewed an emergency access",
    resource_type=RESOURCE,
    severity="critical",
)
def review_emergency_access(*, access_id: UUID, by: Actor, outcome: str, note: str) -> BreakGlassAccess:
    """Say whether the emergency was one. Somebody else does, once, when it is over."""
    access = BreakGlassAccess.objects.for_change(access_id)
    if access.staff_id == by.person:
        raise ReviewedByAnother
    if queries.is_running(access_id):
        raise StillRunning
    if access.reviewed_at is not None:
        raise AlreadyReviewed
    if outcome == Outcome.CONCERN and len(note) < SHORTEST_REASON:
        raise BadInput(fields={"note": ["Say what concerns you, in a sentence."]})
    access.write(review_outcome=outcome, review_note=note, reviewed_at=clock.now(), reviewed_by_id=by.person)
    if outcome == Outcome.CONCERN:
        announce_concern(access)
    return access
