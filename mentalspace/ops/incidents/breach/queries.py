"""Extracts, and what is known of a breach, as the page shows them."""

from typing import Any
from uuid import UUID

from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.paging import page
from mentalspace.ops.incidents import on_call
from mentalspace.ops.incidents.breach.models import BreachAffected, BreachAssessment, IncidentExtract
from mentalspace.ops.incidents.breach.rules import MANY, report_due
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.people.models import Profile

Found = dict[str, Any]
LEFT = "Somebody who left"
KEYS = ("-last_at", "-id")
COLUMNS = (
    "medical_record_number", "first_name", "last_name", "date_of_birth", "street1", "street2", "city", "state",
    "zip_code", "email", "primary_phone",
)  # fmt: skip
HEADER = (*COLUMNS, "client_id", "times", "first_at", "last_at", "dropped_at", "told_on", "told_how")


def extracts(incident_id: UUID) -> list[Found]:
    """Those kept with an incident, in order, without their content. 404 where there is no incident."""
    incident = OperationsIncident.objects.visible(incident_id)
    rows = list(IncidentExtract.objects.filter(incident=incident).defer("content").order_by("created_at", "id"))
    named = _names([row.taken_by for row in rows])
    return [extract(row, named) for row in rows]


def extract(row: IncidentExtract, named: dict[UUID, str] | None = None) -> Found:
    """One without its content."""
    known = named if named is not None else _names([row.taken_by])
    same = {name: getattr(row, name) for name in ("id", "created_at", "search", "lines", "sha256")}
    return same | {"taken_by": known.get(row.taken_by, LEFT), "clients": len(row.client_ids)}


def breach(incident_id: UUID) -> Found:
    """What is known of it as a breach, without the list; nothing where nobody said that it may be one."""
    row = BreachAssessment.objects.filter(incident=OperationsIncident.objects.visible(incident_id)).first()
    if row is None:
        return {"assessment": None}
    same = (
        "id", "version", "discovered_on", "due_on", "search", "counted_at", "affected", "nature", "recipient", "viewed",
        "mitigated", "decision", "reasons", "decided_at",
    )  # fmt: skip
    people = BreachAffected.objects.filter(assessment=row)
    named = _names([row.declared_by, *([row.decided_by] if row.decided_by else [])])
    is_again = row.counted_at > row.created_at
    today = clock.now().astimezone(on_call.zone_here()).date()
    said = {name: getattr(row, name) for name in same} | {
        "declared_by": named.get(row.declared_by, LEFT),
        "decided_by": named.get(row.decided_by, LEFT) if row.decided_by else None,
        "days_left": (row.due_on - today).days,
        "is_many": row.affected >= MANY,
        "report_due_on": report_due(row.discovered_on, row.affected),
        "told": people.filter(dropped_at__isnull=True, notified_on__isnull=False).count(),
        "new": people.filter(created_at__gte=row.counted_at, dropped_at__isnull=True).count() if is_again else 0,
        "dropped": people.filter(dropped_at__isnull=False).count(),
    }
    return {"assessment": said}


def affected(incident_id: UUID, *, cursor: str | None) -> tuple[list[Found], list[UUID], str | None]:
    """A page of the list, the latest read first, and the clients it names. Three statements."""
    incident = OperationsIncident.objects.visible(incident_id)
    rows, following = page(BreachAffected.objects.filter(assessment__incident=incident), keys=KEYS, cursor=cursor)
    clients = Client.objects.in_bulk([row.client_id for row in rows])
    return [_affected(row, clients.get(row.client_id)) for row in rows], [row.client_id for row in rows], following


def _affected(row: BreachAffected, client: Client | None) -> Found:
    same = ("id", "client_id", "times", "first_at", "last_at", "dropped_at", "notified_on", "notified_how")
    return {name: getattr(row, name) for name in same} | {
        "name": f"{client.preferred_name or client.first_name} {client.last_name}".strip() if client else "",
        "medical_record_number": client.medical_record_number if client else "",
    }


def exported(incident_id: UUID) -> tuple[list[list[object]], list[UUID]]:
    """The whole list as rows under `HEADER`, and the clients it names. 404 where there is none."""
    incident = OperationsIncident.objects.visible(incident_id)
    assessment = BreachAssessment.objects.visible(
        BreachAssessment.objects.filter(incident=incident).values_list("pk", flat=True).first() or UUID(int=0)
    )
    rows = list(BreachAffected.objects.filter(assessment=assessment).order_by("client_id"))
    clients = Client.objects.in_bulk([row.client_id for row in rows])
    return [_line(row, clients.get(row.client_id)) for row in rows], [row.client_id for row in rows]


def _line(row: BreachAffected, client: Client | None) -> list[object]:
    known: list[object] = [getattr(client, name) if client else "" for name in COLUMNS]
    seen: list[object] = [row.client_id, row.times, row.first_at, row.last_at, row.dropped_at]
    return [*known, *seen, row.notified_on, row.notified_how]


def _names(people: list[UUID]) -> dict[UUID, str]:
    return {pk: person.full_name for pk, person in Profile.objects.in_bulk(set(people)).items()}
