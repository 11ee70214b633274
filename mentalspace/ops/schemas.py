"""The API's shapes of what the product knows of itself."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.ops.metrics.rules import State

Kind = Literal["morning", "end_of_day"]


class PointOut(Schema):
    at: datetime
    value: float | None


class MetricOut(Schema):
    """One line of the runbook's table. A share goes from 0 to 1; `now` is a quarter of an hour."""

    key: str
    title: str
    unit: Literal["seconds", "share", "count"]
    how: str
    target: float | None
    critical: float | None
    now: float | None
    now_state: State
    day: float | None
    day_state: State
    month: float | None
    month_state: State
    series: list[PointOut]


class PerformanceOut(Schema):
    metrics: list[MetricOut]


class PerformanceFilter(Schema):
    """What the charts show: a day by half hours, or a month by days."""

    span: Literal["day", "month"] = "day"


class StatementOut(Schema):
    query: str
    calls: int
    mean_ms: float
    max_ms: float
    total_ms: float


class ConnectionsOut(Schema):
    state: str
    count: int
    longest_seconds: float


class TableOut(Schema):
    """`rows` is what statistics say; `dead_share` the part of it that vacuum has not cleared away yet."""

    name: str
    size: int
    rows: int
    dead_share: float
    vacuumed_at: datetime | None


class MissingIndexOut(Schema):
    name: str
    scans: int
    rows_each: int
    rows: int


class UnusedIndexOut(Schema):
    name: str
    table: str
    size: int


class DatabaseOut(Schema):
    """Sizes in bytes, times in milliseconds where the name says so; no `slow` where the server does not count."""

    size: int
    slow: list[StatementOut] | None
    connections: list[ConnectionsOut]
    tables: list[TableOut]
    missing_indexes: list[MissingIndexOut]
    unused_indexes: list[UnusedIndexOut]


class CheckOut(Schema):
    """`page` is the address of the page where it is put right; `since` since when it stands so."""

    name: str
    title: str
    state: State
    says: str
    details: list[str]
    fix: str
    page: str
    checked_at: datetime | None
    since: datetime | None


class ChecklistLineOut(Schema):
    name: str
    title: str
    state: State
    checks: list[CheckOut]


class SignedLineOut(Schema):
    title: str
    state: State
    says: list[str]


class SignedChecklistOut(Schema):
    """A checklist as it stood when it was signed."""

    id: UUID
    kind: Kind
    day: date
    created_at: datetime
    signed_by: str
    remark: str
    lines: list[SignedLineOut]


class ChecklistOut(Schema):
    kind: Kind
    day: date
    lines: list[ChecklistLineOut]
    signature: SignedChecklistOut | None


class ChecklistSignatureIn(Schema):
    remark: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable] = ""


class SignedChecklistFilter(Schema):
    cursor: str | None = None


class PageLoadIn(Schema):
    """How long pages took to be there, in seconds, as the browser saw it."""

    seconds: Annotated[list[Annotated[float, Field(ge=0, le=600)]], Field(min_length=1, max_length=50)]
