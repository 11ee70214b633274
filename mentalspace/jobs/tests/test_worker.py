"""A real worker process, killed in the middle of a job: the job is taken up again, as the same person, once."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from mentalspace.access import boot
from mentalspace.access.actor import acting_as
from mentalspace.env import EnvironmentRefused, environment
from mentalspace.jobs import signs, worker
from mentalspace.jobs.queue import SCHEDULE, Scheduled
from mentalspace.jobs.tests.worker_of_the_test import GATE, wait_at_the_gate
from mentalspace.launch.connection import connection as reached
from mentalspace.launch.testing import ensure_test_cluster
from tests.cast import CLEO, actor

PATIENCE = 30
"""Seconds a pipe may stay silent before the test gives up."""


@pytest.fixture
def start(really_committed: None, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a worker on this test's own database."""
    for name in ("started", "pipe"):
        os.mkfifo(tmp_path / name)
    running: list[subprocess.Popen[bytes]] = []

    def run() -> subprocess.Popen[bytes]:
        name = connections["default"].settings_dict["NAME"]
        command = [sys.executable, "-m", "mentalspace.jobs.tests.worker_of_the_test", name, str(tmp_path)]
        running.append(subprocess.Popen(command, start_new_session=True))
        return running[-1]

    yield run
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)


def started(folder: Path) -> None:
    """Wait until a worker says that the job runs: opening the pipe blocks until it does."""
    signal.alarm(PATIENCE)
    with (folder / "started").open("r") as pipe:
        pipe.read()
    signal.alarm(0)


def defer(name: str, client: object) -> None:
    with acting_as(actor(name)), transaction.atomic():
        wait_at_the_gate.defer(client=str(client))


def status_of_jobs() -> list[str]:
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(ensure_test_cluster()["superuser_dsn"], dbname=name) as boss:
        return [
            row[0] for row in boss.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name LIKE 'tests.%'")
        ]


def finish(worker: subprocess.Popen[bytes]) -> list[str]:
    """Tell a worker to stop: it first ends what it has begun. Then how the jobs stand."""
    worker.terminate()
    worker.wait(PATIENCE)
    return status_of_jobs()


def test_a_killed_workers_job_is_taken_up_again_once(start, tmp_path):
    defer("ana", CLEO)
    first = start()
    started(tmp_path)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait(PATIENCE)
    assert status_of_jobs() == ["doing"]
    (tmp_path / GATE).touch()
    second = start()
    started(tmp_path)
    assert finish(second) == ["succeeded"]
    lines = [line.split() for line in (tmp_path / "log").read_text().splitlines()]
    assert [line[1:] for line in lines] == [[str(CLEO), "1"]] * 2
    assert lines[0][0] != lines[1][0] == str(second.pid)


def test_a_job_sees_what_its_person_sees(start, tmp_path):
    (tmp_path / GATE).touch()
    defer("otto", CLEO)
    worker = start()
    started(tmp_path)
    assert finish(worker) == ["succeeded"]
    assert (tmp_path / "log").read_text().split()[1:] == [str(CLEO), "0"]


def test_a_rolled_back_transaction_leaves_no_job(really_committed):
    with acting_as(actor("ana")), transaction.atomic():
        wait_at_the_gate.defer(client=str(CLEO))
        transaction.set_rollback(True)
    assert status_of_jobs() == []


def test_a_worker_leaves_a_sign_of_life(start, tmp_path):
    signs.leave(signs.WORKER)
    os.utime(environment().logs / "worker.alive", (0, 0))
    (tmp_path / GATE).touch()
    defer("ana", CLEO)
    worker = start()
    started(tmp_path)
    assert finish(worker) == ["succeeded"]
    assert signs.age(signs.WORKER) < PATIENCE


def test_a_worker_refuses_what_the_web_refuses(monkeypatch):
    monkeypatch.setattr(boot, "problems", lambda: ["Row-level security is not forced on clients."])
    with pytest.raises(EnvironmentRefused, match="not forced on clients"):
        worker.run()


def test_a_line_that_still_waits_is_not_put_there_again(really_committed):
    """Row-level security hides from procrastinate which one waits already; the worker must not end over it."""
    name = connections["default"].settings_dict["NAME"]

    async def twice() -> list[str]:
        queue = app.with_connector(worker.QueueConnector(conninfo=reached("ms_worker", dbname=name).dsn()))
        line = queue.task(name="tests.line", queueing_lock="tests.line")(print)
        found = []
        async with queue.open_async():
            for moment in (60, 120):
                job = line.configure(task_kwargs={"timestamp": moment}).job
                try:
                    await queue.job_manager.defer_periodic_job(job=job, periodic_id="", defer_timestamp=moment)
                except AlreadyEnqueued:
                    found.append("waits")
        return found

    assert asyncio.run(twice()) == ["waits"]
    assert status_of_jobs() == ["todo"]


LOST = """WITH dead AS (
    INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)
  INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, worker_id)
  SELECT 'default', 'tests.' || name, name, name, '{}', status::procrastinate_job_status,
    CASE status WHEN 'doing' THEN dead.id END
  FROM dead, (VALUES ('line', 'doing'), ('line', 'todo'), ('other', 'doing')) AS jobs (name, status)"""


def test_a_lost_line_whose_next_time_waits_holds_up_neither_that_nor_others(really_committed):
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(ensure_test_cluster()["superuser_dsn"], dbname=name) as boss:
        boss.execute(LOST)

    async def look() -> None:
        queue = app.with_connector(worker.QueueConnector(conninfo=reached("ms_worker", dbname=name).dsn()))
        async with queue.open_async():
            await worker.take_up_lost_jobs(queue, heartbeat=10)

    asyncio.run(look())
    assert sorted(status_of_jobs()) == ["aborted", "todo", "todo"]


def test_only_what_went_well_leaves_its_sign(monkeypatch, tmp_path):
    def fail(timestamp: int) -> None:
        raise RuntimeError("one practice could not be sealed")

    monkeypatch.setattr(type(environment()), "logs", tmp_path)
    with pytest.raises(RuntimeError):
        worker._with_sign(Scheduled("* * * * *", "tests.fails", fail))(0)
    worker._with_sign(Scheduled("* * * * *", "tests.works", print))(0)
    assert [path.name for path in tmp_path.iterdir()] == ["tests.works.alive"]
    worker.load_jobs()
    assert signs.SEALED in {line.name for line in SCHEDULE}
