"""The worker. The queue is read as `ms_worker` on connections of its own; each job works on Django's connection
as its actor. Not procrastinate's own command: that would read the queue as `ms_web`, which may not."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils.module_loading import module_has_submodule
from procrastinate import PsycopgConnector
from procrastinate.app import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.exceptions import UniqueViolation as AlreadyThere
from procrastinate.jobs import Status
from psycopg.errors import UniqueViolation

from mentalspace.access import boot
from mentalspace.env import EnvironmentRefused
from mentalspace.jobs import signs
from mentalspace.jobs.queue import SCHEDULE, Scheduled
from mentalspace.launch.connection import connection

log = logging.getLogger(__name__)
FAILED = """SELECT j.task_name, count(*)::int AS times FROM procrastinate_jobs j
    WHERE j.status = 'failed' AND EXISTS (SELECT FROM procrastinate_events e
        WHERE e.job_id = j.id AND e.type = 'failed' AND e.at > now() - interval '1 day')
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50"""
WAITING = """SELECT extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at)))::int AS seconds
    FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) <= now() AND NOT EXISTS (
        SELECT FROM procrastinate_jobs d WHERE d.lock = j.lock AND d.status = 'doing')"""
"""What waits for its own lock is not late: the same work is being done."""


SLOTS = 4
"""Jobs at once. A backup and a restore drill may hold two of them for long."""

LOST_AFTER = 3
"""Heartbeats a worker may miss before its jobs are taken up by another."""


class QueueConnector(PsycopgConnector):
    """Procrastinate's own, for a queue under row-level security.

    A line of the schedule that still waits at its next time is no error. Procrastinate learns which it was from the
    error's detail, and PostgreSQL leaves the detail out where row-level security holds: without this the first line
    that is late ends the worker, and every one after it.
    """

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        with _named_clash():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        with _named_clash():
            row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
            return row


@contextmanager
def _named_clash() -> Iterator[None]:
    try:
        yield
    except AssertionError as error:
        clash = error.__context__
        if not isinstance(clash, UniqueViolation):
            raise
        raise AlreadyThere(constraint_name=clash.diag.constraint_name, queueing_lock=None) from None


def load_jobs() -> None:
    """Import every app's `jobs.py`, so that its tasks are known."""
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "jobs"):
            __import__(f"{config.name}.jobs")


async def take_up_lost_jobs(queue: App, heartbeat: float) -> None:
    """Put the jobs of dead workers back into the queue. Procrastinate finds them and retries nothing by itself."""
    for lost in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER * heartbeat):
        try:
            await queue.job_manager.retry_job(lost)
            log.warning("job %s (%s) lost its worker and is taken up again", lost.id, lost.task_name)
        except AlreadyThere:  # its next time waits already, for the lock that this one holds: that does the same
            await queue.job_manager.finish_job(lost, Status.ABORTED, delete_job=False)
            log.warning(
                "job %s (%s) lost its worker; the one that waits behind it does its work", lost.id, lost.task_name
            )


async def figures(queue: App) -> dict[str, Any]:
    """How the queue stands: what failed within a day, by task, and how long the oldest job that is due has waited."""
    failed = await queue.connector.execute_query_all_async(FAILED)
    waiting = await queue.connector.execute_query_one_async(WAITING)
    return {"failed": {row["task_name"]: row["times"] for row in failed}, "oldest_seconds": waiting["seconds"] or 0}


async def _watch(queue: App, heartbeat: float) -> None:
    while True:
        try:
            await take_up_lost_jobs(queue, heartbeat)
            signs.note(signs.QUEUE, await figures(queue))
            signs.leave(signs.WORKER)
        except (ConnectorException, OSError) as trouble:
            log.warning("the worker's heartbeat failed: %s", trouble)
        await asyncio.sleep(heartbeat)


def _with_sign(line: Scheduled) -> Callable[[int], None]:
    """Leave a sign whenever the whole of a scheduled line went well."""

    @wraps(line.run)
    def run(timestamp: int) -> None:
        line.run(timestamp)
        signs.leave(line.name)

    return run


async def _run(heartbeat: float) -> None:
    dsn = connection("ms_worker", dbname=settings.DATABASES["default"]["NAME"]).dsn()
    queue = app.with_connector(QueueConnector(conninfo=dsn, min_size=1, max_size=2 * SLOTS))
    for line in SCHEDULE:  # a periodic task is deferred by the app it was made on: this one writes as ms_worker
        task = queue.task(name=line.name, queueing_lock=line.name, lock=line.name)(_with_sign(line))
        queue.periodic(cron=line.cron)(task)
    async with queue.open_async():
        watch = asyncio.create_task(_watch(queue, heartbeat))
        try:
            await queue.run_worker_async(
                concurrency=SLOTS,
                update_heartbeat_interval=heartbeat,
                stalled_worker_timeout=LOST_AFTER * heartbeat,
                fetch_job_polling_interval=1,
            )
        finally:
            watch.cancel()


def run(heartbeat: float = 10.0) -> None:
    """Work until told to stop (SIGTERM lets the running jobs finish).

    Raises EnvironmentRefused where the web would not start either: jobs touch the same data.
    """
    if found := boot.problems():
        raise EnvironmentRefused("The worker does not start:\n" + "\n".join(f"  {problem}" for problem in found))
    connections.close_all()
    load_jobs()
    asyncio.run(_run(heartbeat))
