"""Backups and restore drills over HTTP, for administrators. A full restore is a command: it stops the product."""

from typing import Any

from django.http import HttpResponse
from ninja import Router, Status

from mentalspace.continuity import actions, queries
from mentalspace.continuity.schemas import BackupsOut
from mentalspace.core.api import REFUSALS
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["backups"])
FILE = {"responses": {200: {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}}}


@router.get("/backups", response={200: BackupsOut, **REFUSALS}, operation_id="get_backups")
def get_backups(request: StaffRequest) -> dict[str, Any]:
    """How backups stand: what can be restored, how far behind they are, and what the drills found."""
    only_for("keep_storage", request.actor.audience)
    return queries.overview()


@router.post("/backups", response={202: BackupsOut, **REFUSALS}, operation_id="start_backup")
def start_backup(request: StaffRequest) -> Status[dict[str, Any]]:
    """Have a backup made by a job."""
    actions.ask_for_backup(by=request.actor)
    return Status(202, queries.overview() | {"backup_runs": True})


@router.post("/backups/drills", response={202: BackupsOut, **REFUSALS}, operation_id="start_drill")
def start_drill(request: StaffRequest) -> Status[dict[str, Any]]:
    """Have the newest backup restored beside the live database, looked at, and taken away again."""
    actions.ask_for_drill(by=request.actor)
    return Status(202, queries.overview() | {"drill_runs": True})


@router.get("/backups/drills/{drill_id}", response=REFUSALS, operation_id="get_drill_certificate", openapi_extra=FILE)
def get_drill_certificate(request: StaffRequest, drill_id: str) -> HttpResponse:
    """The signed certificate of a drill, as a file."""
    only_for("keep_storage", request.actor.audience)
    answer = HttpResponse(queries.certificate(drill_id), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="restore-drill-{drill_id}.json"'
    return answer
