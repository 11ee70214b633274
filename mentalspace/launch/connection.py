"""How each database role connects: by whose name, over which road, with which settings pinned.

A role may always change its own password and its own session defaults; PostgreSQL has no privilege that
forbids it. So for `ms_web` and `ms_worker`, which serve requests and jobs, neither is worth anything:

- In the embedded cluster they come by UNIX socket and are admitted by the operating system account (`peer`),
  have no password at all, and are refused on TCP.
- Everywhere the settings that could lock the product out are pinned in the connection itself, which outranks
  whatever `ALTER ROLE … SET` left behind. See `roles.py` for the rest of the defence.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from mentalspace.env import Environment, EnvironmentRefused, environment

DATABASE = "postgres"
"""The product's database in the embedded cluster: the name by which the operations runbook knows it."""

ELSEWHERE = "ms"
"""The product's database in one's own PostgreSQL, unless the URL names another."""

SOCKET_ROLES = ("ms_web", "ms_worker")
"""The logins that the embedded cluster admits by operating system account, without a password."""

NOT_OURS = {"", "postgres", "template1"}
"""Databases that a URL may name for maintenance only: the product then makes and uses `ms`."""

PINNED = {
    "search_path": "public",
    "default_transaction_read_only": "off",
    "default_transaction_isolation": "read committed",
    "default_transaction_deferrable": "off",
    "row_security": "on",
    "local_preload_libraries": "",
    "standard_conforming_strings": "on",
    "client_min_messages": "notice",
    "statement_timeout": "60s",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "300s",
}
"""Sent at connect for the logins that run requests and jobs."""


@dataclass(frozen=True)
class ClusterFile:
    """What `pg/cluster.json` remembers of the embedded cluster: where it listens, as whom it runs."""

    port: int = 0
    socket: str = ""
    account: str = ""
    peer: bool = False

    @classmethod
    def load(cls, env: Environment) -> "ClusterFile":
        """The file of this home; an empty one when no cluster was ever made."""
        try:
            return cls(**json.loads((env.pg / "cluster.json").read_text()))
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError):
            raise EnvironmentRefused(f"{env.pg / 'cluster.json'} cannot be read.") from None

    def text(self) -> str:
        """As it is kept in the file."""
        return json.dumps(self.__dict__, indent=1) + "\n"


@dataclass(frozen=True)
class Connection:
    """Everything libpq needs; `password` is never part of the representation."""

    host: str
    port: int
    user: str
    dbname: str
    password: str = field(default="", repr=False)
    extra: dict[str, str] = field(default_factory=dict)

    def parameters(self) -> dict[str, Any]:
        """As keywords of `psycopg.connect`."""
        given = {"host": self.host, "port": self.port, "user": self.user, "dbname": self.dbname, **self.extra}
        return given | ({"password": self.password} if self.password else {})

    def dsn(self) -> str:
        """As a libpq connection string."""
        return " ".join(f"{key}={_quoted(str(value))}" for key, value in self.parameters().items() if value)

    def environment(self) -> dict[str, str]:
        """As the variables libpq's own tools read, so that a password is never in a process list."""
        names = {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
        names |= {"options": "PGOPTIONS", "requirepeer": "PGREQUIREPEER"}
        return {names.get(key, f"PG{key.upper()}"): str(value) for key, value in self.parameters().items() if value}


def connection(role: str, env: Environment | None = None, dbname: str | None = None) -> Connection:
    """How `role` reaches the database of this instance. Nothing is connected, and no cluster need run."""
    env = env or environment()
    pinned = {"options": pinned_options()} if role in SOCKET_ROLES else {}
    if env.database_url:
        return _by_url(env.database_url, role, env.secrets().passwords[role], pinned, dbname)
    cluster = ClusterFile.load(env)
    if role in SOCKET_ROLES and cluster.socket:
        password = "" if cluster.peer else env.secrets().passwords[role]
        extra = pinned | {"requirepeer": cluster.account}
        return Connection(cluster.socket, cluster.port, role, dbname or DATABASE, password, extra)
    return Connection(
        "127.0.0.1",
        cluster.port,
        role,
        dbname or DATABASE,
        env.secrets().passwords[role],
        {**pinned, "sslmode": "disable"},
    )


def superuser(env: Environment | None = None, dbname: str | None = None) -> Connection:
    """The role that makes roles: `postgres` of the embedded cluster, or whoever the database URL names."""
    env = env or environment()
    if not env.database_url:
        return connection("postgres", env, dbname)
    url = urlsplit(env.database_url)
    given = _by_url(env.database_url, unquote(url.username or ""), unquote(url.password or ""), {}, dbname)
    maintenance = dbname or (url.path.strip("/") if url.path.strip("/") in NOT_OURS - {""} else "postgres")
    return Connection(given.host, given.port, given.user, maintenance, given.password, given.extra)


def database_name(env: Environment) -> str:
    """The database the product lives in."""
    if not env.database_url:
        return DATABASE
    named = urlsplit(env.database_url).path.strip("/")
    return ELSEWHERE if named in NOT_OURS else named


def django_database(role: str, env: Environment | None = None) -> dict[str, Any]:
    """The entry of Django's DATABASES for `role`, without its ENGINE."""
    how = connection(role, env)
    return {
        "NAME": how.dbname,
        "USER": how.user,
        "PASSWORD": how.password,
        "HOST": how.host,
        "PORT": str(how.port),
        "OPTIONS": dict(how.extra),
    }


def pinned_options() -> str:
    """`PINNED` as libpq's `options`: one `-c name=value` each, blanks escaped."""
    return " ".join(f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in PINNED.items())


def _by_url(text: str, user: str, password: str, pinned: dict[str, str], dbname: str | None) -> Connection:
    url = urlsplit(text)
    extra = {key: value for key, value in parse_qsl(url.query) if key != "host"} | pinned
    host = url.hostname or dict(parse_qsl(url.query)).get("host", "127.0.0.1")
    named = url.path.strip("/")
    return Connection(
        unquote(host),
        url.port or 5432,
        user,
        dbname or (ELSEWHERE if named in NOT_OURS else named),
        password,
        extra,
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def remember(env: Environment, cluster: ClusterFile) -> None:
    """Put `cluster` into the home's file."""
    path: Path = env.pg / "cluster.json"
    draft = path.with_suffix(".new")
    draft.write_text(cluster.text())
    draft.replace(path)
