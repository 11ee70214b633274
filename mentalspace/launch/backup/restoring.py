"""Restoring beside whatever runs: a backup unpacked into a home of its own, and its log replayed up to a moment.

The restore drill, the comparison of one table, and a full restore all go through `into`.
"""

import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import binaries
from mentalspace.launch.backup import mirror, sealing, segments, verifying
from mentalspace.launch.backup.repository import Base, Coverage, Repository, free_bytes, give_back
from mentalspace.launch.cluster import Cluster
from mentalspace.launch.connection import superuser

POLL = 0.1
LATE = timedelta(minutes=2)
"""A segment sealed so long after a moment holds nothing from before it, as a rule: sealing follows within a minute."""

TOO_SHORT = "recovery ended before configured recovery target was reached"
AUTO = "postgresql.auto.conf"
INCOMING = "incoming-wal"
DRILL = "drill"
"""Where a restore drill has its home, below the live one."""

NO_BACKUP = "There is no backup in {folder} yet; `mentalspace backup` makes one."


@dataclass(frozen=True)
class Span:
    """What one backup and the log since can bring back: any moment from `since` to `until`."""

    base: Base
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Target:
    """Where replaying ends: at a moment, before a place in the log, or, with neither, at the end of the log."""

    moment: datetime | None = None
    lsn: str = ""

    def setting(self) -> str:
        """The line of PostgreSQL's settings, empty for the end of the log."""
        if self.lsn:
            return f"recovery_target_lsn = '{self.lsn}'\nrecovery_target_inclusive = off\n"
        return f"recovery_target_time = '{self.moment.isoformat()}'\n" if self.moment else ""


# -- what can be restored


def spans(repository: Repository) -> list[Span]:
    """One for each finished backup, oldest first, as far as its log is unbroken."""
    bases = repository.bases()
    logs = {line: _Log.of(repository, line) for line in {base.line for base in bases}}
    return [Span(base, base.ended_at, max(base.ended_at, logs[base.line].until(base))) for base in bases]


@dataclass(frozen=True)
class _Log:
    """The sealed segments of one line, and how far they are known to reach."""

    there: dict[str, Path]
    known: Coverage | None

    @classmethod
    def of(cls, repository: Repository, line: str) -> "_Log":
        names = (path for path in repository.wal(line).glob("[0-9A-F]*") if not path.name.endswith(".history"))
        return cls({path.name[:24]: path for path in names}, repository.coverage(line))

    def until(self, base: Base) -> datetime:
        """Up to when the log that begins with this backup is unbroken."""
        last = segments.unbroken(base.first_segment, set(self.there))
        if last is None or self.known is None:
            return base.ended_at
        if last >= self.known.segment or segments.following(last) == self.known.segment:
            return self.known.until
        return datetime.fromtimestamp(self.there[last].stat().st_mtime, UTC)


def choose(repository: Repository, moment: datetime | None) -> Base:
    """The backup to begin from for a moment, or for the newest state. Raises EnvironmentRefused: what can be had."""
    found = spans(repository)
    if not found:
        raise EnvironmentRefused(NO_BACKUP.format(folder=repository.folder))
    if moment is None:
        return max(found, key=lambda span: (span.until, span.since)).base
    holding = [span for span in found if span.since <= moment <= span.until]
    if holding:
        return max(holding, key=lambda span: span.since).base
    raise EnvironmentRefused(_nothing_for(moment, found))


def _nothing_for(moment: datetime, found: list[Span]) -> str:
    oldest, newest = min(span.since for span in found), max(span.until for span in found)
    if moment < oldest:
        return f"{said(moment)} is before the oldest backup; the oldest moment there is: {said(oldest)}."
    if moment > newest:
        return f"{said(moment)} is after the newest backup; the newest moment there is: {said(newest)}."
    before = max((span.until for span in found if span.until < moment), default=oldest)
    after = min((span.since for span in found if span.since > moment), default=newest)
    return f"{said(moment)} lies in a gap of the log; the moments next to it: {said(before)} and {said(after)}."


def said(moment: datetime) -> str:
    """A moment in words, always UTC. Rounded towards the past, never to what was not there."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


# -- doing it


def into(
    env: Environment,
    repository: Repository,
    base: Base,
    target: Target,
    home: Path,
    say: Callable[[str], None] = lambda sentence: None,
) -> Cluster:
    """Restore the database into `home`, which holds its keys already. The cluster that is returned runs, writable.

    Raises EnvironmentRefused, and Damaged for a part of the log that was altered; `home` is then of no use.
    """
    side = replace(env, home=home, database_url=None, backups=repository.folder)
    _refuse_another_version(base)
    _refuse_without_room(base, home)
    cluster = Cluster(side)
    data = cluster.make_room()
    say(f"Unpacking the backup of {said(base.began_at)} …")
    verifying.unpack(repository, base.id, base.pieces, data)
    verify_unpacked(data)
    (data / INCOMING).mkdir(mode=0o700)
    _lay_histories(repository, base, data)
    _lay_log(repository, base, target.moment, data)
    _recover_to(data, target)
    _hand_over(cluster, data)
    data.chmod(0o700)
    say("Replaying what happened since …")
    _replay(cluster, data, lambda: _lay_log(repository, base, None, data))
    return cluster


def _hand_over(cluster: Cluster, folder: Path) -> None:
    """To the account that the server runs as, where that is another one."""
    if cluster.account.foreign:
        give_back(folder, cluster.account.uid, cluster.account.gid)


def verify_unpacked(data: Path) -> None:
    """PostgreSQL's own check of an unpacked backup, file by file. Raises NotWhole."""
    tool = binaries.find() / "pg_verifybackup"
    done = subprocess.run([tool, "--no-parse-wal", "--quiet", data], capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise verifying.NotWhole(f"pg_verifybackup found the backup changed: {lines[0] if lines else ''}")


def _refuse_another_version(base: Base) -> None:
    ours = binaries.major(binaries.find())
    if base.postgres != ours:
        raise EnvironmentRefused(f"The backup was made by PostgreSQL {base.postgres}, and {ours} is installed.")


def _refuse_without_room(base: Base, home: Path) -> None:
    free, needed = free_bytes(home), base.plain + base.plain // 4
    if free < needed:
        raise EnvironmentRefused(
            f"There is too little room in {home}: {free / 1e9:.1f} GB are free, and {needed / 1e9:.1f} GB are needed."
        )


def _lay_log(repository: Repository, base: Base, moment: datetime | None, data: Path) -> int:
    """The log that is needed, plain, where the server can read it: its account can run none of our programs.

    Returns how many segments were laid that did not lie there yet.
    """
    laid = 0
    for path in log_from(repository, base, moment):
        target = data / INCOMING / path.name.removesuffix(segments.PARTIAL)
        if not target.exists():
            mirror.write(target, sealing.unseal(path, repository.place(path), repository.key))
            laid += 1
    return laid


def _lay_histories(repository: Repository, base: Base, data: Path) -> None:
    """The history of every timeline its cluster ever had: the server begins one that none of them has taken."""
    cluster, _, _ = base.line.rpartition("-")
    for path in repository.wal("").glob(f"{cluster}-*/*.history"):
        mirror.write(data / INCOMING / path.name, sealing.unseal(path, repository.place(path), repository.key))


def log_from(repository: Repository, base: Base, moment: datetime | None) -> Iterator[Path]:
    """The sealed segments that lead from a backup to a moment, in order; whole ones before a half one."""
    folder, name = repository.wal(base.line), base.first_segment
    while True:
        whole, half = folder / name, folder / (name + segments.PARTIAL)
        path = whole if whole.exists() else half
        if not path.exists():
            return
        yield path
        is_past = moment is not None and datetime.fromtimestamp(path.stat().st_mtime, UTC) > moment + LATE
        if is_past and name >= base.own_segments()[-1]:
            return
        name = segments.following(name)


def _recover_to(data: Path, target: Target) -> None:
    """Tell the server to replay, on the backup's own timeline, and to open for writing when it is there."""
    (data / AUTO).write_text(
        f'restore_command = \'cp "{data / INCOMING}/%f" "%p"\'\n'
        "recovery_target_timeline = 'current'\n"
        "recovery_target_action = 'promote'\n"
        f"{target.setting()}"
    )
    (data / "recovery.signal").touch()


def _replay(cluster: Cluster, data: Path, lay_rest: Callable[[], int]) -> None:
    """Start and wait until it is open for writing.

    Where the log that was laid ends too early, the rest follows: when segments were sealed says little of what is in
    them where the disk was away or its files were copied. Where nothing was committed after the moment, all of the log
    ends before a commit that could show that it was reached: then all of it is what was asked for.
    """
    if not _reaches(cluster, data) and not (_follow_up(cluster, data, lay_rest) and _reaches(cluster, data)):
        settings = (data / AUTO).read_text()
        (data / AUTO).write_text(re.sub(r"recovery_target_time = .*\n", "", settings))
        _start(cluster)
    (data / AUTO).write_text("")
    shutil.rmtree(data / INCOMING)


def _reaches(cluster: Cluster, data: Path) -> bool:
    """Whether it opened at its target. False when the log was too short; raises EnvironmentRefused for all else."""
    try:
        _start(cluster)
    except EnvironmentRefused:
        if _log_was_too_short(data):
            return False
        raise
    return True


def _follow_up(cluster: Cluster, data: Path, lay_rest: Callable[[], int]) -> int:
    laid = lay_rest()
    _hand_over(cluster, data / INCOMING)
    return laid


def _start(cluster: Cluster) -> None:
    cluster.start()
    while not _is_open(cluster):
        if not cluster.running():
            raise EnvironmentRefused(f"PostgreSQL ended while it replayed the log (see {cluster.data}/log).")
        time.sleep(POLL)


def _is_open(cluster: Cluster) -> bool:
    try:
        with psycopg.connect(**superuser(cluster.env).parameters(), connect_timeout=10) as database:
            row = database.execute("SELECT NOT pg_is_in_recovery()").fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def _log_was_too_short(data: Path) -> bool:
    said_last = "".join(path.read_text(errors="replace") for path in sorted((data / "log").glob("*.log"))[-1:])
    return TOO_SHORT in said_last + (data / "start.log").read_text(errors="replace")


@contextmanager
def beside(
    env: Environment, repository: Repository, base: Base, target: Target, home: Path
) -> Iterator[tuple[Environment, Cluster]]:
    """A restored instance for as long as the block runs, with the keys and settings of `env`; then nothing is left."""
    side = replace(env, home=home, database_url=None, backups=repository.folder)
    Cluster(side).stop()  # of one that was killed
    remove(side)
    home.mkdir(mode=0o711, parents=True)
    try:
        shutil.copytree(env.keys, side.keys)
        cluster = into(env, repository, base, target, home)
        try:
            yield side, cluster
        finally:
            cluster.stop()
    finally:
        remove(side)


def remove(side: Environment) -> None:
    """Take a restored home away, wherever its cluster lies."""
    if side.pg.is_symlink():
        shutil.rmtree(side.pg.resolve(), ignore_errors=True)
    shutil.rmtree(side.home, ignore_errors=True)


def sweep_drill(env: Environment) -> None:
    """Take away what a killed drill left running. Nothing to do while one is at work, or none ever was."""
    side = replace(env, home=env.home / DRILL)
    if side.home.exists():
        with suppress(EnvironmentRefused), Repository.of(env).lock(DRILL):
            Cluster(side).stop()
            remove(side)
