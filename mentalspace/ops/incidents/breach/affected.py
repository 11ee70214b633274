"""Who is affected: every client whose information the trail says was touched by what the search describes."""

from dataclasses import dataclass
from typing import Any

from mentalspace.core import clock
from mentalspace.ops.incidents.breach.models import BreachAffected, BreachAssessment
from mentalspace.oversight import trail

AT_ONCE = 1000


@dataclass(frozen=True)
class Difference:
    """How many are on the list, how many of them are new to it, and how many have dropped out."""

    count: int
    new: int
    dropped: int


def find(assessment: BreachAssessment, search: dict[str, Any]) -> Difference:
    """Make the list what the trail says now. Who has dropped out stays on it as such, and may come back."""
    touched = {each.client: each for each in trail.touched(assessment.practice_id, **search)}
    there = {row.client_id: row for row in BreachAffected.objects.filter(assessment=assessment)}
    kept = {client for client, row in there.items() if row.dropped_at is None}
    gone = kept - touched.keys()
    rows = [_row(assessment, each) for each in touched.values()]
    BreachAffected.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["assessment", "client_id"],
        update_fields=["times", "first_at", "last_at", "dropped_at"],
    )
    BreachAffected.objects.filter(assessment=assessment, client_id__in=gone).update(dropped_at=clock.now())
    return Difference(len(touched), len(touched.keys() - kept), len(gone))


def _row(assessment: BreachAssessment, found: trail.Touched) -> BreachAffected:
    row = BreachAffected(practice_id=assessment.practice_id, assessment=assessment, client_id=found.client)
    row.times, row.first_at, row.last_at, row.dropped_at = found.times, found.first_at, found.last_at, None
    return row
