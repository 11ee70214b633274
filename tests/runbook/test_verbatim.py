"""No statement of the operations runbook is forgotten: each stands word for word in a test of this folder.

`curl …/functions/v1/health-check` is asked of the running product in `tests/e2e/test_12_runbook.py`, which also runs
every statement by `mentalspace psql`.
"""

from pathlib import Path

import pytest

from tests.runbook.statements import ABSENT, RUNBOOK, Statement, statements

pytestmark = pytest.mark.skipif(not RUNBOOK.exists(), reason=ABSENT)

WAITING = [
    "SELECT id, status, host_id, start_time, end_time, connection_quality",
    "SELECT * FROM waiting_room",
    "UPDATE telehealth_sessions",
]
"""How those begin that wait for telehealth."""


def all_tests() -> str:
    return " ".join(" ".join(path.read_text().split()) for path in sorted(Path(__file__).parent.glob("test_*.py")))


def test_every_statement_has_its_test():
    found = [each for each in statements() if not each.waits and not each.text.startswith("curl ")]
    assert len(found) == 28
    have = all_tests()
    assert [each for each in found if each.words not in have] == []


def test_what_waits_is_known_by_name():
    waiting = [each for each in statements() if each.waits]
    assert [each.text.splitlines()[0].strip() for each in waiting] == WAITING


def test_a_statement_knows_its_heading():
    first = statements()[1]
    assert isinstance(first, Statement)
    assert (first.heading, first.words[:43]) == (
        "🔴 CRITICAL: Users Cannot Log In",
        "SELECT user_id, attempt_count, locked_until",
    )
