"""The process behind `mentalspace up`: database, web and worker, restarted when they die, stopped in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import leftovers, renewing
from mentalspace.launch.backup.replacing import is_copy
from mentalspace.launch.cluster import Cluster, mutex
from mentalspace.launch.connection import ClusterFile
from mentalspace.launch.roles import Guard
from mentalspace.launch.watching import AGAIN, Watch

STOP_SECONDS = 15
"""How long a child may take to finish its requests or its job before it is killed."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY_SECONDS = 60
"""A child that lived this long is restarted without a pause."""

TICK = 0.2
GUARD_SECONDS = 5
RECOVERY_SECONDS = 10
"""How long each look at a recovering database lasts: a signal is heeded in between."""

LONGEST_REQUEST = 60
"""Seconds that a web process which is renewed may take for what it began. One that is stopped has STOP_SECONDS."""

OVERLAP_SECONDS = 8
"""How long a web process that is renewed goes on beside the new one, which has to load everything."""

BLOCKING_THREADS = 3
BACKLOG = 1024


@dataclass
class Child:
    """One long-running program and what became of it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 0.0
    due_at: float = 0.0
    deaths: int = field(default=0)
    waits: bool = False
    """It may begin when the product answers, and not before: it must not hold up the start."""

    renews_itself: bool = False
    """On SIGHUP it renews its own processes one by one, and goes on serving."""

    ends_by: float = float("inf")
    """When it is killed, having been asked to make room for a newer one."""

    def start(self, variables: dict[str, str]) -> None:
        """Start it in a group of its own, so that Ctrl-C at the terminal reaches only the supervisor."""
        tether = [sys.executable, "-m", "mentalspace.launch.tether", str(os.getpid()), "--"]
        self.process = subprocess.Popen([*tether, *self.command], env=variables, start_new_session=True)
        self.started_at = time.monotonic()

    def bury(self) -> int | None:
        """Its exit status if it has died, once; what it left behind is killed and its restart is put off."""
        if self.process is None or self.process.poll() is None:
            return None
        status = self.process.returncode
        self.signal_group(signal.SIGKILL)
        self.process = None
        self.deaths += 1
        lived = time.monotonic() - self.started_at
        asked, self.ends_by = self.ends_by < float("inf"), float("inf")
        self.pause = 0.0 if asked or lived > STEADY_SECONDS else min(max(self.pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        self.due_at = time.monotonic() + self.pause
        return status

    def signal_group(self, number: int) -> None:
        """Signal the program and everything it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def renew(self) -> None:
        """Have the installed version run instead of the one that was started."""
        if self.process is None:
            return
        if self.renews_itself:
            self.process.send_signal(signal.SIGHUP)
        else:
            self.ask_to_stop()
            self.ends_by = time.monotonic() + STOP_SECONDS

    def hurry(self) -> None:
        """Start it again at once: what it died of is over."""
        self.pause = self.due_at = 0.0

    def ask_to_stop(self) -> None:
        """Ask the program, which stops what it started."""
        if self.process is not None:
            self.process.terminate()


def children(env: Environment) -> list[Child]:
    """Web first, then the worker; last, once people can work, what streams the embedded database's log.

    Of a copy that was restored to look at, the web alone.
    """
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", env.host, "--port", str(env.port),
        "--workers", str(env.workers), "--blocking-threads", str(BLOCKING_THREADS), "--backlog", str(BACKLOG),
        "--respawn-failed-workers", "--workers-kill-timeout", str(LONGEST_REQUEST), "--no-ws",
        "--respawn-interval", str(OVERLAP_SECONDS),
        "--log-level", "warning", "--no-access-log", "mentalspace.wsgi:application",
    ]  # fmt: skip
    if is_copy(env):
        return [Child("web", web, renews_itself=True)]
    archiver = [sys.executable, "-m", "mentalspace.launch.backup.archiver"]
    return [
        Child("web", web, renews_itself=True),
        Child("worker", [sys.executable, "-m", "mentalspace.cli", "worker"]),
        *([] if env.database_url else [Child("backup", archiver, waits=True)]),
    ]


class Supervisor:
    """Runs children until it is told to stop."""

    def __init__(self, env: Environment, say: Callable[[str], None]) -> None:
        self.env = env
        self.say = say
        self.children = children(env)
        self.guard = Guard(env)
        self.variables = os.environ | {"MENTALSPACE_HOME": str(env.home), "PYTHONUNBUFFERED": "1"}
        self.asked = 0
        self.answered = False
        self.guarded = False
        self.pause = 0.0
        self.guard_at = self.look_at = 0.0
        self.watch = None if is_copy(env) else Watch(env, start=self._start_once)

    def run(self, ready: Callable[[], None]) -> None:
        """Start everything, call `ready` when the product answers, and stay until a signal comes."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        self._hold()
        try:
            while not self.asked:
                self._renew()
                self._bury()
                self.keep_database()
                self._start_children()
                if not self.answered and self.healthy():
                    self.answered = True
                    ready()
                self.watch_alerter()
                time.sleep(TICK)
        finally:
            self._stop()

    def healthy(self) -> bool:
        """Whether the product answers at its health check."""
        host = "127.0.0.1" if self.env.host in {"0.0.0.0", "::"} else self.env.host  # noqa: S104
        try:
            with urlopen(f"http://{host}:{self.env.port}/functions/v1/health-check", timeout=5) as answer:
                return bool(answer.status < 300)
        except (URLError, OSError):
            return False

    def keep_database(self) -> None:
        """Hold the guard, when it is time; a database that is gone is started again, ever more slowly."""
        if time.monotonic() < self.guard_at:
            return
        try:
            self._hold()
        except (EnvironmentRefused, psycopg.Error) as trouble:
            self.guarded = False
            self.pause = min(max(self.pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
            self._revive(trouble)
            self.guard_at = time.monotonic() + self.pause

    def _hold(self) -> None:
        for sentence in self.guard.hold():
            self.say(f"Repaired: {sentence}")
        if self.pause:
            self.say("The database is back.")
            for child in self.children:
                child.hurry()
        self.guarded = True
        self.pause = 0.0
        self.guard_at = time.monotonic() + GUARD_SECONDS

    def _revive(self, trouble: Exception) -> None:
        """Start the cluster when it does not run. The guard is held at the next look."""
        cluster = Cluster(self.env)
        before = ClusterFile.load(self.env)
        if cluster.running():
            self.say(
                f"The database does not answer; trying again in {self.pause:g} s: {' '.join(str(trouble).split())}"
            )
        else:
            self.say("The database ended; starting it again.")
        try:
            with mutex(self.env):
                cluster.start(RECOVERY_SECONDS)
        except EnvironmentRefused as refusal:
            self.say(f"{refusal} Trying again in {self.pause:g} s.")
        if ClusterFile.load(self.env) != before:  # it listens elsewhere now, and the children know only the old place
            for child in self.children:
                child.ask_to_stop()

    def _renew(self) -> None:
        """As `mentalspace upgrade` wishes; the wish is gone once everything was told."""
        wish = renewing.wish(self.env)
        if self.answered and wish.exists():
            self.say("A newer version is installed: renewing web and worker.")
            for child in self.children:
                child.renew()
            wish.unlink(missing_ok=True)

    def _bury(self) -> None:
        for child in self.children:
            if time.monotonic() > child.ends_by:
                child.signal_group(signal.SIGKILL)
        for child in self.children:
            status = child.bury()
            if status is not None:
                self.say(f"The {child.name} process ended ({status}); starting it again in {child.pause:g} s.")
                self.guard_at = 0.0  # perhaps the database took it along

    def _start_children(self) -> None:
        """Start who is due. Not without a database: they would only die of it."""
        for child in self.children if self.guarded else ():
            if child.process is None and time.monotonic() >= child.due_at and (self.answered or not child.waits):
                child.start(self.variables)
                leftovers.remember(self.env, [each.process.pid for each in self.children if each.process])

    def watch_alerter(self) -> None:
        """Have it told when nothing evaluates alerts any more, and when something does again.

        A home that cannot be read or written, or a machine that starts no program, must not end what serves people.
        """
        if self.watch is None or time.monotonic() < self.look_at:
            return
        try:
            what = self.watch.look()
        except OSError as trouble:
            self.look_at = time.monotonic() + AGAIN
            self.say(f"The alerter could not be watched; trying again in {AGAIN:g} s: {trouble}")
            return
        if what:
            self.say(f"The alerter is {what}; administrators are being told.")

    def _start_once(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """A short program that ends by itself, and with us."""
        tether = [sys.executable, "-m", "mentalspace.launch.tether", str(os.getpid()), "--"]
        return subprocess.Popen([*tether, *command], env=self.variables)

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1
        if self.asked > 1:
            for child in self.children:
                child.signal_group(signal.SIGKILL)

    def _stop(self) -> None:
        """Children first, politely, then not; the caller stops the cluster."""
        self.say("Stopping …")
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                child.signal_group(signal.SIGKILL)
                child.process.wait()
        self.guard.release()
