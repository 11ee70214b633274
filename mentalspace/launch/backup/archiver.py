"""Streaming the log into the repository: `python -m mentalspace.launch.backup.archiver`, a child of the supervisor.

`pg_receivewal` takes the log from the server as it is written, into `home/receiving`. Every few seconds whole segments
are sealed into the repository and let go of, and the one that is being written is sealed as far as it is. So the
repository is never more than `SECONDS` and one round behind what was committed, however quiet the practice is, and no
segment is closed half empty. A replication slot keeps what was not fetched; the server drops the slot rather than
fill its disk (`max_slot_wal_keep_size`), and then a new backup begins.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import psycopg

from mentalspace.env import Environment, EnvironmentRefused, environment
from mentalspace.launch import binaries
from mentalspace.launch.backup import recovery, sealing, segments
from mentalspace.launch.backup.mirror import Mirror
from mentalspace.launch.backup.repository import COVERAGE, Busy, Coverage, Repository
from mentalspace.launch.connection import connection

SLOT = "ms_backup"
SECONDS = 10.0
"""Between two rounds. The promise is that at most 60 seconds of work can be lost with the machine."""

STOP_SECONDS = 10
RECEIVER_LOG = "receiver.log"
"""In the home's `logs`: what the last receiver complained of."""

NOW = """SELECT pg_current_wal_flush_lsn()::text, substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8),
  (SELECT system_identifier FROM pg_control_system())::text, clock_timestamp()"""

SLOT_STATE = "SELECT restart_lsn::text, wal_status FROM pg_replication_slots WHERE slot_name = %s"


@dataclass(frozen=True)
class Written:
    """How far the server's log is, and in which line."""

    lsn: str
    timeline: str
    cluster: str
    at: datetime

    @property
    def line(self) -> str:
        return f"{self.cluster}-{self.timeline}"


class NotCopied(OSError):
    """Files that could not be copied; the others were."""

    def __init__(self, troubles: list[str]) -> None:
        super().__init__(f"{len(troubles)} file(s) could not be copied, the first: {troubles[0]}")


class Archiver:
    """One receiver, and what seals what it brings."""

    def __init__(self, env: Environment, repository: Repository) -> None:
        self.env, self.repository = env, repository
        self.mirror = Mirror(env, repository)
        self.receiver: subprocess.Popen[bytes] | None = None
        self.keys_seen = ""
        self.partial_seen: tuple[str, int] = ("", 0)

    # -- rounds

    def round(self) -> Coverage | None:
        """Seal what is there. Returns how far the repository reaches, or None while the receiver is behind.

        The log comes first, and neither waits for the other: a file that cannot be read must not stop the log, nor a
        database that is away the files. Raises psycopg.Error while the database is away, OSError while the repository
        is, NotCopied for files, and EnvironmentRefused when the disk with the repository is away.
        """
        Repository.of(self.env)  # its disk may have gone since the last round
        try:
            return self._follow_log()
        finally:
            self._copy_files()

    def _follow_log(self) -> Coverage | None:
        with psycopg.connect(**connection("ms_backup", self.env).parameters(), connect_timeout=5) as database:
            written = read_written(database)
            received = self._received(database, written)
        folder = self.folder(written.cluster)
        self._seal_whole(folder, written.cluster)
        if segments.position(received) < segments.position(written.lsn):
            return None
        return self._cover(folder, written)

    def folder(self, cluster: str) -> Path:
        """Where the receiver writes: each cluster's segments have the same names."""
        return self.env.receiving / cluster

    def _copy_files(self) -> None:
        self.mirror.follow()
        found = recovery.fingerprint(self.env.keys)
        if found != self.keys_seen or not self.repository.sealed_keys.exists():
            self.repository.write_keys(self.env)
            self.keys_seen = found
        if self.mirror.troubles:
            raise NotCopied(self.mirror.troubles)

    def _received(self, database: psycopg.Connection[tuple[object, ...]], written: Written) -> str:
        """Up to where the receiver has it on our disk. It is started, and its slot made, when they are missing."""
        row = database.execute(SLOT_STATE, [SLOT]).fetchone()
        if row is not None and row[1] == "lost":
            self.stop()
            database.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
            row = None
        if row is None:
            self.stop()
            self._seal_whole(self.folder(written.cluster), written.cluster)
            shutil.rmtree(self.folder(written.cluster), ignore_errors=True)
            database.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])
        database.commit()
        if self.receiver is None or self.receiver.poll() is not None:
            self._receive(self.folder(written.cluster))
        return str(row[0]) if row and row[0] else "0/0"

    def _receive(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tether = [sys.executable, "-m", "mentalspace.launch.tether", str(os.getpid()), "--"]
        tool = [binaries.find() / "pg_receivewal", "-D", folder, f"--slot={SLOT}", "--synchronous", "--no-loop"]
        how = connection("ms_backup", self.env).environment() | {"PGAPPNAME": "mentalspace archiver"}
        variables = os.environ | how | {"LC_ALL": "C.UTF-8"}
        self.env.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.env.logs / RECEIVER_LOG).open("wb") as said:  # it has something to say whenever it is stopped
            command = [*tether, *map(str, tool)]
            self.receiver = subprocess.Popen(command, env=variables, stderr=said, start_new_session=True)

    # -- sealing

    def _seal_whole(self, folder: Path, cluster: str) -> None:
        """Every finished segment, and the histories of timelines; the plain ones go."""
        for path in sorted(folder.glob("[0-9A-F]*")):
            if segments.NAME.fullmatch(path.name) or segments.HISTORY.fullmatch(path.name):
                target = self.repository.wal(f"{cluster}-{path.name[:8]}") / path.name
                self._seal(path, target)
                target.with_name(target.name + segments.PARTIAL).unlink(missing_ok=True)
                path.unlink()

    def _cover(self, folder: Path, written: Written) -> Coverage:
        """Seal the segment being written, unless nothing was, and note how far all of it reaches."""
        name = segments.holding(written.lsn, written.timeline)
        target = self.repository.wal(written.line) / (name + segments.PARTIAL)
        before = self.repository.coverage(written.line)
        if before is None or before.lsn != written.lsn or self.partial_seen[0] != name:
            if (folder / target.name).exists():
                self._seal(folder / target.name, target)
            self.partial_seen = (name, 0)
        reached = Coverage(written.at, written.lsn, name)
        said = {"until": reached.until.isoformat(), "lsn": reached.lsn, "segment": reached.segment}
        self.repository.sign(self.repository.wal(written.line) / COVERAGE, said)
        return reached

    def _seal(self, path: Path, target: Path) -> None:
        with path.open("rb") as file:
            sealing.seal(sealing.chunks(file), target, self.repository.place(target), self.repository.key)

    def stop(self) -> None:
        """End the receiver; what it had fetched stays for the next."""
        if self.receiver is not None:
            self.receiver.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.receiver.wait(STOP_SECONDS)
            self.receiver.kill()
            self.receiver.wait()
            self.receiver = None


def read_written(database: psycopg.Connection[tuple[object, ...]]) -> Written:
    """How far the server's log is now."""
    row = database.execute(NOW).fetchone()
    assert row is not None
    lsn, timeline, cluster, at = row
    assert isinstance(at, datetime)
    return Written(str(lsn), str(timeline), str(cluster), at.astimezone(UTC))


def run(env: Environment, stopping: threading.Event, seconds: float = SECONDS) -> None:
    """Rounds until told to stop. Trouble is said once, when it changes; the next round tries again."""
    repository = Repository.of(env)
    with repository.lock("log"):
        repository.remember(env)
        archiver, said = Archiver(env, repository), ""
        try:
            while not stopping.is_set():
                trouble = _attempt(archiver)
                if trouble and trouble != said:
                    print(f"Backup: {trouble}", file=sys.stderr, flush=True)
                said = trouble
                stopping.wait(seconds)
        finally:
            archiver.stop()


def _attempt(archiver: Archiver) -> str:
    """One round; what went wrong, in one line."""
    try:
        archiver.round()
    except (psycopg.Error, OSError, EnvironmentRefused) as trouble:
        return " ".join(str(trouble).split()) or type(trouble).__name__
    return ""


def persist(env: Environment, stopping: threading.Event) -> None:
    """As `run`, begun again when it cannot go on: a disk comes back, another archiver ends."""
    said = ""
    while not stopping.is_set():
        try:
            run(env, stopping)
        except (EnvironmentRefused, OSError) as refusal:
            if str(refusal) != said:
                print(f"Backup: {refusal}", file=sys.stderr, flush=True)
            said = str(refusal)
            stopping.wait(SECONDS)


@contextmanager
def archiving(env: Environment) -> Iterator[None]:
    """The log streams while the block runs: by the product's own archiver when that is at work, else by one here."""
    stopping = threading.Event()
    worker = threading.Thread(target=_unless_busy, args=(env, stopping), daemon=True)
    worker.start()
    try:
        yield
    finally:
        stopping.set()
        worker.join()


def _unless_busy(env: Environment, stopping: threading.Event) -> None:
    with suppress(Busy):
        run(env, stopping, seconds=0.5)


def main() -> None:
    """Archive the log of this home until stopped."""
    stopping = threading.Event()

    def asked(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, asked)
    persist(environment(), stopping)


if __name__ == "__main__":
    main()
