"""GNU Health at work: a database of its own in the benchmark's cluster, under the product's web server."""

import http.client
import json
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from benchmarks.load import User
from benchmarks.peer import data
from benchmarks.peer.install import environment
from benchmarks.peer.scenarios import DATABASE, PeerUser, session, sign_in
from benchmarks.scenarios import PASSWORD, Person
from mentalspace.launch.connection import superuser
from mentalspace.launch.ports import find_free

STARTS_IN = 60
KEPT_CONNECTIONS = 6
"""To the database, by each worker. Its default, 1, connects anew for each further request at once."""

IDLE_SECONDS = 900
"""Its own default, 300, may pass while others are measured; the product's is this."""


@contextmanager
def served(home: Path, people: list[Person], workers: int) -> Iterator[tuple[subprocess.Popen[bytes], list[User]]]:
    """Install, load and start it; yields its server and a signed-in user for each of `people`."""
    programs = environment()
    variables = {"PATH": os.environ["PATH"], "TRYTOND_CONFIG": str(_configured(home)), "TRYTOND_LOGGING_LEVEL": "40"}
    _make_database(home, programs, variables)
    port = find_free()
    command: list[str | Path] = [
        programs / "python", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "3", "--backlog", "256", "--log-level", "warning",
        "--no-access-log", "trytond.application:app",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=home, env=variables | {"TRYTOND_DATABASE_NAMES": DATABASE})
    try:
        _await(port, process)
        yield process, [_signed_in(person, port) for person in people]
    finally:
        process.terminate()
        process.wait(20)


def _configured(home: Path) -> Path:
    """Make the role and write the configuration, with the role's password, for this run alone."""
    password, path = secrets.token_urlsafe(24), home / "peer.conf"
    with psycopg.connect(superuser().dsn(), autocommit=True) as cluster:
        role = sql.Identifier(DATABASE)
        cluster.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password)))
        cluster.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
        port = cluster.info.port
    path.touch(mode=0o600)
    path.write_text(
        f"[database]\nuri = postgresql://{DATABASE}:{password}@127.0.0.1:{port}/\npath = {home / 'peer-files'}\n"
        f"minconn = {KEPT_CONNECTIONS}\n"
        f"[session]\ntimeout = {IDLE_SECONDS}\n"
    )
    return path


def _make_database(home: Path, programs: Path, variables: dict[str, str]) -> None:
    """Its tables by its own program, then the product's people and calendar."""
    secret = home / "peer-password"
    secret.touch(mode=0o600)
    secret.write_text(PASSWORD)
    admin: list[str | Path] = [
        programs / "python",
        programs / "trytond-admin",
        "-d",
        DATABASE,
        "-u",
        "health",
        "--activate-dependencies",
    ]
    subprocess.run(
        [*admin, "-c", variables["TRYTOND_CONFIG"], "--email", "admin@bench.example"],
        env=variables | {"TRYTONPASSFILE": str(secret)},
        check=True,
    )
    with (
        psycopg.connect(superuser().dsn()) as ours,
        psycopg.connect(superuser(dbname=DATABASE).dsn()) as theirs,
    ):
        made = theirs.execute("SELECT password_hash FROM res_user WHERE login = 'admin'").fetchone()
        if made is None:
            raise LookupError("GNU Health made no administrator.")
        data.load(ours, theirs, made[0])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_IN
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")  # whatever the answer
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise SystemExit("GNU Health did not start.")


def _signed_in(person: Person, port: int) -> User:
    user = PeerUser(person, "", port)
    status, answer = user.send(sign_in(person), signed_in=False)
    if status != 200:
        raise SystemExit(f"GNU Health let nobody in: {status} {answer[:200]!r}")
    user.session = session(person, json.loads(answer))
    return user
