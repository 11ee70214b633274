"""Taking a backup of the database: streamed from the server, sealed in pieces, read back, and only then counted.

Plain data never touches the disk. A backup that is killed at any point leaves a folder without a manifest, which counts
for nothing and is removed by the next one.
"""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import IO

import psycopg

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import binaries
from mentalspace.launch.backup import mirror, retention, sealing, segments, verifying
from mentalspace.launch.backup.archiver import Written, read_written
from mentalspace.launch.backup.repository import MANIFEST, Base, Piece, Repository, free_bytes, stamp
from mentalspace.launch.connection import connection

PIECE = 64 * 1024 * 1024
"""Plain bytes in one file of a backup."""

SPARE = 256 * 1024 * 1024
"""Room that must be left beside a backup as large as the database."""

LOG_SECONDS = 120
"""How long the archiver may take to bring the end of the log that a backup needs."""

POLL = 0.2
OWN_ONLY = "Backups of one's own PostgreSQL (MENTALSPACE_DATABASE_URL) are dumps; they are not made here."


def last(hour: int, minute: int, now: datetime) -> datetime:
    """The latest moment at or before `now` at which a clock in UTC showed that time."""
    today = now.astimezone(UTC).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def due(bases: list[Base], now: datetime) -> bool:
    """Whether the backup of the last 02:00 UTC is missing. One from the future, when the clock was ahead, is not it."""
    return not any(last(2, 0, now) <= each.began_at <= now for each in bases)


def take(env: Environment, kind: str, say: Callable[[str], None] = lambda sentence: None) -> Base:
    """Make a backup, check it, and let go of what is no longer kept. Raises EnvironmentRefused with what is wrong.

    Needs the database running and its log streaming (`archiver.archiving`).
    """
    repository = Repository.of(env)
    with repository.lock("backups"):
        repository.write_state(attempted_at=_now().isoformat(), failure="")
        try:
            repository.clear_unfinished()
            base = _take(env, repository, kind, say)
        except (EnvironmentRefused, psycopg.Error, OSError) as trouble:
            sentence = " ".join(str(trouble).split()) or type(trouble).__name__
            repository.write_state(failure=sentence)
            raise EnvironmentRefused(f"No backup was made: {sentence}") from trouble
        tidy(env, repository, _now())
    return base


def _take(env: Environment, repository: Repository, kind: str, say: Callable[[str], None]) -> Base:
    if env.database_url:
        raise EnvironmentRefused(OWN_ONLY)
    began, written, size = _now(), *_asked(env)
    _refuse_without_room(repository, size)
    identifier = stamp(began)
    say(f"Backing up {size / 1e6:,.0f} MB …")
    listed = _streamed(env, repository, identifier)
    say("Checking what was written …")
    contents = verifying.check(repository, identifier, listed)
    verified = _now()
    await_log(repository, written.line, contents.end_lsn)
    base = Base(
        id=identifier,
        kind=kind,
        line=written.line,
        began_at=began,
        ended_at=_now(),
        verified_at=verified,
        first_segment=contents.first_segment,
        end_lsn=contents.end_lsn,
        postgres=binaries.major(binaries.find()),
        plain=sum(piece.plain for piece in listed),
        size=sum(piece.size for piece in listed),
        objects=sum(1 for path in env.objects.rglob("*") if path.is_file()),
        pieces=listed,
    )
    repository.sign(repository.base(identifier) / MANIFEST, base.as_json())
    return base


def _asked(env: Environment) -> tuple[Written, int]:
    """Where the log is, and how large the product's database is; the others are small and empty."""
    with psycopg.connect(**connection("ms_backup", env).parameters(), connect_timeout=10) as database:
        row = database.execute("SELECT pg_database_size(current_database())").fetchone()
        assert row is not None
        return read_written(database), int(row[0])


def _refuse_without_room(repository: Repository, size: int) -> None:
    """Compressed it takes less; a disk that could not hold it as it is, is too full to go on with."""
    free, needed = free_bytes(repository.folder), size + SPARE
    if free < needed:
        raise EnvironmentRefused(
            f"there is too little room in {repository.folder}: {free / 1e9:.1f} GB are free, and {needed / 1e9:.1f} GB"
            " are needed. Clear some, or name another disk with MENTALSPACE_BACKUPS."
        )


def _streamed(env: Environment, repository: Repository, identifier: str) -> list[Piece]:
    """The database's files as pieces in the repository."""
    repository.base(identifier).mkdir(mode=0o700, parents=True)
    with _base_backup(env) as stream:
        return list(_cut(repository, identifier, stream))


def _cut(repository: Repository, identifier: str, stream: IO[bytes]) -> Iterator[Piece]:
    number, ended = 0, False
    while not ended:
        path = repository.base(identifier) / f"{number:05d}.sealed"
        done = sealing.seal(sealing.chunks(stream, PIECE), path, repository.place(path), repository.key)
        ended = done.plain < PIECE
        yield Piece(path.name, done.plain, done.size, done.sha256)
        number += 1


@contextmanager
def _base_backup(env: Environment) -> Iterator[IO[bytes]]:
    """The server's own copy of itself as a tar stream. Raises EnvironmentRefused with what the program said."""
    tool = str(binaries.find() / "pg_basebackup")
    command = [tool, "-D", "-", "-F", "tar", "-X", "none", "-c", "fast", "--manifest-checksums=SHA256", "--no-password"]
    variables = os.environ | connection("ms_backup", env).environment() | {"LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None  # noqa: PT018
    said: list[bytes] = []
    listening = threading.Thread(target=lambda: said.append(process.stderr.read()), daemon=True)  # type: ignore[union-attr]
    listening.start()
    try:
        yield process.stdout
        if process.wait():
            listening.join()
            raise EnvironmentRefused(f"PostgreSQL broke off the backup: {_last_line(said)}")
    finally:
        process.kill()
        process.wait()
        listening.join()
        process.stdout.close()
        process.stderr.close()


def _last_line(said: list[bytes]) -> str:
    lines = b"".join(said).decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it gave no reason"


def await_log(repository: Repository, line: str, lsn: str) -> None:
    """A backup is of no use without the log that was written meanwhile."""
    deadline = time.monotonic() + LOG_SECONDS
    while not reaches(repository, line, lsn):
        if time.monotonic() >= deadline:
            raise EnvironmentRefused("the database's log does not arrive; is the product running (`mentalspace up`)?")
        time.sleep(POLL)


def reaches(repository: Repository, line: str, lsn: str) -> bool:
    """Whether the sealed log goes at least so far."""
    known = repository.coverage(line)
    return known is not None and segments.position(known.lsn) >= segments.position(lsn)


def tidy(env: Environment, repository: Repository, now: datetime) -> list[str]:
    """Let go of backups past their time, of the log that only they needed, and of files removed long ago."""
    bases = repository.bases()
    keep = retention.kept(bases, now)
    gone = [base for base in bases if base not in keep]
    for base in gone:
        repository.remove(base)
    repository.drop_log(keep, retention.log_needed_by(keep, now))
    if keep:
        mirror.forget_removed(env, repository, keep[0].began_at.timestamp())
    repository.write_state(size=repository.size())
    return [base.id for base in gone]


def _now() -> datetime:
    return datetime.now(UTC)
