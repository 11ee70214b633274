"""The operations runbook, word for word, on the running product: every statement by `mentalspace psql`."""

import json
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.e2e.product import Product
from tests.runbook.statements import ABSENT, RUNBOOK, of_ours, statements

NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.mark.skipif(not RUNBOOK.exists(), reason=ABSENT)
def test_every_statement_runs_by_psql(product: Product, tmp_path: Path) -> None:
    """One that fails ends psql, and with it the test. `USER_ID` is nobody here; what unlocking does, others test."""
    script = tmp_path / "runbook.sql"
    asked = [each for each in statements() if not each.is_command and not each.waits]
    lines = [f"\\echo {number} {each.heading}\n{each.text}" for number, each in enumerate(asked)]
    script.write_text("\n".join(lines).replace("USER_ID", NOBODY))
    said = product.run("psql", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-f", str(script))
    assert [line for line in said.splitlines() if line[:1].isdigit() and "CRITICAL: Users" in line]
    assert said.count("\n") > len(asked)


def test_the_runbook_s_size_is_that_of_the_product(product: Product) -> None:
    ((asked, ours),) = product.ask("SELECT pg_database_size('postgres'), pg_database_size(current_database())")
    assert asked == ours


def test_vacuum_leaves_none_of_our_tables_out(product: Product) -> None:
    product.run("psql", "--no-psqlrc", "-c", "VACUUM ANALYZE;")
    ours = "schemaname IN ('public', 'storage')"
    assert product.ask(f"SELECT relname FROM pg_stat_user_tables WHERE {ours} AND last_vacuum IS NULL") == []


def test_the_health_check_says_more_of_no_part_than_its_state(product: Product) -> None:
    with urlopen(f"{product.url}/functions/v1/health-check") as answer:
        said = json.load(answer)
    assert answer.status in (200, 207)
    assert set(said) == {"timestamp", "status", "checks"}
    assert set(said["checks"].values()) <= {"healthy", "degraded", "unhealthy"}


def test_what_our_own_runbook_says_can_be_done(product: Product, tmp_path: Path) -> None:
    sql, commands = of_ours()
    script = tmp_path / "ours.sql"
    script.write_text("\n".join(sql).replace("USER_ID", NOBODY))
    product.run("psql", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-f", str(script))
    for command in commands:
        product.run(*command.split()[1:])
    assert (len(sql), commands) == (
        18,
        [
            "mentalspace storage check",
            "mentalspace outbox",
            "mentalspace audit verify",
            "mentalspace check",
            "mentalspace upgrade",
        ],
    )
