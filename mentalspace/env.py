"""Every setting of the product, read once from the environment, typed, and refused at the start when wrong.

Standard library only: `setup/` reads it with the system's Python before a virtual environment exists.
"""

import base64
import binascii
import ipaddress
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "MENTALSPACE_"
LONGEST_PORT = 65535
KEY_BYTES = 32
SHORTEST_SECRET = 32

PASSWORD = re.compile(r"//.*@")
"""The part of an address that names an account and its password: not for the terminal."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOGINS = ("postgres", "ms_owner", "ms_web", "ms_worker", "ms_operator", "ms_backup")
"""The database roles that have a password in `keys/database.json`."""


class EnvironmentRefused(Exception):
    """A setting or a key is missing or wrong. The message is one sentence for the person at the terminal."""


@dataclass(frozen=True, repr=False)
class Secrets:
    """What the key folder holds. Never printed: it has no field in its representation."""

    django_secret: str
    actor_current: str
    actor_keys: dict[str, bytes]
    audit: bytes
    psychotherapy: bytes
    storage_current: str
    storage_keys: dict[str, bytes]
    passwords: dict[str, str]


@dataclass(frozen=True, repr=False)
class Smtp:
    """The server that takes our mail. `security` is "tls" from the first byte, "starttls", or "none"."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True, repr=False)
class S3:
    """Where objects are kept when not beside the database: a service that speaks S3.

    Each of the product's buckets is one there, named with `prefix` in front. Without `access_key` the machine's own
    role is used. `encryption` is what the service is told to do with what it stores: "AES256", "aws:kms", or "none".
    """

    endpoint: str
    region: str
    prefix: str
    access_key: str
    secret_key: str
    encryption: str
    kms_key: str


@dataclass(frozen=True)
class Environment:
    """The settings of one instance. Paths are absolute."""

    root: Path
    home: Path
    host: str
    port: int
    demo: bool
    database_url: str | None
    public_url: str
    workers: int
    demo_fhir: Path | None
    trusted_proxies: tuple[Network, ...]
    smtp_url: Smtp | None
    mail_from: str
    resend_url: str
    twilio_url: str
    s3_bucket_prefix: str
    s3_endpoint: str
    s3_region: str
    s3_access_key: str = field(repr=False)
    s3_secret_key: str = field(repr=False)
    s3_encryption: str
    s3_kms_key: str
    clamd: tuple[str, int] | None
    metrics_token: str = field(repr=False)
    webhook_networks: tuple[Network, ...]
    alerts_ping_url: str = field(repr=False)
    backups: Path

    @property
    def s3(self) -> S3 | None:
        """None while objects are kept in the home."""
        if not self.s3_bucket_prefix:
            return None
        return S3(
            endpoint=self.s3_endpoint,
            region=self.s3_region,
            prefix=self.s3_bucket_prefix,
            access_key=self.s3_access_key,
            secret_key=self.s3_secret_key,
            encryption=self.s3_encryption,
            kms_key=self.s3_kms_key,
        )

    @property
    def pg(self) -> Path:
        """The embedded cluster with everything that belongs to it."""
        return self.home / "pg"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def objects(self) -> Path:
        return self.home / "objects"

    @property
    def outbox(self) -> Path:
        """Where mail is kept while no server is named."""
        return self.home / "outbox"

    @property
    def receiving(self) -> Path:
        """Where the database's log arrives before it is sealed into the backups."""
        return self.home / "receiving"

    @property
    def seals(self) -> Path:
        return self.home / "seals"

    @property
    def vault(self) -> Path:
        """The keys of psychotherapy notes, one wrapped file for each author; what wraps them is in `keys`."""
        return self.home / "vault"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def metrics(self) -> Path:
        """What each process counts while it works: of this start of the product, and of nobody."""
        return self.home / "metrics"

    @property
    def web_dist(self) -> Path:
        """What `npm run build` made."""
        return self.root / "web" / "dist"

    def secrets(self) -> Secrets:
        """The keys of this instance. Raises EnvironmentRefused when one is missing, empty or too short."""
        return _secrets(self.keys)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The settings of this process, read from `os.environ` the first time it is asked."""
    return read(os.environ)


def read(values: Mapping[str, str], root: Path = ROOT) -> Environment:
    """Settings out of `values`. Raises EnvironmentRefused with one sentence for anything unknown or wrong."""
    known = {PREFIX + name for name in READERS}
    unknown = sorted(name for name in values if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise EnvironmentRefused(f"{unknown[0]} is not a setting; the settings are {', '.join(sorted(known))}.")
    found: dict[str, Any] = {"root": root}
    for name, reader in READERS.items():
        value = values.get(PREFIX + name, "").strip()
        try:
            found[name.lower()] = reader(value, found)
        except ValueError as error:
            shown = PASSWORD.sub("//…@", value)
            raise EnvironmentRefused(f"{PREFIX}{name}={shown!r} is wrong: {error}.") from None
    return Environment(**found)


def _home(value: str, found: Mapping[str, Any]) -> Path:
    return Path(value).expanduser().absolute() if value else found["root"] / "var"


def _host(value: str, found: Mapping[str, Any]) -> str:
    if any(letter.isspace() or letter == "/" for letter in value):
        raise ValueError("give a host name or an address")
    return value or "127.0.0.1"


def _whole(least: int, most: int, default: int) -> Callable[[str, Mapping[str, Any]], int]:
    def reader(value: str, found: Mapping[str, Any]) -> int:
        if not value:
            return default
        if not value.isdecimal() or not least <= int(value) <= most:
            raise ValueError(f"give a number from {least} to {most}")
        return int(value)

    return reader


def _yes_or_no(value: str, found: Mapping[str, Any]) -> bool:
    if value not in {"", "0", "1"}:
        raise ValueError("give 1 or 0")
    return value != "0"


def _database_url(value: str, found: Mapping[str, Any]) -> str | None:
    if not value:
        return None
    url = urlsplit(value)
    if url.scheme not in {"postgresql", "postgres"} or not url.username:
        raise ValueError("give postgresql://user:password@host:port/database of a role that may create roles")
    return value


def _public_url(value: str, found: Mapping[str, Any]) -> str:
    if not value:
        return f"http://{found['host']}:{found['port']}"
    url = urlsplit(value)
    if url.scheme not in {"http", "https"} or not url.netloc or url.path not in {"", "/"}:
        raise ValueError("give the address people type, such as https://practice.example.org")
    return value.rstrip("/")


def _demo_fhir(value: str, found: Mapping[str, Any]) -> Path | None:
    if value:
        folder = Path(value).expanduser().absolute()
        if not folder.is_dir():
            raise ValueError("there is no such folder")
        return folder
    default: Path = found["root"].parent / "shared" / "data" / "fhir-patients"
    return default if default.is_dir() else None


def _networks(value: str, found: Mapping[str, Any]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())


SMTP_SCHEMES = {"smtps": ("tls", 465), "smtp": ("starttls", 587), "smtp+plain": ("none", 25)}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def _smtp(value: str, found: Mapping[str, Any]) -> Smtp | None:
    if not value:
        return None
    url = urlsplit(value)
    if url.scheme not in SMTP_SCHEMES or not url.hostname or url.path not in {"", "/"}:
        raise ValueError("give smtp://user:password@host:port (STARTTLS) or smtps://… (TLS)")
    security, port = SMTP_SCHEMES[url.scheme]
    if security == "none" and url.hostname not in THIS_MACHINE:
        raise ValueError("smtp+plain is for a mail server on this machine; use smtp:// or smtps://")
    return Smtp(url.hostname, url.port or port, security, unquote(url.username or ""), unquote(url.password or ""))


def _mail_from(value: str, found: Mapping[str, Any]) -> str:
    sender = value or f"MentalSpace <no-reply@{urlsplit(found['public_url']).hostname}>"
    if "@" not in parseaddr(sender)[1] or "\n" in sender:
        raise ValueError("give an address, such as Riverbend Counseling <office@riverbend.example>")
    return sender


def _provider_url(default: str) -> Callable[[str, Mapping[str, Any]], str]:
    """Where a provider's API is asked: theirs, or a proxy of one's own."""

    def read(value: str, found: Mapping[str, Any]) -> str:
        url = urlsplit(value or default)
        is_here = url.scheme == "http" and url.hostname in THIS_MACHINE
        if not url.hostname or not (url.scheme == "https" or is_here):
            raise ValueError("give an address that begins with https://")
        return (value or default).rstrip("/")

    return read


BUCKET_PREFIX = re.compile(r"[a-z0-9][a-z0-9.-]{0,38}")
ENCRYPTIONS = ("AES256", "aws:kms", "none")


def _bucket_prefix(value: str, found: Mapping[str, Any]) -> str:
    if value and not BUCKET_PREFIX.fullmatch(value):
        raise ValueError("give the beginning of the buckets' names, such as riverbend-, in small letters")
    return value


def _s3_endpoint(value: str, found: Mapping[str, Any]) -> str:
    url = urlsplit(value)
    if value and (url.scheme not in {"http", "https"} or not url.hostname or url.username):
        raise ValueError("give an address such as https://s3.us-east-1.amazonaws.com, keys apart")
    if url.scheme == "http" and url.hostname not in THIS_MACHINE:
        raise ValueError("http is for a service on this machine; use https")
    return value.rstrip("/")


def _s3_encryption(value: str, found: Mapping[str, Any]) -> str:
    if value and value not in ENCRYPTIONS:
        raise ValueError(f"give one of {', '.join(ENCRYPTIONS)}")
    return value or ENCRYPTIONS[0]


def _as_given(value: str, found: Mapping[str, Any]) -> str:
    return value


def _token(value: str, found: Mapping[str, Any]) -> str:
    if value and len(value) < SHORTEST_SECRET:
        raise ValueError(f"give at least {SHORTEST_SECRET} characters")
    return value


def _clamd(value: str, found: Mapping[str, Any]) -> tuple[str, int] | None:
    if not value:
        return None
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 1 <= int(port) <= LONGEST_PORT:
        raise ValueError("give host:port of clamd, such as 127.0.0.1:3310")
    return host.strip("[]"), int(port)


def _ping_url(value: str, found: Mapping[str, Any]) -> str:
    return _provider_url("")(value, found) if value else ""


def _backups(value: str, found: Mapping[str, Any]) -> Path:
    """Not looked for here: a practice opens in the morning even when the disk of its backups is away."""
    return Path(value).expanduser().absolute() if value else found["home"] / "backups"


READERS: dict[str, Callable[[str, Mapping[str, Any]], Any]] = {
    "HOME": _home,
    "HOST": _host,
    "PORT": _whole(1, LONGEST_PORT, 8000),
    "DEMO": _yes_or_no,
    "DATABASE_URL": _database_url,
    "PUBLIC_URL": _public_url,
    "WORKERS": _whole(1, 64, 2),
    "DEMO_FHIR": _demo_fhir,
    "TRUSTED_PROXIES": _networks,
    "SMTP_URL": _smtp,
    "MAIL_FROM": _mail_from,
    "RESEND_URL": _provider_url("https://api.resend.com"),
    "TWILIO_URL": _provider_url("https://api.twilio.com"),
    "S3_BUCKET_PREFIX": _bucket_prefix,
    "S3_ENDPOINT": _s3_endpoint,
    "S3_REGION": lambda value, found: value or "us-east-1",
    "S3_ACCESS_KEY": _as_given,
    "S3_SECRET_KEY": _as_given,
    "S3_ENCRYPTION": _s3_encryption,
    "S3_KMS_KEY": _as_given,
    "CLAMD": _clamd,
    "METRICS_TOKEN": _token,
    "WEBHOOK_NETWORKS": _networks,
    "ALERTS_PING_URL": _ping_url,
    "BACKUPS": _backups,
}
"""One reader for each setting, in the order in which later ones may look at earlier ones."""


@lru_cache(maxsize=4)
def _secrets(folder: Path) -> Secrets:
    actor, storage = _json(folder / "actor.json"), _json(folder / "storage.json")
    passwords = _json(folder / "database.json")
    django_secret = _content(folder / "django_secret").decode()
    audit, psychotherapy = _content(folder / "audit"), _content(folder / "psychotherapy")
    try:
        current, actor_keys = _ring(actor)
        storage_current, storage_keys = _ring(storage)
        missing = [role for role in LOGINS if not passwords.get(role)]
    except (KeyError, AttributeError, binascii.Error):
        raise EnvironmentRefused(f"{folder} holds a key file that cannot be read.") from None
    if missing:
        raise EnvironmentRefused(f"{folder / 'database.json'} has no password for {missing[0]}.")
    short = len(django_secret) < SHORTEST_SECRET or {len(audit), len(psychotherapy)} != {KEY_BYTES}
    rings = ((current, actor_keys), (storage_current, storage_keys))
    if short or any(one not in keys or {len(key) for key in keys.values()} != {KEY_BYTES} for one, keys in rings):
        raise EnvironmentRefused(f"{folder} holds a key that is too short or has no current one.")
    return Secrets(django_secret, current, actor_keys, audit, psychotherapy, storage_current, storage_keys, passwords)


def _ring(content: dict[str, Any]) -> tuple[str, dict[str, bytes]]:
    """The name of the current key, and every key by its name."""
    return str(content["current"]), {str(name): base64.b64decode(key) for name, key in content["keys"].items()}


def _json(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(_content(path))
    except ValueError:
        raise EnvironmentRefused(f"The key file {path} cannot be read.") from None
    return content


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise EnvironmentRefused(f"The key file {path} is missing; `make run` makes it on the first start.") from None
    except PermissionError:
        raise EnvironmentRefused(f"The key file {path} may not be read by this account.") from None
    if not content:
        raise EnvironmentRefused(f"The key file {path} is empty.")
    return content
