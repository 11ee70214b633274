"""Reads of emergency access, each in a fixed number of statements. The database's clock says what is running."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from mentalspace.access.actor import Actor
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.clients.queries import NAME
from mentalspace.core.paging import PAGE_SIZE, encode_cursor, position
from mentalspace.people.abilities import can

MOST_OPENED = 200
"""Lines of the trail that a review shows: an hour of reading."""

ABOUT_ACCESS = ("emergency_access", "emergency_access_list")
"""Looks at emergency access itself, which open nothing of the chart."""

RUNNING = "(b.ended_at is null and b.expires_at > statement_timestamp())"

ROW = f"""
    select b.id, b.client_id, coalesce({NAME.format("c")}, '') as client_name,
        coalesce(c.medical_record_number, '') as medical_record_number, b.staff_id,
        concat_ws(' ', s.first_name, s.last_name) as staff_name, b.reason, b.started_at, b.expires_at, b.ended_at,
        concat_ws(' ', e.first_name, e.last_name) as ended_by_name, {RUNNING} as is_running,
        b.reviewed_at, concat_ws(' ', r.first_name, r.last_name) as reviewed_by_name, b.review_outcome, b.review_note
    from break_glass_access b
    join profiles s on s.id = b.staff_id
    left join clients c on c.id = b.client_id
    left join profiles e on e.id = b.ended_by_id
    left join profiles r on r.id = b.reviewed_by_id
"""
LIST = f"""{ROW} where {{where}}
    and (%(at)s::timestamptz is null or (b.started_at, b.id) < (%(at)s::timestamptz, %(id)s::uuid))
    order by b.started_at desc, b.id desc limit %(size)s"""

WHOSE = {"mine": "b.staff_id = %(me)s", "others": "b.staff_id <> %(me)s"}
STATES = {
    "running": RUNNING,
    "open": f"({RUNNING} or b.reviewed_at is null)",
    "reviewed": "b.reviewed_at is not null",
    "": "true",
}


def listed(*, by: Actor, whose: str, state: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of emergency accesses, the latest first. One statement."""
    at, pk = position(cursor, datetime.fromisoformat, UUID)
    where = f"{WHOSE[whose]} and {STATES[state]}"
    rows = _rows(LIST.format(where=where), {"at": at, "id": pk, "size": PAGE_SIZE + 1}, by)
    if len(rows) <= PAGE_SIZE:
        return rows, None
    last = rows[PAGE_SIZE - 1]
    return rows[:PAGE_SIZE], encode_cursor([last["started_at"].isoformat(), last["id"]])


def shown(access_id: UUID, *, by: Actor) -> dict[str, Any]:
    """One emergency access, or 404. One statement."""
    rows = _rows(f"{ROW} where b.id = %(id)s", {"id": access_id}, by)
    if not rows:
        raise Http404
    return rows[0]


def is_running(access_id: UUID) -> bool:
    """Whether it opens the chart at this moment, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {RUNNING} from break_glass_access b where b.id = %s", [access_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def opened(access: BreakGlassAccess, *, by: Actor) -> list[dict[str, Any]] | None:
    """What the person looked at in that chart meanwhile. None for who neither reads the trail nor reviews this."""
    if can(by.audience, "read_audit"):
        lines = AuditLog.objects.filter(
            user_id=access.staff_id,
            action_type=PHI_ACCESS,
            client_ids__contains=[access.client_id],
            created_at__gte=access.started_at,
            created_at__lte=access.ended_at or access.expires_at,
        ).exclude(resource_type__in=ABOUT_ACCESS)
        rows = list(
            lines.order_by("created_at", "id").values_list("created_at", "event", "action_description")[:MOST_OPENED]
        )
    elif can(by.audience, "review_emergency_access") and access.staff_id != by.person:
        rows = _opened_by_supervisee(access.pk)
    else:
        return None
    return [{"at": at, "event": event, "what": what} for at, event, what in rows]


def _opened_by_supervisee(access_id: UUID) -> list[tuple[Any, ...]]:
    """The same, through the one door a supervisor has to the trail."""
    with connection.cursor() as cursor:
        cursor.execute("select at, event, what from access.opened_in_emergency(%s, %s)", [access_id, MOST_OPENED])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _rows(sql: str, values: dict[str, Any], by: Actor) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"me": by.person})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    reviews = can(by.audience, "review_emergency_access")
    for row in rows:
        is_mine = row["staff_id"] == by.person
        row["may_end"] = row["is_running"] and (is_mine or reviews)
        row["may_review"] = reviews and not is_mine and not row["is_running"] and row["reviewed_at"] is None
    return rows
