"""What forbids, or speaks against, serving a real practice: Django's own checks of a deployment, and these.

`mentalspace check --deploy` runs them. An error is something that puts records or accounts at risk; a warning is worth
a decision. Nothing here looks at what a start refuses anyway (`access.boot`, `env`).
"""

import stat
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice
from django.db import transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.continuity import watching
from mentalspace.core import clock
from mentalspace.env import THIS_MACHINE, Environment, EnvironmentRefused, environment
from mentalspace.launch.backup import recovery
from mentalspace.ops.demo import cast
from mentalspace.practices.models import Practice

VERIFIED = {"verify-full"}
OTHERS = stat.S_IRWXG | stat.S_IRWXO

Look = Callable[[Environment], Iterator[CheckMessage]]
LOOKS: list[Look] = []


def look(function: Look) -> Look:
    LOOKS.append(function)
    return function


@register("deployment", deploy=True)
def check_deployment(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Everything below, of this environment."""
    env = environment()
    return [message for each in LOOKS for message in each(env)]


@look
def _demo(env: Environment) -> Iterator[CheckMessage]:
    hint = "Set MENTALSPACE_DEMO=0 and begin with an empty MENTALSPACE_HOME."
    if env.demo:
        yield Error("The demo practice is switched on: anybody knows its passwords.", hint, id="mentalspace.E001")
    with acting_as(IDENTITY), transaction.atomic():
        if Practice.objects.filter(pk=cast.RIVERBEND.id).exists():
            yield Error(
                "The demo practice is in this database: anybody knows its passwords.", hint, id="mentalspace.E002"
            )


@look
def _address(env: Environment) -> Iterator[CheckMessage]:
    url = urlsplit(env.public_url)
    if url.scheme != "https":
        hint = "Put a proxy in front that speaks TLS (deploy/Caddyfile), and set MENTALSPACE_PUBLIC_URL=https://…"
        yield Error(
            "People reach it without TLS: passwords and records travel in the clear.", hint, id="mentalspace.E003"
        )
    elif not env.trusted_proxies:
        hint = "Set MENTALSPACE_TRUSTED_PROXIES to the proxy's address; 127.0.0.1/32 for one on this machine."
        text = "No proxy is believed: everybody seems to come from its address, in the trail and in limits."
        yield Error(text, hint, id="mentalspace.E004")
    if not _is_loopback(env.host):
        hint = "Set MENTALSPACE_HOST=127.0.0.1, or see that only the proxy reaches this port."
        yield Advice(f"It listens on {env.host}, past the proxy.", hint, id="mentalspace.W005")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in THIS_MACHINE


@look
def _keys(env: Environment) -> Iterator[CheckMessage]:
    for path in (env.keys, *sorted(env.keys.iterdir())):
        if path.stat().st_mode & OTHERS:
            hint = f"chmod {'700' if path.is_dir() else '600'} {path}"
            yield Error(f"Other accounts of this machine may open {path}.", hint, id="mentalspace.E006")


@look
def _database(env: Environment) -> Iterator[CheckMessage]:
    if not env.database_url:
        return
    url = urlsplit(env.database_url)
    mode = parse_qs(url.query).get("sslmode", [""])[0]
    if url.hostname not in THIS_MACHINE and mode not in VERIFIED:
        hint = "Add ?sslmode=verify-full&sslrootcert=… to MENTALSPACE_DATABASE_URL."
        yield Error("The database's certificate is not verified on the way there.", hint, id="mentalspace.E007")
    hint = "See that its backups reach any moment of a week, and restore one every day."
    yield Advice(
        "Backups of this PostgreSQL are made by whoever runs it, and not seen here.", hint, id="mentalspace.W008"
    )


@look
def _backups(env: Environment) -> Iterator[CheckMessage]:
    if env.database_url:
        return
    if recovery.public_half(env) is None:
        hint = "`mentalspace backup --recovery-key`, and keep what it shows away from this machine."
        text = "Nobody holds a recovery key: if this machine is lost, so is everything, backups included."
        yield Error(text, hint, id="mentalspace.E009")
    if _device(env.backups) == _device(env.home):
        hint = "Set MENTALSPACE_BACKUPS to a folder of another disk."
        yield Error("Backups lie on the same disk as the data.", hint, id="mentalspace.E010")
    try:
        overdue = watching.standing(env).overdue(clock.now())
    except (EnvironmentRefused, OSError) as trouble:
        overdue = [str(trouble)]
    if overdue:
        hint = "`mentalspace backup`, `mentalspace drill run`; Storage, Backups says what went wrong."
        yield Error(f"Overdue of backups: {', '.join(overdue)}.", hint, id="mentalspace.E011")


def _device(path: Path) -> int:
    """Of the folder, or of where it will be."""
    while not path.exists():
        path = path.parent
    return path.stat().st_dev


@look
def _mail(env: Environment) -> Iterator[CheckMessage]:
    if env.smtp_url is None:
        hint = "Set MENTALSPACE_SMTP_URL; a practice may enter an account with Resend instead, under Messages."
        yield Advice(
            "No mail server is named: what no practice's own account sends stays here.", hint, id="mentalspace.W012"
        )


@look
def _files(env: Environment) -> Iterator[CheckMessage]:
    if env.clamd is None:
        hint = "Run clamd and set MENTALSPACE_CLAMD=host:port."
        yield Advice("Uploads are judged, but not scanned for malware.", hint, id="mentalspace.W013")
    if env.s3 and env.s3.encryption == "none":
        hint = "Set MENTALSPACE_S3_ENCRYPTION to AES256 or aws:kms."
        yield Error("The store keeps files without encrypting them.", hint, id="mentalspace.E014")


@look
def _watched(env: Environment) -> Iterator[CheckMessage]:
    if not env.alerts_ping_url:
        hint = "Set MENTALSPACE_ALERTS_PING_URL to a service outside that waits for it."
        yield Advice("Nobody notices when the whole machine is gone.", hint, id="mentalspace.W015")


@look
def _debug(env: Environment) -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG is on: errors show what is inside.", id="mentalspace.E016")
