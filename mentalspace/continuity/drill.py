"""The restore drill: last night's backup restored beside the live database, and looked at as an auditor would.

Every step ends as passed, failed, or could not run; only the first counts. What one step needs and another did not
bring could not run. The whole is a signed certificate, whatever came of it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from mentalspace.continuity.marker import Marker, TooBusy, count, mark
from mentalspace.env import PREFIX, Environment, EnvironmentRefused
from mentalspace.launch import binaries
from mentalspace.launch.backup import certificates, restoring, sealing, taking
from mentalspace.launch.backup.certificates import FAILED, NOT_RUN, PASSED, Certificate, Step
from mentalspace.launch.backup.repository import Base, Repository
from mentalspace.launch.backup.restoring import DRILL, Target
from mentalspace.launch.connection import connection, database_name, superuser

OLDEST_BACKUP = timedelta(hours=26)
"""The backup that is tried is the newest; older than this it is not last night's."""

PROBE_SECONDS = 1800
PROBES = ("audit", "files", "access")
STEPS = ("backup", "marker", "restore", "rows", "structure", *PROBES)
"""In this order. A certificate names every one of them."""

KEPT_SETTINGS = ("S3_",)
"""Settings that the restored instance shares with this one: where files are, when they are not in the home."""


class Failed(Exception):
    """A step found something wrong. The message is one sentence."""


class NotRun(Exception):
    """A step could not be done. The message says why."""


@dataclass
class Drill:
    """One drill under way."""

    env: Environment
    repository: Repository
    steps: list[Step] = field(default_factory=list)
    base: Base | None = None
    marker: Marker | None = None

    def run(self) -> Certificate:
        began = datetime.now(UTC)
        self.attempt("backup", self._newest)
        self.attempt("marker", self._mark)
        self._restored()
        done = {step.name for step in self.steps}
        self.steps += [Step(name, NOT_RUN, "What it needs was not there.", 0.0) for name in STEPS if name not in done]
        passed = all(step.state == PASSED for step in self.steps)
        backup = self.base.id if self.base else ""
        ended = datetime.now(UTC)
        return Certificate(certificates.named(began), began, ended, backup, passed, tuple(self.steps))

    def attempt(self, name: str, what: Callable[[], str]) -> bool:
        """Do one step and write down what came of it. Whether it passed."""
        began, state = time.monotonic(), PASSED
        try:
            said = what()
        except (Failed, EnvironmentRefused, sealing.Damaged) as found:
            state, said = FAILED, str(found)
        except NotRun as reason:
            state, said = NOT_RUN, str(reason)
        except (psycopg.Error, OSError, subprocess.SubprocessError) as trouble:
            state, said = NOT_RUN, " ".join(str(trouble).split()) or type(trouble).__name__
        self.steps.append(Step(name, state, said, round(time.monotonic() - began, 2)))
        return state == PASSED

    def _newest(self) -> str:
        bases = self.repository.bases()
        if not bases:
            raise NotRun("There is no backup yet.")
        self.base = bases[-1]
        age = datetime.now(UTC) - self.base.began_at
        if age > OLDEST_BACKUP:
            raise Failed(f"The newest backup is {age // timedelta(hours=1)} hours old.")
        return f"Backup {self.base.id}, {self.base.size / 1e6:,.1f} MB sealed."

    def _mark(self) -> str:
        """Write down what there is, and wait until the log up to there lies in the repository: the real RPO."""
        try:
            self.marker = mark(self.env)
        except TooBusy:
            raise NotRun("For half a minute there was no moment in which nobody was writing.") from None
        began = time.monotonic()
        taking.await_log(self.repository, self.marker.after.line, self.marker.after.lsn)
        seconds, rows = time.monotonic() - began, sum(self.marker.rows.values())
        return f"{rows:,} rows in {len(self.marker.rows)} tables; sealed in the repository {seconds:.0f} s later."

    def _restored(self) -> None:
        """Restore up to the marker and look at what came of it; take it away again."""
        base, marker = self.base, self.marker
        if base is None or marker is None:
            return
        beside = restoring.beside(self.env, self.repository, base, Target(lsn=marker.lsn), self.env.home / DRILL)
        entered: list[Environment] = []

        def restore() -> str:
            entered.append(beside.__enter__()[0])
            return f"{base.plain / 1e6:,.0f} MB unpacked, checked by pg_verifybackup, replayed to {marker.lsn}."

        if not self.attempt("restore", restore):
            return
        try:
            self._look(entered[0], marker)
        finally:
            beside.__exit__(None, None, None)

    def _look(self, side: Environment, marker: Marker) -> None:
        self.attempt("rows", lambda: compare_rows(side, marker.rows))
        self.attempt("structure", lambda: check_structure(side))
        for probe in PROBES:
            self.attempt(probe, lambda probe=probe: ask(side, probe))  # type: ignore[misc]


def run(env: Environment) -> Certificate:
    """Do a drill and keep its certificate. Raises Busy while another one runs."""
    repository = Repository.of(env)
    with repository.lock(DRILL):
        certificate = Drill(env, repository).run()
        certificates.keep(env, repository, certificate)
    return certificate


def compare_rows(side: Environment, expected: dict[str, int]) -> str:
    """Every table has exactly the rows it had. Raises Failed with the first that has not."""
    with psycopg.connect(**connection("ms_backup", side, database_name(side)).parameters()) as database:
        found = count(database)
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            raise Failed(f"{table} had {expected.get(table, 'no')} rows and has {found.get(table, 'no')} restored.")
    return f"{len(expected)} tables have exactly the rows they had, {sum(expected.values()):,} in all."


def check_structure(side: Environment) -> str:
    """PostgreSQL's own check of tables and indexes (pg_amcheck). Raises Failed with what it found first."""
    tool = binaries.find() / "pg_amcheck"
    if not tool.exists():
        raise NotRun("This PostgreSQL has no pg_amcheck.")
    variables = os.environ | superuser(side, database_name(side)).environment() | {"LC_ALL": "C.UTF-8"}
    command = [str(tool), "--install-missing", "--jobs=2", "-d", database_name(side)]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise Failed(f"pg_amcheck: {lines[0] if lines else done.returncode}")
    return "Every table and index is sound (pg_amcheck)."


def ask(side: Environment, probe: str) -> str:
    """One look at the restored instance by the product itself, in a process of its own."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    mine |= {name: value for name, value in os.environ.items() if name.startswith(_kept())}
    mine |= {f"{PREFIX}HOME": str(side.home), f"{PREFIX}BACKUPS": str(side.backups), f"{PREFIX}DEMO": "0"}
    command = [sys.executable, "-m", "mentalspace.continuity.probe", probe]
    done = subprocess.run(
        command, env=mine, cwd=_root(), capture_output=True, text=True, check=False, timeout=PROBE_SECONDS
    )
    try:
        said = json.loads(done.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        lines = done.stderr.strip().splitlines()
        raise NotRun(f"The look ended before its time: {lines[-1] if lines else done.returncode}") from None
    if said["state"] == FAILED:
        raise Failed(said["said"])
    if said["state"] != PASSED:
        raise NotRun(said["said"])
    return str(said["said"])


def _kept() -> tuple[str, ...]:
    return tuple(PREFIX + name for name in KEPT_SETTINGS)


def _root() -> Path:
    return Path(__file__).resolve().parents[2]
