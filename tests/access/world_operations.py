"""Rows of what the product notices of itself."""

from datetime import UTC, datetime
from uuid import UUID

from mentalspace.ops.models import ChecklistSignature, CheckResult, MetricPoint
from tests.access.rows import WHO, Rows
from tests.cast import HERE, NEXT_DOOR


def noticed(w: Rows) -> None:
    now = datetime.now(UTC)
    for who, label, practice in (("sys", "here", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        point = {"metric": "api", "span": "minute", "at": now, "count": 1, "buckets": [1]}
        w.put(who, label, MetricPoint(practice_id=practice, **point))
        result = {"check_name": "x", "state": "good", "says": "x", "checked_at": now, "since": now}
        w.put(who, label, CheckResult(practice_id=practice, **result))
    w.put("ada", "Ada's", _signature(HERE, WHO["ada"], "morning"))
    w.put("olga", "next door", _signature(NEXT_DOOR, WHO["olga"], "morning"))
    w.would("one's own", lambda me: _signature(HERE, me, "end_of_day"))


def _signature(practice: UUID, by: UUID, kind: str) -> ChecklistSignature:
    day = datetime.now(UTC).date()
    return ChecklistSignature(practice_id=practice, kind=kind, day=day, signed_by=by, lines=[])
