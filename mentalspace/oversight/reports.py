"""The operations runbook's security and compliance checks, in figures for a page.

Each statement is the runbook's own, kept to the practice and with names beside ids; `tests/runbook/test_security.py`
holds the two together.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from mentalspace.audit.alerts import AFTER_HOURS, NIGHT

MANY_READS, MANY_FAILURES = 50, 5
"""A day's reads of health information, and failed sign-ins, from which the runbook looks closer."""

NAMED = """case when p.id is null then null
    else json_build_object('id', p.id, 'name', concat_ws(' ', p.first_name, p.last_name)) end"""

COUNTED = f"""
    select {NAMED}, n, first_at, last_at from (
        select l.user_id, count(*) as n, min(l.created_at) as first_at, max(l.created_at) as last_at
        from audit_logs l where l.practice_id = %(practice)s and {{where}}
        group by l.user_id having count(*) > %(more_than)s) found
    {{join}} join profiles p on p.id = found.user_id
    order by n desc, p.last_name, found.user_id limit %(most)s
"""
PHI_WITHIN = "l.action_type = 'PHI_ACCESS' and l.created_at > %(now)s::timestamptz - %(span)s::interval"

INCIDENTS = """
    select severity::text, count(*) filter (where status = 'open'), count(*) filter (where status = 'investigating'),
        count(*) filter (where status = 'resolved')
    from security_incidents where practice_id = %(practice)s and detected_at > %(now)s::timestamptz - interval '1 day'
    group by severity order by security_incidents.severity desc
"""

ACTIVE = """select count(distinct user_id) from audit_logs
    where practice_id = %(practice)s and created_at > %(now)s::timestamptz - interval '1 day'"""

RETENTION = """select min(created_at), max(created_at), count(*), count(distinct user_id) from audit_logs
    where practice_id = %(practice)s"""

DUE = """
    select count(*) from audit_logs l where l.practice_id = %(practice)s and l.created_at < now() - interval '6 years'
        and not exists (select from audit_retention r where r.practice_id = l.practice_id
            and r.action_type in ('', l.action_type)
            and (r.is_held or l.created_at >= now() - make_interval(years => r.years)))
"""

ROLE_CHANGES = f"""
    select l.id, l.created_at, {NAMED.replace("p.", "b.")}, {NAMED}, array(
        select g from jsonb_array_elements_text(l.action_details->'roles') g
        where not l.action_details->'before' ? g) as gained
    from audit_logs l left join profiles b on b.id = l.user_id left join profiles p on p.id = l.resource_id
    where l.practice_id = %(practice)s and l.action_type = 'ADMIN_ACTION' and l.event = 'user.roles_changed'
        and l.created_at > %(now)s::timestamptz - interval '30 days'
    order by l.created_at desc, l.id limit %(most)s
"""

REFUSED = """
    select coalesce(action_details->>'code', 'refused'), count(*), count(distinct user_id) from audit_logs
    where practice_id = %(practice)s and action_type = 'REFUSED'
        and created_at > %(now)s::timestamptz - interval '7 days'
    group by 1 order by 2 desc, 1 limit %(most)s
"""

BY_DAY = """
    select count(l.n)::int from generate_series(0, 29) d left join lateral (
        select 1 as n from audit_logs l where l.practice_id = %(practice)s and l.action_type = 'PHI_ACCESS'
            and l.created_at <= %(now)s::timestamptz - make_interval(days => 29 - d)
            and l.created_at > %(now)s::timestamptz - make_interval(days => 30 - d)) l on true
    group by d order by d
"""

FAILED = """select email, attempts, last_attempt
    from access.failed_sign_ins(%(now)s::timestamptz - interval '1 day', %(more_than)s) limit %(most)s"""

FACTORS = """
    select count(*), count(*) filter (where s.factors && array['totp', 'webauthn'])
    from access.account_states() s join profiles p on p.id = s.id
    where s.is_enabled and s.has_password and p.is_active and p.audience <> 'ms_client'
"""

MOST = 100
"""Lines of one table of the report."""

LONGEST = timedelta(days=30)
"""How far back the check goes that goes back furthest."""


Found = list[dict[str, Any]]


class Checks:
    """The checks of one practice at one moment."""

    def __init__(self, practice: UUID, timezone: str, now: datetime) -> None:
        self.values: dict[str, Any] = {"practice": practice, "now": now, "timezone": timezone, "most": MOST}
        self.values |= {"evening": NIGHT[0], "morning": NIGHT[1]}

    def phi_access(self) -> list[dict[str, Any]]:
        """Who read more than fifty times within a day."""
        return self._counted(PHI_WITHIN, span="1 day", more_than=MANY_READS, join="left")

    def phi_by_person(self) -> list[dict[str, Any]]:
        """Reads of health information in 30 days, by person."""
        return self._counted(PHI_WITHIN, span="30 days")

    def after_hours(self) -> list[dict[str, Any]]:
        """Reads from 20:00 to 06:00 on the practice's wall, in 30 days, by person."""
        return self._counted(f"{PHI_WITHIN} and {AFTER_HOURS}", span="30 days")

    def top_users(self) -> list[dict[str, Any]]:
        """The ten who did most within a week."""
        within = "l.created_at > %(now)s::timestamptz - %(span)s::interval"
        return self._counted(within, span="7 days", most=10)

    def active_users(self) -> int:
        return int(self._rows(ACTIVE)[0][0])

    def incidents(self) -> list[dict[str, Any]]:
        """A day's incidents, the worst severity first."""
        return _as(("severity", "open", "investigating", "resolved"), self._rows(INCIDENTS))

    def failed_sign_ins(self) -> list[dict[str, Any]]:
        """Accounts with more than five failed sign-ins within a day."""
        rows = self._rows(FAILED, more_than=MANY_FAILURES)
        return _as(("email", "attempts", "last_attempt"), rows)

    def role_changes(self) -> list[dict[str, Any]]:
        """Who was given roles in 30 days, and by whom. Roles only taken away are not here."""
        rows = [row for row in self._rows(ROLE_CHANGES) if row[4]]
        return _as(("line", "at", "by", "person", "gained"), rows)

    def refusals(self) -> list[dict[str, Any]]:
        """What was refused in a week, and to how many."""
        return _as(("code", "count", "people"), self._rows(REFUSED))

    def second_factor(self) -> dict[str, Any]:
        """How many of the staff who have taken up their account have a second factor."""
        return _as(("accounts", "with_factor"), self._rows(FACTORS))[0]

    def by_day(self) -> list[int]:
        """Reads of health information in each of the last 30 days, today last."""
        return [row[0] for row in self._rows(BY_DAY)]

    def retention(self) -> dict[str, Any]:
        """How far the trail goes back, and how many of its lines may go now."""
        found = _as(("oldest_log", "newest_log", "total_logs", "unique_users"), self._rows(RETENTION))[0]
        return found | {"due": lines_due(self.values["practice"])}

    def _counted(self, where: str, *, span: str, more_than: int = 0, most: int = MOST, join: str = "") -> Found:
        sql = COUNTED.format(where=where, join=join)
        return _as(
            ("person", "count", "first_at", "last_at"), self._rows(sql, span=span, more_than=more_than, most=most)
        )

    def _rows(self, sql: str, **more: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, self.values | more)
            return list(cursor.fetchall())


def _as(names: Sequence[str], rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def lines_due(practice: UUID) -> int:
    """How many lines of a practice's trail may be purged now."""
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"practice": practice})
        return int(cursor.fetchone()[0])
