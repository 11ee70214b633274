"""The API's shapes of maintenance."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.ops.maintenance.actions import TaskKey
from mentalspace.ops.metrics.rules import State


class MaintenanceRunOut(Schema):
    """`asked_by` is unset when the task was due; `state` until it has ended."""

    id: UUID
    task: TaskKey
    title: str
    asked_by: str | None
    reason: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    state: State | None
    says: str
    details: list[str]


class MaintenanceTaskOut(Schema):
    """`runbook` is the task's line in the runbook; `does` what happens; `waiting` what was asked for or is done now."""

    key: TaskKey
    often: Literal["weekly", "monthly"]
    title: str
    runbook: str
    does: str
    next_at: datetime
    last: MaintenanceRunOut | None
    waiting: MaintenanceRunOut | None


class MaintenanceRunIn(Schema):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=300), Storable]


class MaintenanceRunFilter(Schema):
    task: TaskKey | Literal[""] = ""
    cursor: str | None = None
