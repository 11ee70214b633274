"""The API's shapes of repairs."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Path, Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Storable

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500), Storable]
"""Why something is repaired. It goes into the audit trail, so it names no client."""

StatementId = Annotated[str, Path(pattern=r"^\d{1,10}-\d{1,19}-\d{1,19}$")]
JobNumber = Annotated[int, Path(ge=1, lt=2**63)]


class RepairIn(Schema):
    reason: Reason


class StuckJobOut(Schema):
    """A job that failed (`since` then), or that waits (`since` it is due). `error` is the kind of its latest error,
    never what was said; empty when the log does not go back so far. `is_held`: the same work is being done just now.
    `of_installation`: it is no practice's own."""

    id: int
    task: str
    name: str
    status: Literal["failed", "todo"]
    attempts: int
    since: datetime | None
    of_installation: bool
    is_held: bool
    error: str


class RunningStatementOut(Schema):
    """What a connection is at, without values; `waits_for` is PostgreSQL's word. `holds_up` others wait for it. The id
    is that of this statement alone; `pid` its connection's number."""

    id: str
    pid: int
    application: str
    state: Literal["active", "idle in transaction", "idle in transaction (aborted)"]
    waits_for: str
    seconds: float
    holds_up: int
    statement: str


class StatementEndIn(RepairIn):
    """`disconnects` ends the connection too."""

    disconnects: bool = False


class ReachedLimitOut(Schema):
    """A limit that keeps a person of the practice (`person`) or a network address out until `until`."""

    id: UUID
    operation: str
    person: str | None
    address: str | None
    attempts: int
    most: int
    began: datetime
    until: datetime


class RepairsOut(Schema):
    jobs: list[StuckJobOut]
    statements: list[RunningStatementOut]
    limits: list[ReachedLimitOut]
