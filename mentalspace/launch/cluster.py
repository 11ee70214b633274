"""The embedded PostgreSQL cluster of one home: made once, started, adopted when it already runs, stopped."""

import fcntl
import hashlib
import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import binaries, configuration, ports
from mentalspace.launch.connection import ClusterFile, remember

OUTSIDE = Path("/var/lib/mentalspace")
"""Where a cluster goes when the account it must run as cannot reach the home, such as one below `/root`."""

STATE = 7
"""The line of postmaster.pid that says whether connections are let in, counted from zero."""

POLL = 0.2
LONGEST_SOCKET = 107
ATTEMPTS = 3
START_SECONDS = 60
RECOVERY_SECONDS = 3600
"""How long a server may take, after a crash, to replay its log before it lets anybody in."""

HALFWAY = "restore.json"
"""In the home while a restore exchanges folders: a start in that moment would make a new, empty database."""

HALF_RESTORED = "A restore of {home} was interrupted; give `mentalspace restore` again, which finishes it."
NOT_MADE = "There is no database in {home} yet; `make run` makes it."


class Cluster:
    """The cluster of `env.home`. Making one of these touches nothing."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.account = binaries.account()
        self._said = ""

    @property
    def data(self) -> Path:
        """The server's data folder, by a path that its account can walk."""
        return self.env.pg.resolve() / "data"

    # -- state

    def exists(self) -> bool:
        """Whether a cluster was ever made here."""
        return (self.data / "PG_VERSION").exists()

    def running(self) -> bool:
        """Whether its server is alive; a stale pid file of a dead one does not count."""
        lines = self._pid_file()
        if len(lines) < 4:
            return False
        try:
            os.kill(int(lines[0]), 0)
        except (ProcessLookupError, ValueError):
            return False
        except PermissionError:
            pass
        return not ports.is_free(int(lines[3]))

    def _pid_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except (FileNotFoundError, PermissionError):
            return []

    # -- start and stop

    def start(self, patience: float = RECOVERY_SECONDS) -> bool:
        """Have it running, made first if need be, and wait up to `patience` seconds for a crash's repair.

        False when it already ran. Raises EnvironmentRefused with what stands in the way.
        """
        self._find_place()
        if self.running():
            self._adopt()
            if self._becomes_ready(patience):
                return False
        programs = self._programs()
        if not self.exists():
            self._initialise(programs)
        for attempt in range(1, ATTEMPTS + 1):
            self._configure(programs)
            seconds = max(1, round(min(START_SECONDS, patience)))
            if self._run(programs, "pg_ctl", "-w", "-t", seconds, "-l", self.data / "start.log", "start"):
                return True
            if self.running() and self._becomes_ready(patience):
                return True
            time.sleep(attempt)  # another process took the port, or the last server is still letting go
        raise EnvironmentRefused(
            f"PostgreSQL did not start: {self._last_words()} (see {self.data}/start.log and log/)."
        )

    def stop(self) -> None:
        """Stop it, cutting off whoever is connected; transactions in flight are rolled back."""
        if not self.running():
            return
        programs = self._programs()
        if not self._run(programs, "pg_ctl", "-w", "-t", START_SECONDS, "-m", "fast", "stop"):
            self._run(programs, "pg_ctl", "-w", "-t", START_SECONDS, "-m", "immediate", "stop")

    def _becomes_ready(self, patience: float) -> bool:
        """Wait while the server repairs itself: it listens, and lets nobody in. False when it ended instead."""
        deadline = time.monotonic() + patience
        while self.running() and self._pid_file()[STATE:] != ["ready"]:
            if time.monotonic() >= deadline:
                raise EnvironmentRefused("PostgreSQL is still repairing itself after a crash.")
            time.sleep(POLL)
        return self.running()

    def _adopt(self) -> None:
        """Remember the port of a server that an earlier, killed supervisor left running."""
        known = ClusterFile.load(self.env)
        port = int(self._pid_file()[3])
        if known.port != port:
            remember(self.env, ClusterFile(port, known.socket, known.account, known.peer))

    # -- making it

    def make_room(self) -> Path:
        """An empty data folder for files that come from elsewhere, such as a backup. Raises EnvironmentRefused."""
        self._find_place()
        if self.exists():
            raise EnvironmentRefused(f"There is a database in {self.env.home} already.")
        self.data.mkdir(mode=0o700, exist_ok=True)
        return self.data

    def _find_place(self) -> None:
        """Make `home/pg`, or point it outside when the server's account could not get there."""
        home = self.env.home
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(0o711)
        if self.env.pg.is_symlink() and not self.env.pg.exists():
            raise EnvironmentRefused(f"{self.env.pg} points to {self.env.pg.readlink()}, which is gone.")
        if not self.env.pg.exists():
            if self.account.foreign and not self.account.reaches(home.resolve()):
                self._go_outside()
            else:
                self.env.pg.mkdir()
            self.env.pg.resolve().chmod(0o755)
        if self.account.foreign and not self.account.reaches(self.env.pg.resolve()):
            raise EnvironmentRefused(
                f"The account {self.account.name}, as which PostgreSQL runs, cannot reach {self.env.pg}; "
                "choose another MENTALSPACE_HOME."
            )

    def _go_outside(self) -> None:
        place = OUTSIDE / f"{self.env.home.name}-{secrets.token_hex(6)}"
        place.mkdir(parents=True)
        OUTSIDE.chmod(0o755)
        self.env.pg.symlink_to(place)

    def _programs(self) -> Path:
        found = binaries.find()
        if self.exists():
            made_by = int((self.data / "PG_VERSION").read_text())
            if made_by != binaries.major(found):
                raise EnvironmentRefused(
                    f"{self.data} was made by PostgreSQL {made_by} and {binaries.major(found)} is installed; "
                    "upgrade it with pg_upgrade."
                )
        if not self.account.foreign:
            return found
        return binaries.reachable(found, self.account, self.env.pg.resolve())

    def _initialise(self, programs: Path) -> None:
        data = self.data
        data.mkdir(mode=0o700, exist_ok=True)
        self.account.own(data)
        password = self.env.pg.resolve() / f".password-{os.getpid()}"
        password.touch(mode=0o600)
        password.write_text(self.env.secrets().passwords["postgres"])
        self.account.own(password)
        try:
            made = self._tool(
                programs, "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password,
                "-E", "UTF8", "--data-checksums", *configuration.locale(binaries.major(programs)),
            )  # fmt: skip
        finally:
            password.unlink()
        if made.returncode:
            complaint = (made.stderr.strip() or made.stdout.strip()).splitlines()
            raise EnvironmentRefused(
                f"PostgreSQL could not make its data folder {data}: {complaint[0] if complaint else ''}"
            )

    def _configure(self, programs: Path) -> None:
        """Write the server's settings and who may connect how, for a port that is free now."""
        known = ClusterFile.load(self.env)
        user = binaries._name(os.geteuid())
        cluster = ClusterFile(ports.find_free(known.port), str(self._socket()), self.account.name, bool(user))
        files = configuration.files(cluster, user, binaries.major(programs))
        for name, content in files.items():
            path = self.data / name
            path.write_text(content)
            path.chmod(0o600)
            self.account.own(path)
        remember(self.env, cluster)

    def _socket(self) -> Path:
        """The folder of the UNIX socket: in the home, or in `/tmp` when its path would be too long."""
        folder = self.env.pg.resolve() / "socket"
        if len(f"{folder}/.s.PGSQL.65535.lock") > LONGEST_SOCKET:
            folder = Path("/tmp") / f"mentalspace-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"  # noqa: S108
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), self.account.uid}:
            raise EnvironmentRefused(f"{folder} belongs to somebody else; remove it.")
        folder.chmod(0o755)
        self.account.own(folder)
        return folder

    # -- running its programs

    def _run(self, programs: Path, tool: str, *arguments: object) -> bool:
        done = self._tool(programs, tool, "-D", self.data, *arguments)
        self._said = done.stderr.strip()
        return done.returncode == 0

    def _tool(self, programs: Path, tool: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run a program of the server as its account. Output goes to a file: the server keeps it open."""
        who = {"user": self.account.uid, "group": self.account.gid, "extra_groups": []} if self.account.foreign else {}
        said = self.env.pg.resolve() / f".said-{os.getpid()}"
        with said.open("w+") as output:
            done = subprocess.run(
                [programs / tool, *map(str, arguments)],
                cwd="/", env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=False, **who,  # type: ignore[call-overload]
            )  # fmt: skip
            output.seek(0)
            text = output.read()
        said.unlink()
        return subprocess.CompletedProcess(done.args, done.returncode, "", text)

    def _last_words(self) -> str:
        with suppress(OSError):
            for line in reversed((self.data / "start.log").read_text().splitlines()):
                if "FATAL" in line or "could not" in line:
                    return line.partition(":")[2].strip() or line
        return self._said.splitlines()[-1] if self._said else "it gave no reason"


@contextmanager
def mutex(env: Environment) -> Iterator[None]:
    """One process at a time starts or stops the cluster of a home."""
    env.home.mkdir(parents=True, exist_ok=True)
    with (env.home / ".start.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def lease(env: Environment, *, keep: bool = False, make: bool = False) -> Iterator[Cluster | None]:
    """The cluster, running for as long as the block needs it.

    Whoever finds it stopped starts it, and the last to leave stops it again, unless somebody asked to `keep`
    it. With `make`, a home that has no cluster gets one. Does nothing when the database is one's own.
    """
    if env.database_url:
        yield None
        return
    if (env.home / HALFWAY).exists():
        raise EnvironmentRefused(HALF_RESTORED.format(home=env.home))
    cluster = Cluster(env)
    if not (make or cluster.exists()):
        raise EnvironmentRefused(NOT_MADE.format(home=env.home))
    env.home.mkdir(parents=True, exist_ok=True)
    passing = env.home / ".passing"
    with (env.home / ".lease.lock").open("w") as users:
        with mutex(env):
            if cluster.start():
                passing.touch()
            if keep:
                passing.unlink(missing_ok=True)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield cluster
        finally:
            with mutex(env):
                _leave(cluster, users.fileno(), passing)


def _leave(cluster: Cluster, users: int, passing: Path) -> None:
    """Let go; stop the cluster when nobody else holds it and nobody wanted it kept."""
    fcntl.flock(users, fcntl.LOCK_UN)
    if not passing.exists():
        return
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    cluster.stop()
    passing.unlink(missing_ok=True)
