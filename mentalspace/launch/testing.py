"""A private cluster for tests, kept between runs. As a pytest plugin it comes before settings are read.

Each run locks the first free slot below `.testdb/`, so two runs on one checkout do not meet. Workers of xdist
inherit the environment and start nothing.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Generator
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import pytest

from mentalspace.env import PREFIX, ROOT, Environment, EnvironmentRefused, environment, read
from mentalspace.launch import keys, roles
from mentalspace.launch.cluster import Cluster, mutex
from mentalspace.launch.connection import ClusterFile, connection

SLOTS = 8
_held: list[tuple[IO[str], Cluster]] = []


def in_worker() -> bool:
    """Whether this process is one of xdist's, which use what the controller started."""
    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Before pytest-django reads settings: point `MENTALSPACE_HOME` at a running test cluster."""
    try:
        ensure_test_cluster()
    except EnvironmentRefused as refusal:
        raise pytest.UsageError(str(refusal)) from None
    return (yield)


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    while _held:
        lock, cluster = _held.pop()
        with mutex(cluster.env):
            cluster.stop()
        lock.close()
        ensure_test_cluster.cache_clear()


@lru_cache(maxsize=1)
def ensure_test_cluster() -> dict[str, Any]:
    """A running cluster with keys, roles and database; `MENTALSPACE_HOME` names it from now on."""
    if in_worker():
        return _description(environment())
    home, lock = _slot()
    values = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    env = read(values | {f"{PREFIX}HOME": str(home), f"{PREFIX}DEMO": "0"})
    keys.create_missing(env)
    cluster = Cluster(env)
    with mutex(env):
        cluster.start()
    roles.ensure(env)
    _held.append((lock, cluster))
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        del os.environ[name]
    os.environ |= {f"{PREFIX}HOME": str(home), f"{PREFIX}DEMO": "0"}
    environment.cache_clear()
    return _description(env)


def _slot() -> tuple[Path, IO[str]]:
    for number in range(1, SLOTS + 1):
        folder = ROOT / ".testdb" / str(number)
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)
        lock = (folder / ".run.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return folder, lock
    raise EnvironmentRefused(f"{SLOTS} test runs are already under way in this checkout.")


def _description(env: Environment) -> dict[str, Any]:
    known = ClusterFile.load(env)
    return {
        "home": env.home,
        "slot": env.home.name,
        "host": "127.0.0.1",
        "port": known.port,
        "socket": known.socket,
        "passwords": env.secrets().passwords,
        "superuser_dsn": connection("postgres", env, "postgres").dsn(),
        "owner_dsn": connection("ms_owner", env).dsn(),
    }


def main(command: list[str]) -> int:
    """`python -m mentalspace.launch.testing COMMAND…`: run it with a private cluster; its exit status."""
    try:
        ensure_test_cluster()
        return subprocess.run(command, check=False).returncode
    finally:
        pytest_unconfigure()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except EnvironmentRefused as refusal:
        sys.exit(str(refusal))
