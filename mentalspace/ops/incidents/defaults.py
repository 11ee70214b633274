"""What opens an incident by itself in every practice, until an administrator says otherwise."""

from typing import Final
from uuid import UUID

from mentalspace.ops.incidents.models import IncidentRule
from mentalspace.ops.incidents.rules import Severity, Source

DEFAULTS: Final[tuple[tuple[Source, str, str, str], ...]] = (
    (Source.ALERT, "critical", "health", Severity.P0),
    (Source.ALERT, "critical", "", Severity.P1),
    (Source.ALERT, "warning", "", ""),
    (Source.SECURITY, "critical", "", Severity.P0),
    (Source.SECURITY, "high", "", Severity.P1),
    (Source.SECURITY, "medium", "", ""),
    (Source.SECURITY, "low", "", ""),
)
"""Source, its severity, the check it is about ("" is every other), what it opens ("" is nothing). The runbook's P0 is
"system down, data breach": a part that the health check calls unhealthy, the database among them, and what the trail
itself calls critical."""


def ensure_rules(practice: UUID) -> None:
    """Give a practice the rules it does not have yet."""
    there = set(IncidentRule.objects.values_list("source", "grade", "subject"))
    missing = [
        IncidentRule(practice_id=practice, source=source, grade=grade, subject=subject, opens=opens)
        for source, grade, subject, opens in DEFAULTS
        if (source, grade, subject) not in there
    ]
    if missing:
        IncidentRule.objects.bulk_create(missing, ignore_conflicts=True)


def opens(source: Source, grade: str, subject: str = "") -> Severity | None:
    """How grave an incident this opens by itself; None where it opens none. A rule for the subject goes first."""
    found = dict(IncidentRule.objects.filter(source=source, grade=grade).values_list("subject", "opens"))
    chosen = found.get(subject, found.get("", ""))
    return Severity(chosen) if chosen else None
