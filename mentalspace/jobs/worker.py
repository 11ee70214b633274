"""The worker. The queue is read as `ms_worker` on connections of its own; each job works on Django's connection
as its actor. Not procrastinate's own command: that would read the queue as `ms_web`, which may not."""

import asyncio
import logging
from collections.abc import Callable
from functools import wraps

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils.module_loading import module_has_submodule
from procrastinate import PsycopgConnector
from procrastinate.app import App
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from mentalspace.access import boot
from mentalspace.env import EnvironmentRefused
from mentalspace.jobs import signs
from mentalspace.jobs.queue import SCHEDULE, Scheduled
from mentalspace.launch.connection import connection

log = logging.getLogger(__name__)
LOST_AFTER = 3
"""Heartbeats a worker may miss before its jobs are taken up by another."""


def load_jobs() -> None:
    """Import every app's `jobs.py`, so that its tasks are known."""
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "jobs"):
            __import__(f"{config.name}.jobs")


async def take_up_lost_jobs(queue: App, heartbeat: float) -> None:
    """Put the jobs of dead workers back into the queue. Procrastinate finds them and retries nothing by itself."""
    for lost in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER * heartbeat):
        log.warning("job %s (%s) lost its worker and is taken up again", lost.id, lost.task_name)
        await queue.job_manager.retry_job(lost)


async def _watch(queue: App, heartbeat: float) -> None:
    while True:
        try:
            await take_up_lost_jobs(queue, heartbeat)
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
    queue = app.with_connector(PsycopgConnector(conninfo=dsn, min_size=1, max_size=4))
    for line in SCHEDULE:  # a periodic task is deferred by the app it was made on: this one writes as ms_worker
        task = queue.task(name=line.name, queueing_lock=line.name, lock=line.name)(_with_sign(line))
        queue.periodic(cron=line.cron)(task)
    async with queue.open_async():
        watch = asyncio.create_task(_watch(queue, heartbeat))
        try:
            await queue.run_worker_async(
                concurrency=2,
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
