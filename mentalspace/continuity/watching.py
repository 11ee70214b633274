"""How backups stand, as plain facts: for the page, the health check, and the alarm."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mentalspace.env import Environment, environment
from mentalspace.launch.backup import certificates, restoring
from mentalspace.launch.backup.repository import Base, Repository
from mentalspace.launch.keys import read

LONGEST = timedelta(hours=26)
"""Without a backup, or without a drill that passed, for so long: an alarm. A day, and two hours for a machine that is
slow or was off."""

BEHIND = timedelta(minutes=5)
"""The log is sealed every few seconds; the promise is a minute. So late, something is wrong."""

PASSING = 300.0
"""Seconds for which facts are worth keeping: the health check may be asked many times a minute."""


@dataclass(frozen=True)
class Standing:
    """`since` is when this installation could first have made a backup; what was committed until `covered_until` can be
    restored: a log that no backup leads to does not count."""

    since: datetime
    newest: Base | None
    covered_until: datetime | None
    last_pass: datetime | None

    def overdue(self, now: datetime) -> list[str]:
        """What is overdue: "backup", "drill", "log"."""
        found = []
        if now - (self.newest.began_at if self.newest else self.since) > LONGEST:
            found.append("backup")
        if now - (self.last_pass or self.since) > LONGEST:
            found.append("drill")
        if now - (self.covered_until or self.since) > BEHIND:
            found.append("log")
        return found


def standing(env: Environment) -> Standing:
    """How it stands now. Raises EnvironmentRefused where the repository is away."""
    repository = Repository.of(env)
    spans = restoring.spans(repository)
    passed = certificates.last_pass(env, repository)
    return Standing(
        since=born(env),
        newest=spans[-1].base if spans else None,
        covered_until=max((span.until for span in spans), default=None),
        last_pass=passed.ended_at if passed else None,
    )


def born(env: Environment) -> datetime:
    """When the backup key was made: nothing could be backed up before."""
    read(env, "backup")
    return datetime.fromtimestamp((env.keys / "backup").stat().st_mtime, UTC)


WAITING = timedelta(minutes=1)
"""How long what was asked for is shown as about to run; a worker takes it up within a second or two."""


def asked_at(what: str) -> str:
    """The name under which the repository notes when "backups" or "drill" was asked for."""
    return f"{what}_asked_at"


def runs(repository: Repository, what: str, now: datetime) -> bool:
    """Whether a backup ("backups") or a drill ("drill") runs, or is about to."""
    asked = repository.state().get(asked_at(what))
    return repository.is_locked(what) or (bool(asked) and now - datetime.fromisoformat(str(asked)) < WAITING)


_kept: dict[str, tuple[float, Standing]] = {}


def lately(env: Environment | None = None, seconds: float = PASSING / 10) -> Standing:
    """As `standing`, looked at again only after so many seconds."""
    env = env or environment()
    key = str(env.home)
    if key not in _kept or time.monotonic() - _kept[key][0] > seconds:
        _kept[key] = (time.monotonic(), standing(env))
    return _kept[key][1]
