"""Reads of outcome measures. Rows are what row-level security leaves."""

from typing import Any
from uuid import UUID

from mentalspace.outcomes.models import MeasureResult

MOST_RESULTS = 1000


def series(client_id: UUID) -> list[dict[str, Any]]:
    """Each instrument's results, oldest first, by name; of very many, the latest thousand. One statement."""
    rows = MeasureResult.objects.filter(client_id=client_id).order_by("-taken_at", "id")
    points: dict[str, list[dict[str, Any]]] = {}
    for row in reversed(rows.values("instrument", "taken_at", "score")[:MOST_RESULTS]):
        point = {"taken_at": row["taken_at"], "score": float(row["score"])}
        points.setdefault(row["instrument"], []).append(point)
    return [
        {
            "instrument": instrument,
            "lowest": min(point["score"] for point in found),
            "highest": max(point["score"] for point in found),
            "points": found,
        }
        for instrument, found in sorted(points.items())
    ]
