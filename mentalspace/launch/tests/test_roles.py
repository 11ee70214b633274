"""Roles as PostgreSQL has them, on a cluster that may be spoilt."""

import psycopg
import pytest
from psycopg import errors

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import roles
from mentalspace.launch.connection import PINNED, ClusterFile, connection, superuser

SELF_CHANGES = [
    "ALTER ROLE ms_web PASSWORD 'known'",
    "ALTER ROLE ms_web SET search_path = 'pg_temp'",
    "ALTER ROLE ms_web IN DATABASE postgres SET default_transaction_read_only = on",
]

FORBIDDEN = [
    "SELECT lo_creat(-1)",
    "SELECT lo_from_bytea(0, 'x')",
    "CREATE TEMP TABLE t (a int)",
    "CREATE TABLE t (a int)",
    "CREATE ROLE mine",
    "ALTER ROLE ms_web CREATEDB",
    "ALTER ROLE ms_owner PASSWORD 'known'",
    "SET ROLE ms_owner",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER SYSTEM SET fsync = off",
    "COPY (SELECT 1) TO PROGRAM 'true'",
]


def as_role(env: Environment, role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(**connection(role, env).parameters(), autocommit=True)


def test_set_up_twice_changes_nothing(throwaway: Environment) -> None:
    roles.ensure(throwaway)
    assert roles.repair(throwaway) == []
    with as_role(throwaway, "ms_web") as web:
        assert roles.drift(web, missing=True) == []


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_runtime_role_may_not(throwaway: Environment, statement: str) -> None:
    with as_role(throwaway, "ms_web") as web, pytest.raises(errors.InsufficientPrivilege):
        web.execute(statement)


@pytest.mark.parametrize("statement", SELF_CHANGES)
def test_while_the_guard_holds_no_role_changes_itself(throwaway: Environment, statement: str) -> None:
    guard = roles.Guard(throwaway)
    guard.hold()
    try:
        with as_role(throwaway, "ms_web") as web:
            web.execute("SET lock_timeout = '100ms'")
            with pytest.raises(errors.LockNotAvailable):
                web.execute(statement)
    finally:
        guard.release()
    assert roles.repair(throwaway) == []


def test_indexes_are_made_concurrently_while_the_guard_holds(throwaway: Environment) -> None:
    guard = roles.Guard(throwaway)
    try:
        for _ in range(9):  # more often than a statement is sent before it is prepared
            guard.hold()
        with psycopg.connect(**superuser(throwaway).parameters(), autocommit=True) as database:
            database.execute("CREATE TABLE kept (a int)")
            database.execute("SET statement_timeout = '20s'")
            database.execute("CREATE INDEX CONCURRENTLY ON kept (a)")
            database.execute("DROP TABLE kept")
    finally:
        guard.release()


@pytest.mark.parametrize("statement", SELF_CHANGES)
def test_without_the_guard_a_change_is_repaired(throwaway: Environment, statement: str) -> None:
    with as_role(throwaway, "ms_web") as web:
        web.execute(statement)
    assert len(roles.repair(throwaway)) == 1
    assert roles.repair(throwaway) == []


def test_pinned_settings_outrank_the_role_s(throwaway: Environment) -> None:
    with as_role(throwaway, "ms_web") as web:
        web.execute("ALTER ROLE ms_web SET default_transaction_read_only = on")
        web.execute("ALTER ROLE ms_web SET local_preload_libraries = 'not_there'")
    with as_role(throwaway, "ms_web") as web:
        row = web.execute("SELECT current_setting('default_transaction_read_only')").fetchone()
        assert row == (PINNED["default_transaction_read_only"],)
    assert roles.repair(throwaway)


def test_a_password_opens_nothing_for_serving_logins(throwaway: Environment) -> None:
    with as_role(throwaway, "ms_web") as web:
        web.execute("ALTER ROLE ms_web PASSWORD 'known'")
    port = ClusterFile.load(throwaway).port
    with pytest.raises(psycopg.OperationalError, match="rejects connection"):
        psycopg.connect(host="127.0.0.1", port=port, user="ms_web", password="known", dbname="postgres")
    roles.repair(throwaway)


def test_attributes_and_memberships_are_repaired(throwaway: Environment) -> None:
    with psycopg.connect(**superuser(throwaway).parameters(), autocommit=True) as boss:
        boss.execute("ALTER ROLE ms_web BYPASSRLS CREATEDB INHERIT")
        boss.execute("GRANT ms_owner TO ms_web")
        boss.execute("REVOKE ms_clinician FROM ms_web")
    found = roles.repair(throwaway)
    assert "The role ms_web has BYPASSRLS." in found
    assert "The role ms_web is a member of ms_owner." in found
    assert roles.repair(throwaway) == []
    with as_role(throwaway, "ms_web") as web:
        web.execute("SET ROLE ms_clinician")


def test_other_databases_are_closed_to_the_runtime_role(throwaway: Environment) -> None:
    how = connection("ms_web", throwaway, dbname="template1")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**how.parameters())


def test_a_home_from_before_the_runbook_s_name_keeps_everything(throwaway: Environment) -> None:
    with psycopg.connect(**superuser(throwaway, "template1").parameters(), autocommit=True) as boss:
        boss.execute("ALTER DATABASE postgres RENAME TO ms")
    with psycopg.connect(**superuser(throwaway, "ms").parameters(), autocommit=True) as boss:
        boss.execute("CREATE TABLE kept AS SELECT 1 AS one")
        boss.execute("CREATE DATABASE postgres")
    with psycopg.connect(**superuser(throwaway, "postgres").parameters(), autocommit=True) as boss:
        boss.execute("CREATE TABLE theirs (one int)")
    with pytest.raises(EnvironmentRefused, match=r"with tables in it \(theirs\)"):
        roles.ensure(throwaway)
    with psycopg.connect(**superuser(throwaway, "postgres").parameters(), autocommit=True) as boss:
        boss.execute("DROP TABLE theirs")
    for _ in range(2):
        roles.ensure(throwaway)
        with psycopg.connect(**superuser(throwaway).parameters(), autocommit=True) as boss:
            assert boss.execute("SELECT one FROM kept").fetchone() == (1,)


def test_every_statement_of_the_operator_is_logged(throwaway: Environment) -> None:
    with as_role(throwaway, "ms_operator") as operator:
        assert operator.execute("SHOW log_statement").fetchone() == ("all",)
        with pytest.raises(errors.InsufficientPrivilege):
            operator.execute("SET log_statement = 'none'")
        with pytest.raises(errors.InsufficientPrivilege):
            operator.execute("ALTER ROLE ms_operator RESET log_statement")


def test_a_new_database_of_the_owner_has_extensions_and_no_large_objects(throwaway: Environment) -> None:
    how = connection("ms_owner", throwaway, dbname="postgres")
    with psycopg.connect(**how.parameters(), autocommit=True) as owner:
        owner.execute("CREATE DATABASE test_ms")
    with psycopg.connect(**connection("ms_owner", throwaway, dbname="test_ms").parameters()) as owner:
        rows = owner.execute("SELECT extname FROM pg_extension").fetchall()
        assert set(roles.EXTENSIONS) <= {name for (name,) in rows}
        with pytest.raises(errors.InsufficientPrivilege):
            owner.execute("SELECT lo_creat(-1)")
