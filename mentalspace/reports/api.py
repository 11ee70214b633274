"""Read models over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from mentalspace.audit.trail import saw
from mentalspace.charting.rules import EARLIEST_YEAR, LATEST_YEAR
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page, as_made, page_as_made
from mentalspace.core.errors import BadInput
from mentalspace.outcomes import queries as outcomes
from mentalspace.people.middleware import StaffRequest
from mentalspace.reports import timeline, today
from mentalspace.reports.schemas import MeasureSeries, TimelineFilter, TimelineItem, TodayOut

router = Router(tags=["reports"])


@router.get("/today", response={200: TodayOut, **REFUSALS}, operation_id="get_today")
def get_today(request: StaffRequest, day: date | None = None) -> HttpResponse:
    """The person's day in the practice's time zone: sessions in order, notes to write, notes unsigned.

    Front desk and administrators see everybody's appointments, and no notes.
    """
    practice, now = request.me.practice, clock.now()
    day = day or practice.day_at(now)
    if not EARLIEST_YEAR <= day.year < LATEST_YEAR:
        raise BadInput(fields={"day": ["This is not a day of our time."]})
    made = today.day_of(by=request.actor, day=day, timezone=practice.timezone, now=now)
    saw("today", clients=made.clients, what="looked at a day")
    return as_made(made.json)


@router.get(
    "/clients/{client_id}/timeline", response={200: Page[TimelineItem], **REFUSALS}, operation_id="get_timeline"
)
def get_timeline(request: StaffRequest, client_id: UUID, filters: Query[TimelineFilter]) -> HttpResponse:
    """Everything in a chart that the person may know of, newest first, a page at a time."""
    items, following = timeline.items(
        client_id=client_id,
        audience=request.actor.audience,
        timezone=request.me.practice.timezone,
        **filters.dict(),
    )
    saw("client_timeline", clients=[client_id], resource=client_id, what="looked at a chart's timeline")
    return page_as_made(items, following)


@router.get(
    "/clients/{client_id}/measures", response={200: list[MeasureSeries], **REFUSALS}, operation_id="list_measures"
)
def list_measures(request: StaffRequest, client_id: UUID) -> list[dict[str, Any]]:
    """Scores over time by instrument, for spark-lines."""
    Client.objects.visible(client_id)
    saw("client_measures", clients=[client_id], resource=client_id, what="looked at outcome measures")
    return outcomes.series(client_id)
