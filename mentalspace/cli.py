"""The command line. Django is imported only by the commands that need it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from mentalspace.env import EnvironmentRefused, environment
from mentalspace.launch.cluster import lease

Command = Callable[..., Any]
PASS_ALL = {
    "ignore_unknown_options": True,
    "allow_interspersed_args": False,
    "help_option_names": ["--help-here"],
}


def main() -> None:
    """The console script: a refusal is one sentence and exit status 1."""
    try:
        commands(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except EnvironmentRefused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)


@click.group()
def commands() -> None:
    """MentalSpace: the record of a mental health practice."""


@contextmanager
def product() -> Iterator[None]:
    """Django, set up, on a running database; the embedded one is started for as long as it takes."""
    with lease(environment()):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
        import django

        django.setup()
        yield


def with_product(command: Command) -> Command:
    """Run a command inside `product`; a number it returns is the exit status."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        with product():
            status = command(*args, **options)
        if status:
            sys.exit(int(status))

    return run


def room(path: str) -> Any:
    """Something of an app, by `module:name`, imported when it is wanted."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


# -- running the product


@commands.command()
def up() -> None:
    """Run the product: database, migrations, web and worker under one supervisor."""
    room("mentalspace.launch.up:up")(environment())


@commands.command()
def migrate() -> None:
    """Bring roles and database to what this version needs, and repair what was changed by hand."""
    from mentalspace.launch import keys, roles

    env = environment()
    keys.create_missing(env)
    with lease(env, make=True):
        for sentence in roles.repair(env):
            click.echo(f"Repaired: {sentence}")
        roles.ensure(env)
        room("mentalspace.launch.prepare:migrate")()
    click.echo("The database is up to date.")


@commands.command()
@click.option("--have-backup", is_flag=True, help="Of one's own PostgreSQL: a backup was taken a moment ago.")
def upgrade(have_backup: bool) -> None:
    """Back up, migrate and renew, while people work. May be killed and given again."""
    room("mentalspace.launch.upgrade:upgrade")(environment(), click.echo, have_backup=have_backup)


@commands.command()
@click.option("--heartbeat", type=float, default=10.0, show_default=True, help="Seconds between signs of life.")
@with_product
def worker(heartbeat: float) -> None:
    """Run jobs until stopped."""
    room("mentalspace.jobs.worker:run")(heartbeat)


@commands.command(hidden=True)
@click.argument("what", type=click.Choice(["silent", "back"]))
@with_product
def alerter(what: str) -> None:
    """Tell administrators that alerts are no longer evaluated, or are again. What `up` calls."""
    room("mentalspace.ops.alerts.silence:tell")(what)


@commands.command()
@click.option("--deploy", is_flag=True, help="Look, too, for what forbids serving a real practice.")
@with_product
def check(deploy: bool) -> int:
    """Look for anything that forbids serving. Exit status 1 when there is something."""
    from django.core import checks
    from django.db import connections, transaction

    from mentalspace.launch import roles

    said = checks.run_checks(include_deployment_checks=deploy)
    for message in said:
        if not message.is_serious():
            click.echo(message)
    found = [str(message) for message in said if message.is_serious()]
    with transaction.atomic():
        found += room("mentalspace.access.boot:problems")()
        connections["default"].ensure_connection()
        found += roles.drift(connections["default"].connection, missing=True)
    for problem in found:
        click.echo(problem, err=True)
    click.echo("Nothing stands in the way." if not found else f"{len(found)} problem(s).")
    return int(bool(found))


# -- the database


@commands.command(context_settings=PASS_ALL)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(arguments: tuple[str, ...]) -> None:
    """PostgreSQL's own client, as the operator; every statement is logged. Takes all of psql's arguments."""
    from mentalspace.launch import binaries
    from mentalspace.launch.connection import connection

    with lease(environment()):
        variables = os.environ | connection("ms_operator").environment() | {"PGAPPNAME": "mentalspace psql"}
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is psql's: it cancels a statement
        client = [str(binaries.find() / "psql"), *arguments]
        child = subprocess.Popen(client, env=variables, preexec_fn=_default_interrupt)
        status = child.wait()
        signal.signal(signal.SIGINT, before)
    sys.exit(status)


def _default_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@commands.group()
def pg() -> None:
    """The embedded cluster by itself, for tools."""


@pg.command("start")
def pg_start() -> None:
    """Start it and leave it running; prints how to connect, with passwords, as JSON."""
    from mentalspace.launch import keys, roles

    env = environment()
    keys.create_missing(env)
    with lease(env, keep=True, make=True):
        roles.ensure(env)
    click.echo(_how_to_connect())


@pg.command("stop")
def pg_stop() -> None:
    """Stop it, whoever is connected."""
    from mentalspace.launch.cluster import Cluster, mutex

    env = environment()
    with mutex(env):
        Cluster(env).stop()


@pg.command("url")
def pg_url() -> None:
    """Print how each role connects, with passwords, as JSON."""
    click.echo(_how_to_connect())


def _how_to_connect() -> str:
    import json

    from mentalspace.env import LOGINS
    from mentalspace.launch.connection import connection, superuser

    roles = {role: connection(role).dsn() for role in LOGINS if role != "postgres"}
    known = connection("ms_owner")
    described = {"host": known.host, "port": known.port, "database": known.dbname}
    return json.dumps(described | {"roles": roles | {"postgres": superuser().dsn()}}, indent=1)


# -- authority and audit


@commands.command()
@click.option("--write", is_flag=True, help="Write docs/access-matrix.md instead of printing.")
@with_product
def access(write: bool) -> Any:
    """Print who may do what: audience by table by verb."""
    return room("mentalspace.access.matrix:main")(write=write)


@commands.command("data-map")
@click.option("--write", is_flag=True, help="Write docs/data-map.md instead of printing.")
@with_product
def data_map(write: bool) -> Any:
    """Print what every table and column holds, how long it is kept, and who reads it."""
    return room("mentalspace.access.data_map:main")(write=write)


@commands.group()
def audit() -> None:
    """The chained audit log."""


@audit.command("verify")
@with_product
def audit_verify() -> Any:
    """Check every practice's chain. Exit status 1 when one is broken."""
    return room("mentalspace.audit.commands:verify")()


@audit.command("seal")
@with_product
def audit_seal() -> Any:
    """Chain what is not chained yet and publish the heads."""
    return room("mentalspace.audit.commands:seal")()


@commands.command()
@click.argument("message", required=False)
@click.option("--json", "as_json", is_flag=True, help="For scripts: whole messages.")
def outbox(message: str | None, as_json: bool) -> None:
    """Mail that was sent while no server is named: the list, or one MESSAGE by the beginning of its id."""
    room("mentalspace.notify.folder:show")(message, as_json=as_json)


@commands.group()
def keys() -> None:
    """The keys of this instance."""


@keys.command("rotate")
@click.argument("which", type=click.Choice(["actor"]))
@with_product
def keys_rotate(which: str) -> None:
    """Sign with a new key from now on. Nobody is signed out."""
    click.echo(f"The key that signs actors is now number {room('mentalspace.access.keys:rotate')()}.")


# -- backups


@commands.command()
@click.option("--now", is_flag=True, hidden=True, help="What it does anyway.")
@click.option("--recovery-key", is_flag=True, help="Make the key that opens backups elsewhere, and show it once.")
@click.option("--check-recovery-key", is_flag=True, help="See whether what was written down opens the backups.")
def backup(now: bool, recovery_key: bool, check_recovery_key: bool) -> None:
    """Back up now: the database, files and keys, sealed, and read back before it counts."""
    take = room("mentalspace.launch.backup.commands:backup")
    take(environment(), recovery_key=recovery_key, check_recovery_key=check_recovery_key)


@commands.command()
def backups() -> None:
    """What there is to restore from: age, size, and which moments."""
    room("mentalspace.launch.backup.commands:backups")(environment())


@commands.command()
@click.option("--to", required=True, metavar="TIME", help="2026-11-23T14:05:00Z, or latest.")
@click.option("--table", help="Only compare this table with what it was; --apply puts it back.")
@click.option("--apply", "apply_", is_flag=True, help="With --table: put rows back that are gone or different.")
@click.option("--into", type=click.Path(path_type=Path), help="Restore into this new folder; touch nothing here.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(to: str, table: str | None, apply_: bool, into: Path | None, yes: bool) -> None:
    """Bring back a moment. Everything: the product must be stopped, and the old database is kept aside."""
    run = room("mentalspace.launch.backup.commands:restore")
    run(environment(), to=to, table=table, into=into, apply=apply_, yes=yes)


@commands.group()
def drill() -> None:
    """Restore drills: the newest backup restored beside the live database and looked at."""


@drill.command("run")
def drill_run() -> None:
    """Do one now. Exit status 1 when it did not pass."""
    from mentalspace.launch.backup.archiver import archiving

    env = environment()
    with lease(env), archiving(env):
        passed = room("mentalspace.continuity.commands:run")(env)
    sys.exit(0 if passed else 1)


@drill.command("key")
def drill_key() -> None:
    """Print the public key that this installation's certificates are checked with."""
    click.echo(room("mentalspace.launch.backup.certificates:public_key")(environment()))


@drill.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="The installation's public key; this one's by default.")
def drill_verify(file: Path, key: str | None) -> None:
    """Check the signature of a certificate and say what it says. Exit status 1 when the drill did not pass."""
    passed = room("mentalspace.continuity.commands:verify")(environment(), file, key)
    sys.exit(0 if passed else 1)


@commands.group()
def downtime() -> None:
    """Read-only for a while: everything can be looked at, nothing is changed."""


@downtime.command("on")
@click.option("--reason", required=True, help="Why; everybody reads it, and it stands in the audit trail.")
@click.option("--hours", type=click.FloatRange(0.1, 72), default=1.0, show_default=True, help="How long it will take.")
@with_product
def downtime_on(reason: str, hours: float) -> int:
    """Make the whole installation read-only until `off`. Exit status 1 when it is already."""
    status: int = room("mentalspace.ops.downtime.commands:on")(reason, hours)
    return status


@downtime.command("off")
@click.option("--all", "practices_too", is_flag=True, help="Practices that their own administrators made so too.")
@with_product
def downtime_off(practices_too: bool) -> int:
    """End what `on` began. Exit status 1 when there was nothing to end."""
    status: int = room("mentalspace.ops.downtime.commands:off")(practices_too=practices_too)
    return status


@downtime.command("status")
@with_product
def downtime_status() -> None:
    """Say what is read-only, why, since when and until when."""
    room("mentalspace.ops.downtime.commands:status")()


# -- data in, data for trying out


@commands.group("import")
def import_() -> None:
    """Bring records in from elsewhere."""


@import_.command("fhir")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option("--practice", help="The practice's short name; the first one by default.")
@click.option("--assign", help="E-mail of the clinician who gets the imported clients.")
@with_product
def import_fhir(paths: tuple[Path, ...], dry_run: bool, practice: str | None, assign: str | None) -> Any:
    """Import FHIR R4 bundles or NDJSON, gzipped or not, from files and folders."""
    importer = room("mentalspace.exchange.commands:import_fhir")
    return importer(list(paths), dry_run=dry_run, practice=practice, assign=assign)


@commands.group()
def demo() -> None:
    """The demo practice."""


@demo.command("people")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@with_product
def demo_people(as_json: bool) -> None:
    """The demo cast: role, e-mail, password, TOTP secret and its code of this moment."""
    import json
    import time

    from mentalspace.launch.totp import code

    people = room("mentalspace.ops.demo:people")()
    if as_json:
        click.echo(json.dumps(people, indent=1, default=str))
        return
    for person in people:
        secret = person["totp_secret"]
        now = code(secret, time.time()) if secret else ""
        click.echo(f"{person['role']:<14} {person['email']:<34} {person['password']:<24} {now:<7} {secret}")


@demo.command("seed")
@with_product
def demo_seed() -> None:
    """Fill an empty database with the demo practice."""
    if not room("mentalspace.ops.demo:seed_if_empty")():
        raise click.ClickException("The database holds something already; nothing was added.")


# -- for developers


@commands.command()
@click.option("--write", is_flag=True, help="Write web/src/api/openapi.json instead of printing.")
@with_product
def openapi(write: bool) -> Any:
    """The API's description."""
    return room("mentalspace.api:export")(write=write)


@commands.command(context_settings=PASS_ALL)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@with_product
def manage(arguments: tuple[str, ...]) -> None:
    """Any of Django's own commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["mentalspace manage", *arguments])


@commands.group()
def storage() -> None:
    """Where files are kept."""


@storage.command("check")
@click.option("--deep", is_flag=True, help="Read every file and compare its hash.")
@with_product
def storage_check(deep: bool) -> Any:
    """Find rows without files and files without rows, and repair what can be. Exit status 1 when something is left."""
    return room("mentalspace.storage.commands:check")(deep=deep)


@storage.command("move")
@click.argument("to", type=click.Choice(["local", "s3"]))
@with_product
def storage_move(to: str) -> Any:
    """Move every file to the home or to S3, comparing hashes. May be stopped and begun again."""
    return room("mentalspace.storage.commands:move")(to)


@commands.group()
def psychotherapy() -> None:
    """Psychotherapy notes of those who left."""


@psychotherapy.command("destroy-key")
@click.argument("email")
@click.option("--reason", required=True, help="Why they may no longer be kept; stands in the audit trail.")
@click.confirmation_option(prompt="Nobody will be able to open these notes again. Destroy the key?")
@with_product
def destroy_key(email: str, reason: str) -> int:
    """Make every psychotherapy note of an author who left unreadable for ever."""
    status: int = room("mentalspace.charting.psychotherapy.commands:destroy_key")(email, reason)
    return status


if __name__ == "__main__":
    main()
