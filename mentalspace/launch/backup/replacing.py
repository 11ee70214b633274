"""A full restore: the database of a home replaced by a restored one, the old one kept aside.

The restored cluster is made ready beside the old one first, so that a backup that does not restore costs nothing. Then
folders change places, each by one rename, after a note that says so: a restore killed in between is finished by giving
the command again, and until then nothing starts.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from mentalspace.env import Environment, EnvironmentRefused, _secrets
from mentalspace.launch import keys
from mentalspace.launch.backup import mirror, recovery, restoring
from mentalspace.launch.backup.repository import Base, Repository, stamp
from mentalspace.launch.backup.restoring import Target, said
from mentalspace.launch.cluster import HALFWAY
from mentalspace.launch.connection import superuser

SIDE, NEWS = "restoring", "restored.json"
COPY = "copy.json"
"""In a home that was restored beside another, to look at. It must not do the other's work: see `is_copy`."""

MOVED = ("pg", "seals", "receiving")
"""What changes places. Objects and the vault only ever gain what is missing."""

HEADS = "SELECT practice_id::text, max(position) FROM audit_chain GROUP BY practice_id"
HAS_CHAIN = "SELECT to_regclass('audit_chain') IS NOT NULL"


def replace_all(env: Environment, moment: datetime | None, say: Callable[[str], None]) -> Path | None:
    """Bring the home back to a moment, or to the newest state there is. Nothing may run on it.

    Returns where the old data is now; None when there was none. Raises EnvironmentRefused.
    """
    if (env.home / HALFWAY).exists():
        return finish(env)
    repository = Repository.of(env)
    base = restoring.choose(repository, moment)
    side = replace(env, home=env.home / SIDE)
    restoring.remove(side)
    side.home.mkdir(mode=0o711)
    shutil.copytree(env.keys, side.keys)
    cluster = restoring.into(env, repository, base, Target(moment), side.home, say)
    try:
        heads = chain_heads(side)
    finally:
        cluster.stop()
    say("Bringing back files …")
    mirror.bring_back(repository, "seals", side.home)
    for name in ("objects", "vault"):
        mirror.bring_back(repository, name, env.home)
    trim_seals(side.seals, heads)
    (side.home / "receiving").mkdir(mode=0o700)
    news = {"moment": said(moment) if moment else "the newest", "backup": base.id, "at": said(datetime.now(UTC))}
    return _swap(env, news)


def finish(env: Environment) -> Path | None:
    """Go on with a restore that was killed while folders changed places."""
    note = json.loads((env.home / HALFWAY).read_text())
    aside: Path = env.home / note["aside"]
    for name in MOVED:
        _exchange(env.home / SIDE / name, env.home / name, aside / name)
    restoring.remove(replace(env, home=env.home / SIDE))
    keys.write_private(env.home / NEWS, json.dumps(note["news"]))
    (env.home / HALFWAY).unlink()
    if not any(aside.iterdir()):
        aside.rmdir()
        return None
    return aside


def _swap(env: Environment, news: dict[str, Any]) -> Path | None:
    aside = env.home / f"before-restore-{stamp(datetime.now(UTC))}"
    aside.mkdir(mode=0o711)
    keys.write_private(env.home / HALFWAY, json.dumps({"aside": aside.name, "news": news}))
    return finish(env)


def _exchange(new: Path, place: Path, old: Path) -> None:
    """Put `new` into `place`, and what was there to `old`. Nothing more to do when that was done before."""
    if not os.path.lexists(new):
        return
    if os.path.lexists(place):
        place.rename(old)
    new.rename(place)


def chain_heads(side: Environment) -> dict[str, int]:
    """How far each practice's chain of audit rows reaches in the restored database."""
    with psycopg.connect(**superuser(side).parameters()) as database:
        row = database.execute(HAS_CHAIN).fetchone()
        return dict(database.execute(HEADS).fetchall()) if row and row[0] else {}


def trim_seals(folder: Path, heads: dict[str, int]) -> None:
    """Seals of what was written after the moment would say that the chain was cut off; the old ones are kept aside."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for path in folder.glob("*.jsonl"):
        lines = path.read_text().splitlines()
        kept = [line for line in lines if json.loads(line)["position"] <= heads.get(path.stem, 0)]
        keys.write_private(path, "".join(line + "\n" for line in kept))


# -- on a new machine


def bring_keys(env: Environment, recovery_key: str) -> None:
    """Make the key folder of an empty home out of the repository. Raises EnvironmentRefused for another's key."""
    sealed = env.backups / "keys.sealed"
    if not sealed.exists():
        raise EnvironmentRefused(f"There are no keys in {env.backups}: no recovery key was made before that.")
    recovery.open_keys(sealed.read_bytes(), recovery.read(recovery_key), env.keys)
    _secrets.cache_clear()


def lay_down(
    env: Environment, repository: Repository, base: Base, target: Target, home: Path, say: Callable[[str], None]
) -> None:
    """Restore everything into a new home, `home`, and leave it stopped."""
    if home.exists() and any(home.iterdir()):
        raise EnvironmentRefused(f"{home} is not empty.")
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    side = replace(env, home=home)
    keys.write_private(home / COPY, json.dumps({"backup": base.id, "at": said(datetime.now(UTC))}))
    shutil.copytree(env.keys, side.keys)
    cluster = restoring.into(env, repository, base, target, home, say)
    try:
        heads = chain_heads(side)
    finally:
        cluster.stop()
    for name in mirror.EVERY:
        mirror.bring_back(repository, name, home)
    trim_seals(side.seals, heads)


def is_copy(env: Environment) -> bool:
    """Whether a home was restored to look at: its worker would send once more what waits there to be sent, and its
    archiver would write into the repository of the instance that it is a copy of."""
    return (env.home / COPY).exists()
