"""`mentalspace up`: database, roles, migrations, web and worker, in this order; stopped in the other."""

import fcntl
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import click

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import keys, leftovers, ports, roles
from mentalspace.launch.backup import replacing, restoring
from mentalspace.launch.cluster import lease
from mentalspace.launch.supervisor import Supervisor

PORT_PATIENCE = 8
"""Seconds for the children of a killed supervisor to let go of the port."""

OLDEST_LOG_DAYS = 90
A_COPY = """This is a copy, restored to look at: without a worker it sends nothing, and it backs up nothing. To make it
the real one, once the other has ended for good, stop it and remove {file}."""


def up(env: Environment) -> None:
    """Run the product until somebody stops it. Raises EnvironmentRefused with what stands in the way."""
    began = time.monotonic()
    signal.signal(signal.SIGTERM, _as_interrupt)
    with only_one(env):
        leftovers.end(env)
        _await_port(env)
        for folder in (env.objects, env.outbox, env.home / "backups", env.seals, env.vault, env.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(env.metrics, ignore_errors=True)  # counting begins anew
        keys.create_missing(env)
        with lease(env, keep=True, make=True) as cluster:
            try:
                click.echo(f"Database is running ({time.monotonic() - began:.1f} s)")
                if cluster:
                    _forget_old_logs(cluster.data / "log")
                roles.ensure(env)
                _prepare(env)
                Supervisor(env, click.echo).run(lambda: _welcome(env, time.monotonic() - began))
            finally:
                if cluster:
                    cluster.stop()
                    restoring.sweep_drill(env)
        click.echo("Stopped.")


@contextmanager
def only_one(env: Environment) -> Iterator[None]:
    """Refuse a second supervisor on one home. The lock goes with the process, however it ends."""
    env.home.mkdir(parents=True, exist_ok=True)
    with (env.home / ".up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise EnvironmentRefused(f"MentalSpace already runs on {env.home}: {file.read().strip()}.") from None
        file.truncate(0)
        file.write(env.public_url)
        file.flush()
        yield


def _await_port(env: Environment) -> None:
    if not ports.becomes_free(env.port, env.host, PORT_PATIENCE):
        raise EnvironmentRefused(f"Port {env.port} is taken by another program; choose another with MENTALSPACE_PORT=…")


def _prepare(env: Environment) -> None:
    """In a process of its own; it has said what is wrong when it fails."""
    done = subprocess.run([sys.executable, "-m", "mentalspace.launch.prepare"], check=False)
    if done.returncode:
        raise EnvironmentRefused("The database could not be prepared; the reason stands above.")


def _forget_old_logs(folder: Path) -> None:
    oldest = time.time() - OLDEST_LOG_DAYS * 86400
    for path in folder.glob("*.log"):
        if path.stat().st_mtime < oldest:
            path.unlink()


def _welcome(env: Environment, seconds: float) -> None:
    click.echo(f"\nMentalSpace is ready on {env.public_url} ({seconds:.1f} s). Ctrl-C stops it.")
    if replacing.is_copy(env):
        click.echo(A_COPY.format(file=env.home / replacing.COPY))
    if urlsplit(env.public_url).hostname == "127.0.0.1":
        click.echo(f"Passkeys need a name in the address bar: http://localhost:{env.port} shows the same.")


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
