"""Where backups lie, and what is known of them: a folder that is complete in itself.

    base/20261123T020000Z/      one backup of the database: pieces, and last of all its manifest
    wal/<cluster>-<timeline>/   the log since, segment by segment, and how far it reaches
    objects/ seals/ vault/      files of the home, as they lie there (objects) or sealed
    drills/                     certificates of restore drills
    owner.json                  whose it is: a MAC of the backup key's
    keys.sealed                 the key folder, for the holder of the recovery key

What has no manifest is not a backup: whatever a killed process leaves never counts. Manifests carry a MAC of the
backup key's, so that none can be made or altered without it.
"""

import fcntl
import hmac
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import keys
from mentalspace.launch.backup import recovery, sealing, segments

MANIFEST, COVERAGE, STATE, OWNER = "manifest.json", "coverage.json", "state.json", "owner.json"
LAST = "G"
"""After the name of every segment."""

BEGUN = "backups-begun.json"
"""In the home: the folders elsewhere that backups were begun in, each with the name its owner file gave itself."""

STAMP = "%Y%m%dT%H%M%SZ"
KINDS = ("daily", "asked")


@dataclass(frozen=True)
class Piece:
    """One file of a backup."""

    name: str
    plain: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Base:
    """One finished backup of the database, checked by reading it back.

    `line` names the cluster and its timeline; `first_segment` is where its log begins. It can be restored from
    `ended_at` on. Sizes in bytes: as it was, and as it lies in the repository.
    """

    id: str
    kind: str
    line: str
    began_at: datetime
    ended_at: datetime
    verified_at: datetime
    first_segment: str
    end_lsn: str
    postgres: int
    plain: int
    size: int
    objects: int
    pieces: list[Piece] = field(repr=False)

    def own_segments(self) -> list[str]:
        """The log that was written while it was made."""
        names, last = [self.first_segment], segments.holding(self.end_lsn, self.first_segment[:8])
        while names[-1] < last:
            names.append(segments.following(names[-1]))
        return names

    def as_json(self) -> dict[str, Any]:
        moments = {name: getattr(self, name).isoformat() for name in ("began_at", "ended_at", "verified_at")}
        return asdict(self) | moments

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Base":
        moments = {name: datetime.fromisoformat(said[name]) for name in ("began_at", "ended_at", "verified_at")}
        return cls(**said | moments | {"pieces": [Piece(**each) for each in said["pieces"]]})


@dataclass(frozen=True)
class Coverage:
    """How far the log of a line reaches: everything committed until then lies sealed in the repository."""

    until: datetime
    lsn: str
    segment: str


class Repository:
    """The backups in one folder, opened with the backup key. Making one of these touches nothing."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self.key = folder, key

    @classmethod
    def of(cls, env: Environment) -> "Repository":
        """That of a home. Raises EnvironmentRefused where its key or the disk it is on is missing."""
        if env.backups != env.home / "backups" and not env.backups.is_dir():
            raise EnvironmentRefused(f"{env.backups}, where backups go, is not there; is its disk mounted?")
        repository = cls(env.backups, keys.read(env, "backup"))
        repository.refuse_anothers()
        if repository.identity() is None and str(env.backups) in begun(env):
            raise EnvironmentRefused(
                f"The backups that were begun in {env.backups} are not there; is its disk mounted? To begin anew in an"
                f" empty folder, remove {env.home / BEGUN}."
            )
        return repository

    def identity(self) -> str | None:
        """What its owner file calls it; None where there is none, as in a folder that a disk is to be mounted on."""
        said = self.signed(self.folder / OWNER)
        return str(said.get("id", "")) if said else None

    def remember(self, env: Environment) -> None:
        """Have the home know that backups were begun here. A disk that is not mounted leaves an empty folder."""
        known, name = begun(env), str(self.folder)
        identity = self.identity()
        if self.folder != env.home / "backups" and identity is not None and known.get(name) != identity:
            keys.write_private(env.home / BEGUN, json.dumps(known | {name: identity}))

    def refuse_anothers(self) -> None:
        """Two installations in one folder would remove each other's log and keys. Raises EnvironmentRefused."""
        owner = self.folder / OWNER
        if owner.exists() and self.signed(owner) is None:
            raise EnvironmentRefused(
                f"The backups in {self.folder} are another installation's, made with other keys. Restore them with"
                " their recovery key into an empty home, or name another folder with MENTALSPACE_BACKUPS."
            )

    def base(self, identifier: str) -> Path:
        return self.folder / "base" / identifier

    def wal(self, line: str) -> Path:
        return self.folder / "wal" / line

    @property
    def objects(self) -> Path:
        return self.folder / "objects"

    @property
    def drills(self) -> Path:
        return self.folder / "drills"

    @property
    def sealed_keys(self) -> Path:
        return self.folder / "keys.sealed"

    # -- what there is

    def bases(self) -> list[Base]:
        """Every finished backup, oldest first. One whose manifest was altered is not among them."""
        found = []
        for path in sorted((self.folder / "base").glob(f"*/{MANIFEST}")):
            said = self.signed(path)
            if said is not None:
                found.append(Base.from_json(said))
        return sorted(found, key=lambda each: each.began_at)

    def spoiled(self) -> list[str]:
        """Names of backups whose manifest was altered or damaged."""
        paths = sorted((self.folder / "base").glob(f"*/{MANIFEST}"))
        return [path.parent.name for path in paths if self.signed(path) is None]

    def coverage(self, line: str) -> Coverage | None:
        """How far the log of a line reaches; None when there is none."""
        said = self.signed(self.wal(line) / COVERAGE)
        return Coverage(datetime.fromisoformat(said["until"]), said["lsn"], said["segment"]) if said else None

    def newest_coverage(self) -> tuple[str, Coverage] | None:
        """The line that was written last, and how far it reaches."""
        lines = [path.parent.name for path in (self.folder / "wal").glob(f"*/{COVERAGE}")]
        found = [(line, known) for line in lines if (known := self.coverage(line))]
        return max(found, key=lambda pair: pair[1].until, default=None)

    def size(self) -> int:
        """Bytes that the whole repository takes."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def state(self) -> dict[str, Any]:
        """What was tried last and how it ended: `attempted_at` and `failure`. Not a secret, and not relied on."""
        try:
            said: dict[str, Any] = json.loads((self.folder / STATE).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return said

    # -- writing

    def write_state(self, **said: Any) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys.write_private(self.folder / STATE, json.dumps(self.state() | said))

    def write_keys(self, env: Environment) -> None:
        """Put the key folder as it is now into the repository, for the holder of the recovery key, if there is one."""
        public = recovery.public_half(env)
        if public is not None:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            keys.write_private(self.sealed_keys, recovery.sealed_keys(env, public))

    def sign(self, path: Path, said: dict[str, Any]) -> None:
        """Write facts with their MAC: readers see the old file or the new one."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys.write_private(path, json.dumps({"said": said, "mac": self._mac(path, said)}, indent=1) + "\n")
        sealing.sync(path.parent)

    def signed(self, path: Path) -> dict[str, Any] | None:
        """Facts whose MAC is right; None for what is missing, damaged, altered, or lies in another's place."""
        try:
            content = json.loads(path.read_text())
            said: dict[str, Any] = content["said"]
            good = hmac.compare_digest(content["mac"], self._mac(path, said))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return said if good else None

    def _mac(self, path: Path, said: dict[str, Any]) -> str:
        place = path.relative_to(self.folder).as_posix()
        text = json.dumps([place, said], sort_keys=True, separators=(",", ":"))
        return hmac.new(sealing.derived(self.key, "manifests"), text.encode(), "sha256").hexdigest()

    def place(self, path: Path) -> str:
        """What a sealed file is bound to."""
        return path.relative_to(self.folder).as_posix()

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """One writer of a kind at a time. The lock goes with the process. Raises EnvironmentRefused when taken."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self.folder / OWNER).exists():
            self.sign(self.folder / OWNER, {"owner": "this installation", "id": secrets.token_hex(8)})
        with (self.folder / f".{name}.lock").open("w") as file:
            if not _locked(file):
                raise Busy(f"Another process writes the {name} in {self.folder}; wait until it has ended.")
            yield

    def is_locked(self, name: str) -> bool:
        """Whether somebody is at it now."""
        try:
            with (self.folder / f".{name}.lock").open() as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    # -- tidying

    def clear_unfinished(self) -> None:
        """Remove what killed processes left. Only for whoever holds the lock for backups."""
        for folder in (self.folder / "base").glob("*"):
            if not (folder / MANIFEST).exists():
                shutil.rmtree(folder)

    def remove(self, base: Base) -> None:
        """The manifest first: what is left of a killed removal is no backup."""
        (self.base(base.id) / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(self.base(base.id), ignore_errors=True)

    def drop_log(self, bases: list[Base], needed_from: list[Base]) -> None:
        """Remove segments that nobody needs: kept are those from `needed_from` on, and of each other backup in `bases`
        the few that were written while it was made, without which it could not be restored."""
        first: dict[str, str] = {}
        for base in needed_from:
            first[base.line] = min(base.first_segment, first.get(base.line, base.first_segment))
        own = {(base.line, name) for base in bases for name in base.own_segments()}
        for folder in (self.folder / "wal").glob("*"):
            for path in folder.glob("[0-9A-F]*"):
                name = path.name[:24]
                if path.name.endswith(".history") or (folder.name, name) in own:
                    continue
                if name < first.get(folder.name, LAST):
                    path.unlink(missing_ok=True)


def begun(env: Environment) -> dict[str, str]:
    """The folders that this home began backups in, and what each called itself."""
    try:
        known: dict[str, str] = json.loads((env.home / BEGUN).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return known


def _locked(file: IO[str]) -> bool:
    """Try a few times: whoever only looks holds it for a moment."""
    for _ in range(5):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


class Busy(EnvironmentRefused):
    """Somebody else is at it."""


def free_bytes(folder: Path) -> int:
    """Room on the disk that `folder` is, or will be, on."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def stamp(moment: datetime) -> str:
    """A moment as part of a name."""
    return moment.astimezone(UTC).strftime(STAMP)


def give_back(path: Path, uid: int, gid: int) -> None:
    """Make everything below `path` an account's, where we may."""
    for folder, _, files in os.walk(path):
        os.chown(folder, uid, gid)
        for name in files:
            os.chown(Path(folder) / name, uid, gid)
