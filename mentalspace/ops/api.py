"""How the product is, over HTTP, for administrators. Browsers of all staff tell how long their pages took."""

from typing import Any

from ninja import Query, Router, Status

from mentalspace.core.api import REFUSALS, Page
from mentalspace.core.paging import page
from mentalspace.ops import database, jobs
from mentalspace.ops.checklists import actions, queries
from mentalspace.ops.metrics.instruments import PAGES
from mentalspace.ops.metrics.queries import performance
from mentalspace.ops.models import ChecklistKind, ChecklistSignature
from mentalspace.ops.schemas import (
    ChecklistOut,
    ChecklistSignatureIn,
    CheckOut,
    DatabaseOut,
    Kind,
    PageLoadIn,
    PerformanceFilter,
    PerformanceOut,
    SignedChecklistFilter,
    SignedChecklistOut,
)
from mentalspace.people.abilities import only_for
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["operations"])


@router.get("/operations/checks", response={200: list[CheckOut], **REFUSALS}, operation_id="list_checks")
def list_checks(request: StaffRequest) -> list[dict[str, Any]]:
    """Every check with how it came out last. Not paged: they are written in the code."""
    only_for("run_operations", request.actor.audience)
    return queries.checks()


@router.post("/operations/checks", response={202: None, **REFUSALS}, operation_id="make_checks")
def make_checks(request: StaffRequest) -> Status[None]:
    """Have every check made now, by the worker. They are made anyway every minute or five."""
    only_for("run_operations", request.actor.audience)
    jobs.look_now.defer(practice=str(request.actor.practice))
    return Status(202, None)


@router.get(
    "/operations/checklists/{checklist}", response={200: ChecklistOut, **REFUSALS}, operation_id="get_checklist"
)
def get_checklist(request: StaffRequest, checklist: Kind) -> dict[str, Any]:
    """Today's checklist, answered by the checks."""
    only_for("run_operations", request.actor.audience)
    return queries.checklist(ChecklistKind(checklist), today_of(request))


@router.post(
    "/operations/checklists/{checklist}/signed",
    response={201: ChecklistOut, **REFUSALS},
    operation_id="sign_checklist",
)
def sign_checklist(request: StaffRequest, checklist: Kind, data: ChecklistSignatureIn) -> Status[dict[str, Any]]:
    """Keep today's checklist as it stands, under one's name."""
    day = today_of(request)
    actions.sign(kind=ChecklistKind(checklist), day=day, by=request.actor, **data.dict())
    return Status(201, queries.checklist(ChecklistKind(checklist), day))


@router.get(
    "/operations/signed-checklists",
    response={200: Page[SignedChecklistOut], **REFUSALS},
    operation_id="list_signed_checklists",
)
def list_signed_checklists(request: StaffRequest, filters: Query[SignedChecklistFilter]) -> dict[str, Any]:
    """Checklists as they were signed, the latest first, a page at a time."""
    only_for("run_operations", request.actor.audience)
    rows, following = page(ChecklistSignature.objects.all(), keys=("-created_at", "-id"), cursor=filters.cursor)
    return {"items": queries.signatures(rows), "next": following}


@router.get("/operations/performance", response={200: PerformanceOut, **REFUSALS}, operation_id="get_performance")
def get_performance(request: StaffRequest, filters: Query[PerformanceFilter]) -> dict[str, Any]:
    """The runbook's metrics, measured: a quarter of an hour, a day, a month, and a line to look at."""
    only_for("run_operations", request.actor.audience)
    return performance(filters.span)


@router.get("/operations/database", response={200: DatabaseOut, **REFUSALS}, operation_id="get_database_load")
def get_database_load(request: StaffRequest) -> dict[str, Any]:
    """What the database is busy with, of the whole installation."""
    only_for("run_operations", request.actor.audience)
    return database.load()


@router.post("/page-loads", response={204: None, **REFUSALS}, operation_id="tell_page_loads")
def tell_page_loads(request: StaffRequest, data: PageLoadIn) -> Status[None]:
    """How long pages took to be there, told by browsers of all staff. Counted, and kept of nobody."""
    for seconds in data.seconds:
        PAGES.observe(seconds)
    return Status(204, None)
