"""A cluster whose log is streamed into a repository of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from mentalspace.env import Environment, read
from mentalspace.launch import keys, roles
from mentalspace.launch.backup import archiver, restoring, taking
from mentalspace.launch.backup.repository import Repository
from mentalspace.launch.cluster import Cluster
from mentalspace.launch.connection import connection, superuser


@pytest.fixture
def new_home() -> Iterator[Environment]:
    """A home in which nothing was made yet, on another machine as it were."""
    home = Path(tempfile.mkdtemp(prefix="ms-new-"))
    home.chmod(0o711)
    env = read({"MENTALSPACE_HOME": str(home)})
    yield env
    Cluster(env).stop()
    restoring.remove(env)


@pytest.fixture(scope="module")
def backed_up() -> Iterator[Environment]:
    """A running instance with one backup and a table `kept`; its log is streamed all the time."""
    home = Path(tempfile.mkdtemp(prefix="ms-backup-"))
    home.chmod(0o711)
    env = read({"MENTALSPACE_HOME": str(home)})
    keys.create_missing(env)
    for folder in (env.objects / "client-documents", env.seals, env.vault):
        folder.mkdir(parents=True)
    (env.objects / "client-documents" / "one").write_bytes(b"sealed elsewhere")
    (env.vault / "ana").write_text("wrapped")
    cluster = Cluster(env)
    cluster.start()
    try:
        roles.ensure(env)
        ask(env, "create table kept (id int primary key, said text)", FILL)
        with archiver.archiving(env):
            taking.take(env, "daily")
            yield env
    finally:
        cluster.stop()
        shutil.rmtree(home)


FILL = "insert into kept select i, md5(i::text) from generate_series(1, 2000) i on conflict do nothing"


def ask(env: Environment, *statements: str) -> list[tuple[object, ...]]:
    """The answer to the last of these, each committed by itself, as the superuser."""
    with psycopg.connect(**superuser(env).parameters(), autocommit=True) as database:
        for statement in statements:
            done = database.execute(statement)
        return done.fetchall() if done.description else []


def await_archived(env: Environment) -> None:
    """Until everything that is committed now lies sealed."""
    with psycopg.connect(**connection("ms_backup", env).parameters()) as database:
        now = archiver.read_written(database)
    taking.await_log(Repository.of(env), now.line, now.lsn)


def elsewhere(env: Environment, other: Environment) -> Environment:
    """`other`, with the repository of `env`: the disk with the backups was carried over."""
    return replace(other, backups=env.backups)
