"""Checklists as they stand, and as they were signed."""

from datetime import date, datetime
from typing import Any

from mentalspace.core import clock
from mentalspace.ops.checklists.rules import CHECKLISTS, Line
from mentalspace.ops.checks.registry import CHECKS, STALE, worst
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.models import ChecklistKind, ChecklistSignature, CheckResult
from mentalspace.people.models import Profile

NEVER = "Not looked at yet: it is, within a minute."


def checks() -> list[dict[str, Any]]:
    """Every check with how it came out last. One statement."""
    found = {row.check_name: row for row in CheckResult.objects.all()}
    now = clock.now()
    return [_shown(name, found.get(name), now) for name in CHECKS]


def _shown(name: str, row: CheckResult | None, now: datetime) -> dict[str, Any]:
    check = CHECKS[name]
    said = {"name": name, "title": check.title, "fix": check.fix, "page": check.page}
    if row is None:
        return said | {"state": State.UNKNOWN, "says": NEVER, "details": [], "checked_at": None, "since": None}
    kept = {"details": row.details, "checked_at": row.checked_at, "since": row.since}
    if now - row.checked_at > STALE:
        return said | kept | {"state": State.UNKNOWN, "says": f"Not looked at any more. Before: {row.says}"}
    return said | kept | {"state": row.state, "says": row.says}


def checklist(kind: ChecklistKind, day: date) -> dict[str, Any]:
    """A checklist as it stands now, and who has signed that of this day. Four statements at most."""
    signed = ChecklistSignature.objects.filter(kind=kind, day=day).first()
    return {
        "kind": kind,
        "day": day,
        "lines": [{key: each[key] for key in ("name", "title", "state", "checks")} for each in lines(kind)],
        "signature": signatures([signed])[0] if signed else None,
    }


def lines(kind: ChecklistKind) -> list[dict[str, Any]]:
    """Each line of a checklist with its checks and their worst state. One statement."""
    found = {each["name"]: each for each in checks()}
    return [_line(line, [found[name] for name in line.checks if name in found]) for line in CHECKLISTS[kind]]


def _line(line: Line, answers: list[dict[str, Any]]) -> dict[str, Any]:
    state = worst([State(each["state"]) for each in answers])
    return {"name": line.name, "title": line.title, "state": state, "checks": answers}


def signatures(rows: list[ChecklistSignature]) -> list[dict[str, Any]]:
    """Signed checklists, with names. One statement."""
    names = {pk: person.full_name for pk, person in Profile.objects.in_bulk({row.signed_by for row in rows}).items()}
    fields = ("id", "kind", "day", "created_at", "remark", "lines")
    return [
        {name: getattr(row, name) for name in fields} | {"signed_by": names.get(row.signed_by, "Somebody who left")}
        for row in rows
    ]
