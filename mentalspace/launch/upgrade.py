"""`mentalspace upgrade`: the database to what the installed version needs, while people work with the one before.

In this order: a backup; migrations, each in a transaction of its own, none of which waits longer than `LOCK_WAIT` for a
table, so that nobody waits longer behind it; web and worker renewed one by one. Killed at any point it is given again,
and goes on: the backup of before the first change is kept in mind, what was migrated stays.

That the version before goes on working meanwhile is the business of migrations: `tests/guards/test_migrations.py`.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import errors

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import keys, migrating, renewing, roles
from mentalspace.launch.backup import archiver, taking
from mentalspace.launch.backup.replacing import is_copy
from mentalspace.launch.cluster import lease
from mentalspace.launch.keys import write_private
from mentalspace.launch.migrating import NOTE

LOCK_WAIT = 700
"""Milliseconds. Less than PostgreSQL's `deadlock_timeout`: of two that wait for each other, we give up first."""

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
PATIENCE = 600.0
"""Seconds for which tables that are in use are asked for again."""

TRY_LATER = """A table was in use for ten minutes: {said}
What was migrated stays, and the product goes on. `mentalspace psql` shows what holds it (pg_stat_activity); end that,
and give this command again."""
STILL_THIS_ONE = timedelta(days=1)
UNSAVED = "This database's backups are made elsewhere. Take one, then give this command with --have-backup."

Say = Callable[[str], None]


def upgrade(env: Environment, say: Say, *, have_backup: bool = False) -> None:
    """Bring everything to the installed version. Raises EnvironmentRefused with what stands in the way."""
    keys.create_missing(env)
    with _only_one(env), lease(env), _with_django():
        roles.ensure(env)
        pending = _pending()
        if pending or _began(env, pending):
            _back_up(env, pending, say, have_backup=have_backup)
            with migrating.alone():
                _migrate(len(pending), say)
            _refuse_what_must_not_be_served()
            _finish(env)
        else:
            say("The database is up to date.")
        _refuse_what_does_not_start()
        say(renewing.SAID[renewing.ask(env)])


@contextmanager
def _only_one(env: Environment) -> Iterator[None]:
    env.home.mkdir(parents=True, exist_ok=True)
    with (env.home / ".upgrade.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise EnvironmentRefused(f"An upgrade of {env.home} is going on already.") from None
        yield


@contextmanager
def _with_django() -> Iterator[None]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
    import django
    from django.db import connections

    django.setup()
    try:
        yield
    finally:
        connections.close_all()


def _pending() -> list[str]:
    """The migrations that are still to come, in their order."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


# -- the backup


def _back_up(env: Environment, pending: list[str], say: Say, *, have_backup: bool) -> None:
    """One of before the first change: that of an upgrade which was killed is still it."""
    began = _began(env, pending)
    if began:
        say(f"Going on with the upgrade of {began['began_at']}; its backup is {began['backup']}.")
        return
    if env.database_url:
        if not have_backup:
            raise EnvironmentRefused(UNSAVED)
        name = "made elsewhere"
    elif is_copy(env):
        name = "none: this is a copy"
    else:
        with archiver.archiving(env):
            name = taking.take(env, "asked", say).id
    note = {"began_at": datetime.now(UTC).isoformat(timespec="seconds"), "backup": name, "migrations": pending}
    write_private(env.home / "upgrade.json", json.dumps(note))


def _began(env: Environment, pending: list[str]) -> dict[str, Any] | None:
    """What was noted when an upgrade began that has not ended: this one, and not one of another day or version."""
    try:
        note: dict[str, Any] = json.loads((env.home / NOTE).read_text())
        old = datetime.now(UTC) - datetime.fromisoformat(note["began_at"]) > STILL_THIS_ONE
    except (FileNotFoundError, ValueError, KeyError):
        return None
    if old or note["migrations"][len(note["migrations"]) - len(pending) :] != pending:
        return None
    return note


def _finish(env: Environment) -> None:
    """Write it into the trail of every practice; then it is over."""
    from mentalspace.continuity.upgrading import tell

    tell(_began(env, []) or {})
    (env.home / NOTE).unlink(missing_ok=True)


# -- the migrations


def _migrate(count: int, say: Say) -> None:
    """As often as it takes: what another holds is asked for again, and nobody waits behind us for long meanwhile."""
    from django.db import OperationalError

    say(f"Migrating: {count} to come …")
    began, pause = time.monotonic(), FIRST_PAUSE
    while True:
        try:
            return _migrate_as_far_as_it_goes()
        except OperationalError as trouble:
            _restore_force()
            if not isinstance(trouble.__cause__, errors.LockNotAvailable | errors.DeadlockDetected):
                raise
            if time.monotonic() - began > PATIENCE:
                raise EnvironmentRefused(TRY_LATER.format(said=" ".join(str(trouble).split()))) from None
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def _migrate_as_far_as_it_goes() -> None:
    from django.core.management import call_command
    from django.db import connections

    migrating.drop_unfinished_indexes()
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}ms'")
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def _restore_force() -> None:
    """Between two attempts, and when it is given up: what dies meanwhile must be able to start again.

    As far as it goes: a table that is still in use stays without FORCE, which concerns its owner alone.
    """
    from django.db import OperationalError

    from mentalspace.access import catalog

    with suppress(OperationalError):
        catalog.force("owner", on=True)


def _refuse_what_does_not_start() -> None:
    """What runs is not ended for a version that cannot be loaded."""
    done = subprocess.run(
        [sys.executable, "-c", "import mentalspace.wsgi"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise EnvironmentRefused(f"This version does not start; what runs goes on.\n{done.stderr.strip()}")


def _refuse_what_must_not_be_served() -> None:
    from mentalspace.access import boot

    if found := boot.problems():
        raise EnvironmentRefused("\n".join(["The database was migrated, and must not be served:", *found]))
