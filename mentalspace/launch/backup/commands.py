"""`mentalspace backup`, `mentalspace backups` and `mentalspace restore`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from mentalspace.env import Environment, EnvironmentRefused, _secrets
from mentalspace.launch.backup import archiver, recovery, replacing, restoring, tables, taking
from mentalspace.launch.backup.repository import Repository
from mentalspace.launch.backup.restoring import Target, said
from mentalspace.launch.cluster import HALFWAY, Cluster, lease, mutex
from mentalspace.launch.migrating import NOTE
from mentalspace.launch.up import only_one

LATEST = "latest"
UNITS = ("B", "kB", "MB", "GB", "TB")
FOR_RESTORING = "Recovery key"

WRITE_IT_DOWN = """This is the recovery key. It is shown once and kept nowhere:

    {key}

Write it down and keep it away from this machine and from the backups, two people's knowledge of where it is included.
With it and the folder {folder}, everything can be restored on another machine. Without it, and without this machine's
own key folder, nobody can open these backups."""

REPLACE = "There is a recovery key; what was written down will not open the backups any more. Make a new one?"
SURE = "The database of {home} will be as it was {moment}. What came later is kept aside, not in use. Go on?"


def backup(env: Environment, *, recovery_key: bool, check_recovery_key: bool) -> None:
    """Take a backup now, or deal with the recovery key."""
    if recovery_key:
        _make_recovery_key(env)
    elif check_recovery_key:
        _check_recovery_key(env)
    else:
        with lease(env), archiver.archiving(env):
            base = taking.take(env, "asked", click.echo)
        click.echo(f"Backup {base.id}: {size(base.size)} in the repository, read back and whole.")
        _mention_recovery_key(env)


def _make_recovery_key(env: Environment) -> None:
    """Shown before it is in force: whatever fails, nobody is left with a key that was never seen."""
    repository = Repository.of(env)
    if recovery.public_half(env) is not None:
        click.confirm(REPLACE, abort=True)
    key, public = recovery.make()
    click.echo(WRITE_IT_DOWN.format(key=key, folder=repository.folder))
    recovery.keep(env, public)
    repository.write_keys(env)


def _check_recovery_key(env: Environment) -> None:
    """That what was written down opens the keys in the repository: nobody should find out on the day it is needed."""
    key = recovery.read(click.prompt(FOR_RESTORING, hide_input=True))
    content = Repository.of(env).sealed_keys
    if not content.exists():
        raise EnvironmentRefused("There are no keys in the repository yet; `mentalspace backup --recovery-key` first.")
    names = recovery.opened(content.read_bytes(), key)
    click.echo(f"This recovery key opens the {len(names)} keys in {content}.")


def _mention_recovery_key(env: Environment) -> None:
    if recovery.public_half(env) is None:
        click.echo(
            "Nobody holds a recovery key: without this machine's key folder these backups cannot be opened.\n"
            "`mentalspace backup --recovery-key` makes one."
        )


def backups(env: Environment) -> None:
    """The list of backups, what can be restored, and what went wrong last."""
    repository = Repository.of(env)
    found = restoring.spans(repository)
    for span in found:
        base = span.base
        click.echo(
            f"{base.id}  {base.kind:<6} {age(base.began_at):>12} ago  {size(base.size):>9}  checked  "
            f"restores {said(span.since)} to {said(span.until)}"
        )
    for name in repository.spoiled():
        click.echo(f"{name}  ALTERED OR DAMAGED: its manifest is not what was written; it is not used.", err=True)
    if not found:
        click.echo(restoring.NO_BACKUP.format(folder=repository.folder))
    click.echo(f"{repository.folder}: {size(repository.size())} in all.")
    if failure := repository.state().get("failure"):
        click.echo(f"The last attempt failed: {failure}", err=True)
    _mention_recovery_key(env)


def restore(env: Environment, *, to: str, table: str | None, into: Path | None, apply: bool, yes: bool) -> None:
    """Bring back a moment: everything, everything into another folder, or one table."""
    if env.database_url and not table:
        raise EnvironmentRefused(taking.OWN_ONLY)
    moment = moment_of(to)
    if table:
        _restore_table(env, moment, table, apply=apply)
    elif into:
        _restore_into(env, moment, into)
    else:
        _restore_all(env, moment, yes=yes)


def _restore_table(env: Environment, moment: datetime | None, table: str, *, apply: bool) -> None:
    with lease(env):
        found = tables.compare(env, moment, table, apply=apply)
    then = said(moment) if moment else "in the newest backup"
    click.echo(f"{table}, now against {then}:")
    click.echo(f"  {found.gone:>8,} rows are gone since: {'put back' if apply else 'would be put back'}")
    click.echo(f"  {found.changed:>8,} rows are different: {'set back' if apply else 'would be set back'}")
    click.echo(f"  {found.later:>8,} rows came later: they stay")
    if not apply:
        click.echo("Nothing was changed. The same command with --apply does it.")


def _restore_into(env: Environment, moment: datetime | None, into: Path) -> None:
    _have_keys(env)
    repository = Repository.of(env)
    base = restoring.choose(repository, moment)
    replacing.lay_down(env, repository, base, Target(moment), into.absolute(), click.echo)
    click.echo(f"Restored. Start it with MENTALSPACE_HOME={into.absolute()} mentalspace up")


def _restore_all(env: Environment, moment: datetime | None, *, yes: bool) -> None:
    env.home.mkdir(parents=True, exist_ok=True)
    with only_one(env):
        if not (env.home / HALFWAY).exists():
            _have_keys(env)
            restoring.choose(Repository.of(env), moment)  # refused before anybody is asked anything
            then = said(moment) if moment else "when the newest log was sealed"
            yes or click.confirm(SURE.format(home=env.home, moment=then), abort=True)
        with mutex(env):
            Cluster(env).stop()
            aside = replacing.replace_all(env, moment, click.echo)
            (env.home / NOTE).unlink(missing_ok=True)
    click.echo("Restored. Start the product with `mentalspace up`; it writes this down in the audit trail.")
    if aside:
        click.echo(f"The old database is in {aside}; remove it when you no longer need it.")


def _have_keys(env: Environment) -> None:
    """On a new machine the keys come out of the repository."""
    if (env.keys / "backup").exists():
        return
    click.echo(f"There are no keys in {env.keys}; the recovery key opens those in {env.backups}.")
    replacing.bring_keys(env, click.prompt(FOR_RESTORING, hide_input=True))
    _secrets.cache_clear()


def moment_of(text: str) -> datetime | None:
    """`latest`, or a moment as ISO 8601 writes it; UTC unless it says otherwise. Raises EnvironmentRefused."""
    if text == LATEST:
        return None
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        raise EnvironmentRefused(
            f"{text!r} is not a moment; give one such as 2026-11-23T14:05:00Z, or latest."
        ) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def size(count: int) -> str:
    """Bytes for people."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {UNITS[unit]}" if unit == 0 else f"{value:.1f} {UNITS[unit]}"


def age(moment: datetime) -> str:
    """How long ago, roughly."""
    passed = datetime.now(UTC) - moment
    if passed < timedelta(hours=2):
        return f"{passed // timedelta(minutes=1)} minutes"
    return f"{passed // timedelta(hours=1)} hours" if passed < timedelta(days=2) else f"{passed.days} days"
