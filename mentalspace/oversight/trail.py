"""Reads of the audit trail. Each names the practice beside the fence: only so does the planner use its indexes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from mentalspace.clients.queries import NAME
from mentalspace.core.paging import PAGE_SIZE, encode_cursor, position

FEW = 3
"""Clients named on a line of a list."""

MOST_EXPORTED = 50_000
"""Lines of one export."""

EXPORT_COLUMNS = (
    "time",
    "person_id",
    "person",
    "action",
    "event",
    "description",
    "resource",
    "resource_id",
    "client_ids",
    "severity",
    "ip_address",
    "user_agent",
    "session",
    "line_id",
)
"""What a line of an export holds."""

DISCLOSED = (
    "document.shared",
    "signature.requested",
    "signature.reminded",
    "signature.copy_sent",
    "signature.copy_retried",
    "form_link.sent",
)
"""Events, beside reads, by which health information left the product."""

Values = dict[str, Any]

CONDITIONS = {
    "person": "l.user_id = %(person)s",
    "persons": "l.user_id = any(%(persons)s::uuid[])",
    "sessions": "l.session_id = any(%(sessions)s::text[])",
    "addresses": "l.ip_address = any(%(addresses)s::inet[])",
    "clients": "l.client_ids && %(clients)s::uuid[]",
    "client": "l.client_ids @> array[%(client)s::uuid]",
    "action": "l.action_type = %(action)s",
    "event": "l.event = %(event)s",
    "severity": "l.severity <> 'info' and l.severity = %(severity)s",
    "since": "l.created_at >= %(since)s",
    "until": "l.created_at < %(until)s",
}
AFTER = "(l.created_at, l.id) < (%(after_at)s::timestamptz, %(after_id)s::uuid)"

PERSON = """(select json_build_object('id', l.user_id, 'name', concat_ws(' ', p.first_name, p.last_name))
    from profiles p where p.id = l.user_id)"""

CLIENTS = f"""(select coalesce(json_agg(json_build_object('id', u.id, 'name', {NAME.format("c")})
        order by u.place), '[]')
    from unnest({{ids}}) with ordinality as u(id, place) join clients c on c.id = u.id)"""

LINE = f"""
    'id', l.id, 'created_at', l.created_at, 'person', {PERSON}, 'action_type', l.action_type, 'event', l.event,
    'description', l.action_description, 'resource_type', l.resource_type, 'resource_id', l.resource_id,
    'clients', {CLIENTS}, 'client_count', cardinality(l.client_ids), 'severity', l.severity,
    'ip_address', host(l.ip_address)
"""

LIST = f"""
    with found as (
        select l.id, l.created_at, l.user_id, l.action_type, l.event, l.action_description, l.resource_type,
            l.resource_id, l.client_ids, l.severity, l.ip_address
        from audit_logs l where {{where}} order by l.created_at desc, l.id desc limit %(size)s + 1
    ), shown as (select * from found order by created_at desc, id desc limit %(size)s)
    select coalesce(json_agg(json_build_object({LINE.format(ids=f"l.client_ids[1:{FEW}]")})
            order by l.created_at desc, l.id desc), '[]')::text,
        coalesce((select array_agg(distinct u) from shown s, unnest(s.client_ids[1:{FEW}]) u), array[]::uuid[]),
        case when (select count(*) from found) > %(size)s then
            (select array[s.created_at::text, s.id::text] from shown s order by s.created_at, s.id limit 1) end
    from shown l
"""

DETAIL = f"""
    select json_build_object({LINE.format(ids="l.client_ids")}, 'details', l.action_details,
            'user_agent', l.user_agent, 'session_id', l.session_id,
            'place', (select json_build_object('position', c.position, 'hash', c.hash)
                      from audit_chain c where c.log_id = l.id))::text,
        l.client_ids
    from audit_logs l where l.practice_id = %(practice)s and l.id = %(line)s
"""

SEEN = f"""
    with seen as (
        select u.id as client, count(*) as times, min(l.created_at) as first_at, max(l.created_at) as last_at,
            array_agg(distinct l.resource_type::text) as kinds
        from audit_logs l, unnest(l.client_ids) as u(id)
        where l.practice_id = %(practice)s and l.user_id = %(person)s and l.action_type = 'PHI_ACCESS'
            and l.created_at >= %(since)s and l.created_at < %(until)s
        group by u.id
    ), found as (
        select * from seen where {{after}} order by last_at desc, client desc limit %(size)s + 1
    ), shown as (select * from found order by last_at desc, client desc limit %(size)s)
    select coalesce(json_agg(json_build_object('client', json_build_object('id', s.client,
                'name', coalesce({NAME.format("c")}, '')),
            'medical_record_number', coalesce(c.medical_record_number, ''),
            'times', s.times, 'first_at', s.first_at, 'last_at', s.last_at, 'kinds', s.kinds)
            order by s.last_at desc, s.client desc), '[]')::text,
        coalesce(array_agg(s.client), array[]::uuid[]),
        case when (select count(*) from found) > %(size)s then
            (select array[z.last_at::text, z.client::text] from shown z order by z.last_at, z.client limit 1) end
    from shown s left join clients c on c.id = s.client
"""
SEEN_AFTER = "(last_at, client) < (%(after_at)s::timestamptz, %(after_id)s::uuid)"

COUNT = """
    with found as (select l.client_ids from audit_logs l where {where} limit %(most)s + 1)
    select (select count(*) from found), (select count(distinct u) from found f, unnest(f.client_ids) u)
"""

EXPORTED = """
    select to_char(l.created_at at time zone %(timezone)s::text, 'YYYY-MM-DD HH24:MI:SS'), l.user_id,
        concat_ws(' ', p.first_name, p.last_name), l.action_type, l.event, l.action_description, l.resource_type,
        l.resource_id, array_to_string(l.client_ids, ' '), l.severity, host(l.ip_address), l.user_agent, l.session_id,
        l.id, l.client_ids
    from audit_logs l left join profiles p on p.id = l.user_id
    where {where} order by l.created_at desc, l.id desc limit %(most)s
"""

TOUCHED = """
    select u.id, count(distinct l.id), min(l.created_at), max(l.created_at)
    from audit_logs l, unnest(l.client_ids) as u(id)
    where {where} and (l.action_type = 'PHI_ACCESS' or l.event = any(%(disclosed)s::text[]))
    group by u.id
"""


@dataclass(frozen=True)
class Touched:
    """A client whose health information was read or disclosed: in how many lines, from when until when."""

    client: UUID
    times: int
    first_at: datetime
    last_at: datetime


def listed(*, practice: UUID, cursor: str | None, **chosen: Any) -> tuple[str, list[UUID], str | None]:
    """One page of the trail, newest first, as JSON, the clients it names, and the cursor of the next."""
    where, values = _where(practice, chosen)
    if cursor:
        where += f" and {AFTER}"
    values |= {"size": PAGE_SIZE, **_position(cursor)}
    made, clients, last = _one(LIST.format(where=where), values)
    return made, clients, encode_cursor(last) if last else None


def line(practice: UUID, line_id: UUID) -> tuple[str, list[UUID]]:
    """Everything about one line as JSON, and the clients it names. 404 when there is none."""
    found = _one(DETAIL, {"practice": practice, "line": line_id})
    if found is None:
        raise Http404
    return found[0], found[1]


def seen(
    *, practice: UUID, person: UUID, since: datetime, until: datetime, cursor: str | None
) -> tuple[str, list[UUID], str | None]:
    """The clients whose information somebody was shown in a span of time, the latest first, a page at a time."""
    values = {"practice": practice, "person": person, "since": since, "until": until, "size": PAGE_SIZE}
    sql = SEEN.format(after=SEEN_AFTER if cursor else "true")
    made, clients, last = _one(sql, values | _position(cursor))
    return made, clients, encode_cursor(last) if last else None


def count(practice: UUID, **chosen: Any) -> tuple[int, int]:
    """Lines found, one more than an export carries at most, and how many clients they are about."""
    where, values = _where(practice, chosen)
    rows, clients = _one(COUNT.format(where=where), values | {"most": MOST_EXPORTED})
    return rows, clients


def exported(practice: UUID, timezone: str, **chosen: Any) -> list[tuple[Any, ...]]:
    """The lines of an export, newest first; the last column is the clients they are about."""
    where, values = _where(practice, chosen)
    with connection.cursor() as cursor:
        cursor.execute(EXPORTED.format(where=where), values | {"most": MOST_EXPORTED, "timezone": timezone})
        return list(cursor.fetchall())


def touched(practice: UUID, **chosen: Any) -> list[Touched]:
    """Everybody whose health information was read or disclosed in the lines that a search finds, with every client that
    a line names. Not cut off anywhere: the list of a breach is whole, or of no use."""
    where, values = _where(practice, chosen)
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED.format(where=where), values | {"disclosed": list(DISCLOSED)})
        return [Touched(*row) for row in cursor.fetchall()]


def _where(practice: UUID, chosen: Values) -> tuple[str, Values]:
    conditions = [condition for name, condition in CONDITIONS.items() if chosen.get(name)]
    return " and ".join(["l.practice_id = %(practice)s", *conditions]), chosen | {"practice": practice}


def _position(cursor: str | None) -> Values:
    at, pk = position(cursor, datetime.fromisoformat, UUID)
    return {"after_at": at, "after_id": pk}


def _one(sql: str, values: Values) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()
