"""Files of the home in the repository: objects, seals, and the vault of psychotherapy keys.

Objects are encrypted already, one immutable file each, and are copied as they are; what is in `seals` and `vault` is
sealed. A file is copied once, and again when it changed. What the home let go of stays until no backup is left that is
older than its removal.
"""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mentalspace.env import Environment
from mentalspace.launch.backup import sealing
from mentalspace.launch.backup.repository import Repository

SEALED = ("seals", "vault")
EVERY = ("objects", *SEALED)
SEALED_AT = frozenset(SEALED)
"""Small files, which may change in place: looked at every time."""

SETTLED = 2_000_000_000
"""Nanoseconds after which a folder's time tells changes apart, on any file system."""


@dataclass
class Mirror:
    """Follows the files of a home. Remembers which folders have not changed, so looking again costs little."""

    env: Environment
    repository: Repository
    troubles: list[str] = field(default_factory=list)
    """What the last look could not copy, and why; it is tried again at the next."""

    _seen: dict[Path, int] = field(default_factory=dict)

    def follow(self) -> int:
        """Copy what is new or changed. Returns how many files."""
        self.troubles = []
        failed: list[Path] = []
        copied = sum(
            self._attempt(name, path, failed) for name in EVERY for path in self._changed(self.env.home / name)
        )
        for path in failed:
            self._seen.pop(path.parent, None)
        return copied

    def _attempt(self, name: str, path: Path, failed: list[Path]) -> bool:
        """One that cannot be copied stands in the way of no other."""
        try:
            return self._copy(name, path)
        except OSError as trouble:
            self.troubles.append(str(trouble))
            failed.append(path)
            return False

    def _changed(self, folder: Path) -> Iterator[Path]:
        """Files below a folder that may be new: all of one that changed since it was looked into, none of another.

        Its time is read before its names, and one that changed just now is looked into again: nothing slips between.
        """
        try:
            changed = folder.stat().st_mtime_ns
            entries = list(os.scandir(folder))
        except FileNotFoundError:
            return
        except OSError as trouble:
            self.troubles.append(str(trouble))
            return
        is_known = self._seen.get(folder) == changed and SEALED_AT.isdisjoint(folder.parts)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from self._changed(Path(entry.path))
            elif not is_known and not entry.name.startswith("."):
                yield Path(entry.path)
        if time.time_ns() - changed > SETTLED:
            self._seen[folder] = changed

    def _copy(self, name: str, path: Path) -> bool:
        target = self.repository.folder / name / path.relative_to(self.env.home / name)
        try:
            found = path.stat()
            if target.exists() and target.stat().st_mtime_ns == found.st_mtime_ns:
                return False
            if name in SEALED:
                self._seal(path, target)
            else:
                copy(path, target)
        except FileNotFoundError:  # let go of while we looked
            return False
        os.utime(target, ns=(found.st_mtime_ns, found.st_mtime_ns))
        return True

    def _seal(self, path: Path, target: Path) -> None:
        with path.open("rb") as file:
            sealing.seal(sealing.chunks(file), target, self.repository.place(target), self.repository.key)


def copy(path: Path, target: Path) -> None:
    """A copy under its name at once and whole, on the disk, with the original's times."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        shutil.copy2(path, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def bring_back(repository: Repository, name: str, home: Path, only: frozenset[str] | None = None) -> int:
    """Put the files of one folder back into a home, where they are missing. Returns how many.

    `only` names them by their place below the folder. Raises Damaged for a sealed one that was altered.
    """
    brought, top = 0, repository.folder / name
    for path in sorted(top.rglob("*")):
        place = path.relative_to(top)
        target = home / name / place
        if not path.is_file() or path.name.startswith(".") or target.exists():
            continue
        if only is not None and place.as_posix() not in only:
            continue
        if name in SEALED:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write(target, sealing.unseal(path, repository.place(path), repository.key))
        else:
            copy(path, target)
        brought += 1
    return brought


def write(target: Path, pieces: Iterator[bytes]) -> None:
    """A plain file, readable by its owner only."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)


def forget_removed(env: Environment, repository: Repository, before: float) -> int:
    """Let go of files that the home no longer has and that were looked at last before `before` (Unix time)."""
    gone = 0
    for name in EVERY:
        top = repository.folder / name
        for path in list(top.rglob("*")):
            if path.name.startswith(".") or not path.is_file():
                continue
            if (env.home / name / path.relative_to(top)).exists():
                _mark(path).unlink(missing_ok=True)
            else:
                gone += _forget(path, before)
    return gone


def _forget(path: Path, before: float) -> bool:
    """Marked when it is first missed, removed when every backup is younger than the mark."""
    mark = _mark(path)
    if not mark.exists():
        mark.touch()
        return False
    if mark.stat().st_mtime >= before:
        return False
    path.unlink(missing_ok=True)
    mark.unlink(missing_ok=True)
    return True


def _mark(path: Path) -> Path:
    return path.with_name(f".{path.name}.gone")
