"""How fast this machine backs up and restores: `python -m benchmarks.restore_rate [MEGABYTES]`.

A cluster of its own is filled with rows of which half can be compressed, backed up, and restored beside itself. 5 GB in
15 minutes is the promise: 5.7 MB/s. Prints seconds and MB/s of the database's own size; needs three times the room.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from mentalspace.env import Environment, read
from mentalspace.launch import keys, roles
from mentalspace.launch.backup import archiver, restoring, taking
from mentalspace.launch.backup.repository import Repository
from mentalspace.launch.backup.restoring import Target
from mentalspace.launch.cluster import Cluster
from mentalspace.launch.connection import superuser

PROMISED_MB, PROMISED_SECONDS = 5_000, 15 * 60
ROWS_IN_A_MB = 900

FILL = """INSERT INTO filling SELECT i, repeat(md5(i::text), 8) || md5(random()::text) || md5(random()::text)
  FROM generate_series(%s::int, %s::int) AS i"""


def main(megabytes: int) -> None:
    """Measure and print."""
    home = Path(tempfile.mkdtemp(prefix="ms-rate-"))
    home.chmod(0o711)
    env = read({"MENTALSPACE_HOME": str(home)})
    keys.create_missing(env)
    cluster = Cluster(env)
    cluster.start()
    try:
        roles.ensure(env)
        with archiver.archiving(env):
            size = fill(env, megabytes)
            began = time.monotonic()
            base = taking.take(env, "asked")
            say("backed up and read back", size, time.monotonic() - began, f"{base.size / 1e6:,.0f} MB sealed")
        began = time.monotonic()
        repository = Repository.of(env)
        with restoring.beside(env, repository, base, Target(), home / "side"):
            seconds = time.monotonic() - began
        say("restored", size, seconds, f"5 GB at this rate: {PROMISED_MB / (size / seconds) / 60:.1f} minutes")
    finally:
        cluster.stop()
        shutil.rmtree(home)


def fill(env: Environment, megabytes: int) -> float:
    """Rows until the database has about that size; its size in MB."""
    with psycopg.connect(**superuser(env).parameters(), autocommit=True) as database:
        database.execute("CREATE TABLE filling (id int PRIMARY KEY, said text)")
        for step in range(0, megabytes, 50):
            database.execute(FILL, [step * ROWS_IN_A_MB * 2 + 1, (step + 50) * ROWS_IN_A_MB * 2])
        row = database.execute("SELECT pg_database_size(current_database())").fetchone()
    return float(row[0]) / 1e6 if row else 0.0


def say(what: str, size: float, seconds: float, more: str) -> None:
    print(f"{what}: {size:,.0f} MB in {seconds:.1f} s, {size / seconds:,.1f} MB/s; {more}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
