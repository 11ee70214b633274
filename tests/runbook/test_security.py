"""Operations runbook, "Security Monitoring", "User Activity", "Compliance" and the archive of audit logs: each
statement word for word, as the operator, and the product's pages with the same figures."""

from datetime import datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit import chain
from mentalspace.audit.incidents import raise_incident
from mentalspace.launch.connection import superuser
from mentalspace.people.models import LoginAttempt
from mentalspace.practices.system import system_actor
from tests.cast import CLEO, HERE, ID, actor
from tests.http import Http
from tests.sessions import session_of

SUSPICIOUS = """
SELECT user_id, COUNT(*) as access_count, 
       MIN(created_at) as first_access, 
       MAX(created_at) as last_access
FROM audit_logs
WHERE action_type = 'PHI_ACCESS'
AND created_at > NOW() - INTERVAL '1 day'
GROUP BY user_id
HAVING COUNT(*) > 50
ORDER BY access_count DESC;
"""  # noqa: W291
INCIDENTS = """
SELECT * FROM security_incidents
WHERE detected_at > NOW() - INTERVAL '1 day'
ORDER BY severity DESC, detected_at DESC;
"""
FAILED = """
SELECT email, COUNT(*) as attempts, MAX(attempted_at) as last_attempt
FROM login_attempts
WHERE attempted_at > NOW() - INTERVAL '1 day'
AND success = false
GROUP BY email
HAVING COUNT(*) > 5
ORDER BY attempts DESC;
"""
ACTIVE = """
SELECT COUNT(DISTINCT user_id) 
FROM audit_logs 
WHERE created_at > NOW() - INTERVAL '1 day';
"""  # noqa: W291
TOP = """
SELECT p.first_name, p.last_name, COUNT(*) as actions
FROM audit_logs al
JOIN profiles p ON p.id = al.user_id
WHERE al.created_at > NOW() - INTERVAL '1 week'
GROUP BY p.id, p.first_name, p.last_name
ORDER BY actions DESC
LIMIT 10;
"""
RETENTION = """
SELECT 
  MIN(created_at) as oldest_log,
  MAX(created_at) as newest_log,
  COUNT(*) as total_logs,
  COUNT(DISTINCT user_id) as unique_users
FROM audit_logs;
"""  # noqa: W291
BY_USER = """
SELECT p.first_name, p.last_name, COUNT(*) as phi_accesses
FROM audit_logs al
JOIN profiles p ON p.id = al.user_id
WHERE al.action_type = 'PHI_ACCESS'
AND al.created_at > NOW() - INTERVAL '30 days'
GROUP BY p.id, p.first_name, p.last_name
ORDER BY phi_accesses DESC;
"""
ARCHIVE = """
DELETE FROM audit_logs 
WHERE created_at < NOW() - INTERVAL '6 years';
"""  # noqa: W291

WRITE = (
    "INSERT INTO audit_logs (id, practice_id, user_id, action_type, event, resource_type, client_ids,"
    " action_description, action_details, user_agent, session_id, severity, created_at, xact)"
    " SELECT gen_random_uuid(), %s, %s, %s, 'client_chart.read', 'client_chart', %s, 'x', '{}', '', '', 'info',"
    " now() - %s::interval, '100' FROM generate_series(1, %s)"
)
"""Rows of a transaction long over: what is open in another database of the cluster keeps no row from its seal."""


@pytest.fixture
def boss(really_committed):
    """Who may write rows of other times; the trail is empty at first."""
    with psycopg.connect(superuser(dbname=connections["default"].settings_dict["NAME"]).dsn(), autocommit=True) as made:
        made.execute("SET session_replication_role = replica")
        made.execute("DELETE FROM audit_logs")
        made.execute("SET session_replication_role = origin")
        yield made


def wrote(boss, name, count, *, ago="1 hour", action="PHI_ACCESS"):
    boss.execute(WRITE, [HERE, ID[name], action, [CLEO], ago, count])


def page(path="/security/report", name="ada"):
    browser = Http(raise_request_exception=False)
    with transaction.atomic():
        browser.cookies["session"] = session_of(name)
    return browser.read(path)


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def shown_as(at):
    """The API shows milliseconds."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_suspicious_access_patterns(operator, boss):
    wrote(boss, "ana", 51)
    wrote(boss, "fay", 60)
    wrote(boss, "ash", 50)
    wrote(boss, "sam", 80, ago="25 hours")
    found = operator.execute(SUSPICIOUS).fetchall()
    assert [(row[0], row[1]) for row in found] == [(ID["fay"], 60), (ID["ana"], 51)]
    shown = page()["phi_access"]
    assert [(row["person"]["id"], row["count"]) for row in shown] == [(str(row[0]), row[1]) for row in found]
    assert [moment(row["last_at"]) for row in shown] == [shown_as(row[3]) for row in found]
    assert page(name="olga")["phi_access"] == []


def test_security_incidents_the_worst_first(operator, boss):
    with acting_as(actor("ana")), transaction.atomic():
        for severity in ("medium", "critical", "low", "high", "critical"):
            raise_incident(kind="odd", severity=severity, description="Something odd")
    cursor = operator.execute(INCIDENTS)
    column = [each.name for each in cursor.description].index("severity")
    assert [row[column] for row in cursor.fetchall()] == ["critical", "critical", "high", "medium", "low"]
    shown = [(row["severity"], row["open"]) for row in page()["incidents"]]
    assert shown == [("critical", 2), ("high", 1), ("medium", 1), ("low", 1)]


def test_failed_sign_ins(operator, boss):
    with acting_as(IDENTITY), transaction.atomic():
        for name, times in (("ana", 6), ("fay", 5)):
            for _ in range(times):
                LoginAttempt.objects.create(user_id=ID[name], email=f"{name}@example.org", success=False)
        LoginAttempt.objects.create(user_id=ID["fay"], email="fay@example.org", success=True)
    ((email, attempts, last),) = operator.execute(FAILED).fetchall()
    assert (email, attempts) == ("ana@example.org", 6)
    (shown,) = page()["failed_sign_ins"]
    assert (shown["email"], shown["attempts"], moment(shown["last_attempt"])) == (email, attempts, shown_as(last))
    assert page(name="olga")["failed_sign_ins"] == []


def test_active_and_top_users(operator, boss):
    wrote(boss, "ana", 3)
    wrote(boss, "fay", 5, ago="2 days", action="DATA_MODIFICATION")
    assert operator.execute(ACTIVE).fetchone() == (1,)
    assert operator.execute(TOP).fetchall() == [("Fay", "Cast", 5), ("Ana", "Cast", 3)]
    shown = page()
    assert shown["active_users"] == 1
    assert [(row["person"]["name"], row["count"]) for row in shown["top_users"]] == [("Fay Cast", 5), ("Ana Cast", 3)]


def test_retention_and_phi_by_user(operator, boss):
    wrote(boss, "ana", 2, ago="5 years")
    wrote(boss, "fay", 3, ago="29 days")
    oldest, newest, total, users = operator.execute(RETENTION).fetchone()
    shown = page("/audit/retention")
    assert (moment(shown["oldest_log"]), moment(shown["newest_log"])) == (shown_as(oldest), shown_as(newest))
    assert (shown["total_logs"], shown["unique_users"]) == (total, users) == (5, 2)
    assert operator.execute(BY_USER).fetchall() == [("Fay", "Cast", 3)]
    assert [(row["person"]["name"], row["count"]) for row in page()["phi_by_person"]] == [("Fay Cast", 3)]


def sealed():
    with acting_as(system_actor(HERE)), transaction.atomic():
        chain.seal(HERE)
    with acting_as(system_actor(HERE)), transaction.atomic():
        chain.publish_head(HERE)
        return chain.verify(HERE)


@pytest.fixture
def seals(settings, tmp_path):
    settings.SEALS = tmp_path


def test_the_archive_takes_what_may_go_and_writes_itself_down(operator, boss, seals):
    wrote(boss, "ana", 4, ago="6 years 1 day")
    wrote(boss, "ana", 2, ago="5 years 364 days")
    assert sealed().fault is None
    assert operator.execute(ARCHIVE).rowcount == 4
    assert sealed().fault is None
    left, details = operator.execute(
        "SELECT count(*) OVER (), action_details FROM audit_logs ORDER BY event = 'audit.purged' DESC"
    ).fetchone()
    assert left == 3
    assert (details["lines"], details["by"]) == (4, "ms_operator")
    assert operator.execute(ARCHIVE).rowcount == 0
    assert operator.execute("SELECT count(*) FROM audit_logs").fetchone() == (3,)


@pytest.mark.parametrize("rule", ["10, false", "6, true"])
def test_what_is_kept_longer_or_held_stays(operator, boss, rule):
    wrote(boss, "ana", 4, ago="7 years")
    wrote(boss, "ana", 2, ago="7 years", action="DATA_MODIFICATION")
    boss.execute(
        "INSERT INTO audit_retention (id, practice_id, created_at, action_type, reason, version, years, is_held)"
        f" VALUES (%s, %s, now(), 'PHI_ACCESS', 'x', 1, {rule})",
        [uuid4(), HERE],
    )
    assert operator.execute(ARCHIVE).rowcount == 2
    assert operator.execute("SELECT count(*) FROM audit_logs WHERE action_type = 'PHI_ACCESS'").fetchone() == (4,)


def test_a_purge_that_was_not_recorded_is_a_tampering(operator, boss, seals):
    wrote(boss, "ana", 4, ago="7 years")
    assert sealed().fault is None
    boss.execute("SET session_replication_role = replica")
    boss.execute(ARCHIVE)
    assert sealed().fault.reason == "the row was deleted"


@pytest.mark.parametrize("who", ["operator", "boss"])
def test_nothing_is_purged_before_its_date(operator, boss, who):
    """Not by the operator, not by the owner of everything."""
    wrote(boss, "ana", 1, ago="5 years 364 days")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="audit records are kept"):
        {"operator": operator, "boss": boss}[who].execute("DELETE FROM audit_logs WHERE created_at < now()")
