"""A later version, put in place while people work: nobody's request fails, and what dies half-way is given again."""

import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from mentalspace.env import ROOT
from tests.e2e.killing import web_processes
from tests.e2e.product import COMMAND, Product
from tests.e2e.working import Desk, Work, ordinary

RENEWED_SECONDS = 90
UPGRADE_SECONDS = 300
LATER = {"DJANGO_SETTINGS_MODULE": "tests.e2e.later.settings"}


@pytest.fixture
def work(running: Product) -> Iterator[list[Work]]:
    """Ana's, in two tabs."""
    desk = Desk(running, running.people()["ana"])
    tabs = [Work(desk, ordinary(desk, which)).begin() for which in range(2)]
    yield tabs
    for tab in tabs:
        tab.end()


def upgrade(running: Product, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "upgrade"],
        cwd=ROOT,
        env=running.environment | LATER | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=UPGRADE_SECONDS,
    )


def test_an_upgrade_dies_is_given_again_and_no_request_fails(running: Product, work: list[Work]) -> None:
    before = web_processes(running)
    assert before
    died = upgrade(running, LATER_DIES="1")
    assert died.returncode == -signal.SIGKILL, died.stderr
    reading = _somebody_reads_for_long(running)
    done = upgrade(running)
    assert done.returncode == 0, done.stderr
    assert "Going on with the upgrade of" in done.stdout, "the backup is the one of before the first change"
    assert "Web and worker are being renewed" in done.stdout
    assert reading.wait(60) == 0
    running.hears("renewing web and worker", 30)
    deadline = time.monotonic() + RENEWED_SECONDS
    while web_processes(running) & before:
        assert time.monotonic() < deadline, "the web's processes were not renewed"
        assert work[0].desk.send("GET", "/functions/v1/health-check").status_code < 300
    for tab in work:
        tab.end()
    assert [fault for tab in work for fault in tab.failed] == []
    assert sum(tab.answered for tab in work) > 50


def test_everything_was_done_and_stands_in_the_trail(running: Product) -> None:
    assert running.ask("SELECT count(*) FROM clients WHERE later <> 'x'") == [["0"]]
    assert running.ask("SELECT count(*) > 0 FROM audit_logs WHERE event = 'database.upgraded'") == [["t"]]
    assert running.ask("SELECT count(*) FROM pg_class WHERE relname = 'clients' AND NOT relforcerowsecurity") == [["0"]]
    assert running.ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid") == [["0"]]
    assert "The database is up to date." in upgrade(running).stdout


def _somebody_reads_for_long(running: Product) -> subprocess.Popen[bytes]:
    """A statement that holds the table of clients for seconds: whoever wants to alter it has to ask again."""
    slow = "BEGIN; SELECT count(*) FROM clients; SELECT pg_sleep(4); COMMIT"
    command = [*COMMAND, "psql", "--no-psqlrc", "-c", slow]
    return subprocess.Popen(command, cwd=ROOT, env=running.environment, stdout=subprocess.DEVNULL)


def test_a_product_that_stands_still_is_upgraded_too_and_starts_anew(running: Product) -> None:
    assert running.interrupt() == 0
    assert "Start the product with" in upgrade(running).stdout
    running.start()
