"""What administrators see of the people who work here and of their accounts. Each in a fixed number of statements.

Accounts are known through `access.account_states()`, which answers administrators only.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404

from mentalspace.audit.models import ADMIN_ACTION, AuditLog
from mentalspace.core.paging import PAGE_SIZE, encode_cursor, position
from mentalspace.people.administration_rules import (
    MOST_SUPERVISEES,
    SECOND_FACTORS,
    Account,
    attention_for,
    license_state,
)

HISTORY = 30
"""How many of administration's events a page shows."""

PEOPLE = """
with person as (
    select p.id, p.first_name, p.last_name, p.title, p.credentials, p.email, p.license_number, p.license_state,
        p.license_expiration_date, p.npi_number, p.phone_number, p.created_at, p.is_active, p.deactivated_at,
        coalesce(s.has_password, false) as has_password,
        case when p.user_id is null then 'no_account' when not p.is_active then 'deactivated'
            when s.locked_until > %(now)s then 'locked'
            when s.has_password or 'webauthn' = any(s.factors) then 'active' else 'invited' end as status,
        coalesce(s.is_verified, false) as is_verified, coalesce(s.factors, '{}') as factors, s.last_sign_in,
        s.locked_until, coalesce(s.open_sessions, 0) as open_sessions,
        array(select r.role::text from user_roles r where r.person_id = p.id order by 1) as roles,
        exists (select from supervision_relationships v where v.supervisee_id = p.id
            and (v.end_date is null or v.end_date > current_date)) as has_supervisor
    from profiles p left join access.account_states(%(people)s::uuid[]) s on s.id = p.id
    where not p.is_system and p.audience <> 'ms_client'
)
"""
"""Everybody who works or worked here. A client's portal account is not staff, and stands in the chart."""

LISTED = """
select * from person
where (%(status)s = 'all' or status = %(status)s
        or %(status)s = 'current' and status <> 'deactivated' and (status <> 'no_account' or is_active))
    and (%(role)s = '' or %(role)s = any(roles) or %(role)s = 'none' and roles = '{}')
    and (select bool_and(position(word in lower(concat_ws(' ', first_name, last_name, email, title))) > 0)
        from unnest(%(words)s::text[]) word) is not false
    and (%(last)s::text is null or (last_name, first_name, id) > (%(last)s, %(first)s, %(id)s::uuid))
order by last_name, first_name, id limit %(size)s
"""

ADMINISTER = """
select p.id from profiles p join user_roles r on r.person_id = p.id and r.role = 'administrator'
    join access.account_states() s on s.id = p.user_id
where p.is_active and not p.is_system and s.is_enabled and s.has_password
"""
"""The same as the database counts when it keeps the last one: who can sign in, invitations nobody took up left out."""

SUPERVISIONS = """
select v.id, v.supervisor_id, v.supervisee_id, v.start_date, concat_ws(' ', p.first_name, p.last_name)
from supervision_relationships v
    join profiles p on p.id = case v.supervisor_id when %(person)s then v.supervisee_id else v.supervisor_id end
where %(person)s in (v.supervisor_id, v.supervisee_id) and (v.end_date is null or v.end_date > current_date)
order by p.last_name, p.first_name, v.id
"""

SUPERVISORS = """
select p.id, concat_ws(' ', p.first_name, p.last_name), p.license_number, p.license_expiration_date,
    (select count(distinct v.supervisee_id) from supervision_relationships v
     where v.supervisor_id = p.id and (v.end_date is null or v.end_date > current_date))
from profiles p join user_roles r on r.person_id = p.id and r.role = 'supervisor'
where p.is_active order by p.last_name, p.first_name, p.id
"""


def administrators() -> set[UUID]:
    """Who can sign in and administer the practice."""
    with connection.cursor() as cursor:
        cursor.execute(ADMINISTER)
        return {row[0] for row in cursor.fetchall()}


def listed(
    *, q: str, status: str, role: str, cursor: str | None, now: datetime, today: date
) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the users by last name, and the cursor of the next. One statement."""
    last, first, person = position(cursor, str, str, UUID)
    values = {
        "now": now,
        "people": None,
        "status": status,
        "role": role,
        "words": q.lower().split()[:5],
        "last": last,
        "first": first,
        "id": person,
        "size": PAGE_SIZE + 1,
    }
    found = _rows(PEOPLE + LISTED, values)
    items = [_row(each, now, today) for each in found[:PAGE_SIZE]]
    if len(found) <= PAGE_SIZE:
        return items, None
    end = found[PAGE_SIZE - 1]
    return items, encode_cursor([end["last_name"], end["first_name"], end["id"]])


def shown(person: UUID, *, me: UUID, now: datetime, today: date) -> dict[str, Any]:
    """Somebody's `UserOut`, or 404. Three statements."""
    found = _rows(
        PEOPLE + "select * from person where id = %(person)s", {"person": person, "people": [person], "now": now}
    )
    if not found:
        raise Http404
    return (
        found[0]
        | _row(found[0], now, today)
        | _supervision(person)
        | {"is_me": person == me, "most_supervisees": MOST_SUPERVISEES, "history": _history(person)}
    )


def supervisors(today: date) -> list[dict[str, Any]]:
    """Everybody with the hat, with why they may be given nobody else, if so. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SUPERVISORS)
        rows = cursor.fetchall()
    return [
        {
            "id": person,
            "name": name,
            "supervisees": count,
            "most_supervisees": MOST_SUPERVISEES,
            "problem": _problem(number, expires, count, today),
        }
        for person, name, number, expires, count in rows
    ]


def report(now: datetime, today: date) -> dict[str, Any]:
    """The whole practice's accounts and licenses: `PeopleReportOut`. One statement."""
    found = _rows(
        PEOPLE + "select * from person where is_active order by last_name, first_name, id", {"people": None, "now": now}
    )
    everybody = [(_account(each), _row(each, now, today)) for each in found]
    current = [(account, row) for account, row in everybody if row["status"] in ("active", "locked")]

    def with_attention(*kinds: str) -> list[dict[str, Any]]:
        return [row for _, row in everybody if set(kinds) & set(row["attention"])]

    licenses = [
        (account, row) for account, row in everybody if license_state(account, today) in ("expired", "expiring")
    ]
    licenses.sort(key=lambda pair: (pair[0].license_expiration_date or today, pair[1]["name"]))
    return {
        "as_of": now,
        "people": len(current),
        "with_second_factor": sum(bool(account.factors & SECOND_FACTORS) for account, _ in current),
        "with_passkey": sum("webauthn" in account.factors for account, _ in current),
        "adoption": _adoption([account for account, _ in current]),
        "no_second_factor": with_attention("no_second_factor"),
        "stale": with_attention("stale"),
        "no_role": with_attention("no_role"),
        "licenses": [row for _, row in licenses] + with_attention("license_missing"),
        "no_supervisor": with_attention("no_supervisor"),
        "waiting": [row for _, row in everybody if row["status"] == "invited"],
    }


def has_supervisor(person: UUID) -> bool:
    """Whether somebody supervises this person now or will."""
    with connection.cursor() as cursor:
        cursor.execute(SUPERVISIONS, {"person": person})
        return any(supervisee == person for _, _, supervisee, _, _ in cursor.fetchall())


def _adoption(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    by_role: dict[str, list[Account]] = {}
    for account in accounts:
        for role in account.roles:
            by_role.setdefault(role, []).append(account)
    return [
        {
            "role": role,
            "people": len(those),
            "with_second_factor": sum(bool(account.factors & SECOND_FACTORS) for account in those),
            "with_passkey": sum("webauthn" in account.factors for account in those),
        }
        for role, those in sorted(by_role.items())
    ]


def _supervision(person: UUID) -> dict[str, list[dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(SUPERVISIONS, {"person": person})
        rows = cursor.fetchall()
    found: dict[str, list[dict[str, Any]]] = {"supervisors": [], "supervisees": []}
    for pk, supervisor, supervisee, start, name in rows:
        kind, other = ("supervisees", supervisee) if supervisor == person else ("supervisors", supervisor)
        found[kind].append({"id": pk, "person_id": other, "name": name, "start_date": start})
    return found


def _history(person: UUID) -> list[dict[str, Any]]:
    rows = AuditLog.objects.filter(action_type=ADMIN_ACTION, resource_type="account", resource_id=person)
    columns = ("created_at", "event", "action_description", "action_details")
    return [
        {"at": at, "event": event, "description": description, "reason": details.get("reason", "")}
        for at, event, description, details in rows.order_by("-created_at").values_list(*columns)[:HISTORY]
    ]


def _problem(number: str, expires: date | None, supervisees: int, today: date) -> str | None:
    if not number:
        return "Has no license on file."
    if expires is not None and expires < today:
        return "The license has expired."
    if supervisees >= MOST_SUPERVISEES:
        return f"Supervises {MOST_SUPERVISEES} people already."
    return None


def _row(each: dict[str, Any], now: datetime, today: date) -> dict[str, Any]:
    """A `UserRow` from its columns."""
    account = _account(each)
    names = (
        "id",
        "title",
        "credentials",
        "email",
        "roles",
        "last_sign_in",
        "license_expiration_date",
        "factors",
        "status",
    )
    return {name: each[name] for name in names} | {
        "name": f"{each['first_name']} {each['last_name']}".strip(),
        "attention": attention_for(account, now, today),
    }


def _account(each: dict[str, Any]) -> Account:
    values = {name: each[name] for name in Account.__dataclass_fields__}
    return Account(**values | {"factors": frozenset(each["factors"]), "roles": frozenset(each["roles"])})


def _rows(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
