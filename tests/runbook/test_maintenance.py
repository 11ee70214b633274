"""Operations runbook, "Weekly Tasks" and "Manual Backup": as the operator, and as the one who restores."""

import subprocess

import psycopg
import pytest
from django.db import connections

from mentalspace.launch import binaries
from mentalspace.launch.connection import superuser
from tests.cast import CLEO

VACUUM = "VACUUM ANALYZE;"
EXPORT = "pg_dump -h [host] -U postgres -t clients -t appointments > backup.sql"
RESTORE = "psql -h [host] -U postgres -d postgres < backup.sql"


def test_the_operator_may_vacuum(operator):
    operator.execute(VACUUM)
    when = operator.execute(
        "SELECT count(*) FROM pg_stat_user_tables WHERE schemaname = 'public' AND last_vacuum IS NULL"
    ).fetchone()
    assert when == (0,), "each of our own tables"


@pytest.fixture
def shell(operator, tmp_path):
    """Runs a command of the runbook in an empty folder, on this test's database."""
    how = superuser(dbname=connections["default"].settings_dict["NAME"])
    variables = how.environment() | {"PATH": f"{binaries.find()}:/usr/bin:/bin"}

    def run(command):
        said = command.replace("[host]", how.host).replace("-d postgres", f"-d {how.dbname}")
        done = subprocess.run(
            said, shell=True, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done

    run.folder = tmp_path
    run.dsn = how.dsn()
    return run


def test_two_tables_are_exported_and_come_back(operator, shell):
    """What else belonged to them (keys of other tables) does not: that is what `mentalspace restore` is for."""
    shell(EXPORT)
    before = operator.execute("SELECT count(*) FROM clients").fetchone()
    with psycopg.connect(shell.dsn, autocommit=True) as boss:
        boss.execute("DROP TABLE clients, appointments CASCADE")
    shell(RESTORE)
    assert operator.execute("SELECT count(*) FROM clients").fetchone() == before
    assert operator.execute("SELECT first_name FROM clients WHERE id = %s", [CLEO]).fetchone() == ("Cleo",)
    fenced = operator.execute("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'clients'").fetchone()
    assert fenced == (True,), "the fence comes back with the table"
