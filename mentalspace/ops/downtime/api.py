"""Downtime over HTTP: the switch for administrators; whether it stands, and the day on paper, for all staff."""

from datetime import date
from typing import Any

from ninja import Router, Status

from mentalspace.access import downtime
from mentalspace.audit.trail import saw
from mentalspace.charting.rules import EARLIEST_YEAR, LATEST_YEAR
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS
from mentalspace.core.errors import BadInput
from mentalspace.ops.downtime import paper, switching
from mentalspace.ops.downtime.schemas import DowntimeIn, DowntimeOut, PaperOut
from mentalspace.people.abilities import only_for
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])


@router.get("/downtime", response={200: DowntimeOut, **REFUSALS}, operation_id="get_downtime")
def get_downtime(request: StaffRequest) -> dict[str, Any]:
    """Whether the product is read-only now, and why. What the frame asks every minute."""
    return _now(request)


@router.get("/downtime/paper", response={200: PaperOut, **REFUSALS}, operation_id="get_paper")
def get_paper(request: StaffRequest, day: date | None = None) -> dict[str, Any]:
    """A day's sessions with how their clients are reached, to be printed before, or read during, a downtime. Not paged:
    one day."""
    only_for("see_schedule", request.actor.audience)
    day = day or today_of(request)
    if not EARLIEST_YEAR <= day.year < LATEST_YEAR:
        raise BadInput(fields={"day": ["This is not a day of our time."]})
    made = paper.day_of(by=request.actor, day=day, timezone=request.me.practice.timezone)
    saw("downtime_paper", clients=made.clients, what="looked at a day on paper")
    return made.shown


@router.post("/operations/downtime", response={201: DowntimeOut, **REFUSALS}, operation_id="begin_downtime")
def begin_downtime(request: StaffRequest, data: DowntimeIn) -> Status[dict[str, Any]]:
    """Make the practice read-only from now on."""
    only_for("run_operations", request.actor.audience)
    switching.begin(reason=data.reason, until=data.until, by=request.actor)
    return Status(201, _now(request))


@router.delete("/operations/downtime", response={200: DowntimeOut, **REFUSALS}, operation_id="end_downtime")
def end_downtime(request: StaffRequest) -> dict[str, Any]:
    """Let the practice work again."""
    only_for("run_operations", request.actor.audience)
    switching.end(by=request.actor)
    return _now(request)


def _now(request: StaffRequest) -> dict[str, Any]:
    found = downtime.standing(request.me.practice_id)
    if found is None:
        return {"standing": None}
    return {"standing": vars(found) | {"is_overdue": found.until < clock.now()}}
