"""The cluster's roles and the product's database: made, kept as declared, repaired.

What a runtime role could do to itself, and what stands against it (PostgreSQL 15 to 18; a role may always
run `ALTER ROLE` on its own password and session defaults, there is no privilege to take away, and event
triggers do not see roles):

1. *Password.* In the embedded cluster `ms_web` and `ms_worker` have none, and `pg_hba.conf` admits them by
   UNIX socket and operating system account only: setting one opens nothing and locks nobody out. In one's
   own PostgreSQL the password is put back at every `up` and by `repair`.
2. *Session defaults.* The dangerous ones are pinned at connect (`connection.PINNED`), which outranks them;
   the boot check refuses to serve while `pg_db_role_setting` holds anything that is not declared here; `up`
   and `repair` remove it.
3. *Not at all, while the product runs.* In the embedded cluster the supervisor keeps `pg_authid` and
   `pg_db_role_setting` locked in SHARE mode (`Guard`): logging in reads them, `ALTER ROLE` would have to
   write them and waits until it is given up. So `VACUUM` of these two catalogs waits too; `ms_operator` is
   therefore given MAINTAIN on the product's tables, not `pg_maintain`.
4. *Large objects.* EXECUTE on every `lo_*` function is revoked from PUBLIC in every database of the product.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from mentalspace.access.audiences import AUDIENCES, KEEPER, combined_roles
from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch.connection import DATABASE, ELSEWHERE, SOCKET_ROLES, ClusterFile, database_name, superuser

ATTRIBUTES = ("login", "inherit", "createdb", "bypassrls", "super", "createrole", "replication")
FREELY_GIVEN = 4
"""So many of these may be given by whoever may make roles; the others take a superuser."""

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent", "citext", "pg_stat_statements")
LOCK_SECONDS = 10
OLDEST = 150000

ROLE_SETTINGS = {"ms_operator": ["log_statement=all"]}
"""The only session defaults any of our roles has. Lifting this one needs a superuser."""

STANDING = {
    "ms_operator": ("pg_monitor", "pg_signal_backend"),
    "ms_backup": ("pg_read_all_data",),
    KEEPER: ("pg_read_all_stats", "pg_signal_backend"),
}
"""Memberships in PostgreSQL's own roles. The keeper's functions tell administrators what is slow, and end for them what
does not end."""

NAMES = [DATABASE, ELSEWHERE]
"""What the embedded database is called, and what it was called once."""

A_TABLE = """SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1 LIMIT 1"""

REVOKE_LARGE_OBJECTS = """DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND p.proname ~ '^(lo_|loread|lowrite)' LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
  END LOOP; END $$"""

STRAY_SETTINGS = """SELECT r.rolname, d.datname, s.setconfig FROM pg_catalog.pg_db_role_setting s
  JOIN pg_catalog.pg_roles r ON r.oid = s.setrole LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
  WHERE r.rolname = ANY(%s) ORDER BY 1, 2 NULLS FIRST"""

FOUND_ATTRIBUTES = """SELECT rolname, rolcanlogin, rolinherit, rolcreatedb, rolbypassrls, rolsuper,
  rolcreaterole, rolreplication FROM pg_catalog.pg_roles WHERE rolname = ANY(%s)"""
"""In the order of ATTRIBUTES."""

FOUND_MEMBERSHIPS = """SELECT m.rolname, g.rolname FROM pg_catalog.pg_auth_members a
  JOIN pg_catalog.pg_roles m ON m.oid = a.member JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
  WHERE m.rolname = ANY(%s)"""


@dataclass(frozen=True)
class Role:
    """A role as it should be: the attributes it has (it has no other), and the roles it is a member of."""

    name: str
    attributes: frozenset[str]
    member_of: tuple[str, ...] = ()
    where_possible: frozenset[str] = frozenset()
    """Attributes that only a superuser may give: it has them where a superuser made it."""

    def clauses(self, *, above: bool) -> str:
        """For CREATE and ALTER ROLE: what may be given without being a superuser, and what is `above` that."""
        names = ATTRIBUTES[:FREELY_GIVEN]
        said = [name if name in self.attributes else f"no{name}" for name in names]
        replication = "replication" if "replication" in self.where_possible else "noreplication"
        return " ".join([*said, *(["nosuperuser", "nocreaterole", replication] if above else [])]).upper()


def declared() -> dict[str, Role]:
    """Every role of the product."""
    combined = combined_roles()
    roles = [
        Role("ms_owner", frozenset({"login", "inherit", "createdb"}), (KEEPER,)),
        Role(KEEPER, frozenset({"inherit"}), STANDING[KEEPER]),
        *(Role(name, frozenset({"inherit"})) for name in AUDIENCES),
        *(Role(name, frozenset({"inherit"}), tuple(hats)) for name, hats in combined.items()),
        Role("ms_web", frozenset({"login"}), (*AUDIENCES, *combined)),
        Role("ms_worker", frozenset({"login"})),
        Role("ms_operator", frozenset({"login", "inherit", "bypassrls"}), STANDING["ms_operator"]),
        Role(
            "ms_backup",
            frozenset({"login", "inherit", "bypassrls"}),
            STANDING["ms_backup"],
            frozenset({"replication"}),
        ),
    ]
    return {role.name: role for role in roles}


def ensure(env: Environment) -> None:
    """Have every role, the database and its extensions. Changes nothing that already is as it should be."""
    _rename_database(env)
    repair(env)
    with _superuser(env) as cluster:
        _ensure_database(cluster, env)
    for place in [database_name(env)] if env.database_url else ["template1", database_name(env)]:
        with _superuser(env, place) as database:
            _prepare(database)


def repair(env: Environment) -> list[str]:
    """Put every role back to what is declared. Returns one sentence for each thing that was not."""
    with _superuser(env) as cluster:
        if cluster.info.server_version < OLDEST:
            raise EnvironmentRefused("MENTALSPACE_DATABASE_URL names a PostgreSQL older than 15.")
        found = drift(cluster)
        _repair_attributes(cluster)
        _repair_memberships(cluster)
        _repair_settings(cluster)
        found += _repair_passwords(cluster, env)
    return found


def drift(cluster: psycopg.Connection[Any], missing: bool = False) -> list[str]:
    """What differs from the declaration: attributes, memberships, settings. Only looks; any role may ask.

    A role that does not exist yet is not drift unless `missing` is asked for.
    """
    wanted = declared()
    has = _attributes(cluster)
    found = [f"The role {name} is missing." for name in wanted if missing and name not in has]
    for name, attributes in has.items():
        odd = sorted((attributes ^ wanted[name].attributes) - wanted[name].where_possible)
        found += [f"The role {name} {'has' if one in attributes else 'lacks'} {one.upper()}." for one in odd]
    for name, others in _memberships(cluster).items():
        found += [f"The role {name} is a member of {other}." for other in sorted(others - {*wanted[name].member_of})]
    for name, database, settings in _stray_settings(cluster):
        where = f" in database {database}" if database else ""
        found.append(f"The role {name} has settings of its own{where}: {', '.join(settings)}.")
    return found


class Guard:
    """Holds the catalogs of roles locked, so that no role can change itself while the product runs."""

    LOCK = "LOCK TABLE pg_catalog.pg_authid, pg_catalog.pg_db_role_setting IN SHARE MODE"

    def __init__(self, env: Environment) -> None:
        self.env = env
        self._holding: psycopg.Connection[Any] | None = None

    def hold(self) -> list[str]:
        """Lock, after repairing what was changed before; returns what was. Nothing to do while it holds."""
        if self.env.database_url or self._alive():
            return []
        found = repair(self.env)
        connection = _connect(self.env, None)
        connection.prepare_threshold = None  # prepared, a SELECT keeps its snapshot, and indexes wait for it
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        connection.execute("BEGIN")
        connection.execute(self.LOCK)
        self._holding = connection
        return found

    def release(self) -> None:
        """Let roles be changed again."""
        if self._holding is not None:
            self._holding.close()
            self._holding = None

    def _alive(self) -> bool:
        if self._holding is None:
            return False
        try:
            self._holding.execute("SELECT 1")
        except psycopg.Error:
            self.release()
            return False
        return True


# -- connecting as whoever may make roles


@contextmanager
def _superuser(env: Environment, dbname: str | None = None) -> Iterator[psycopg.Connection[Any]]:
    try:
        with _connect(env, dbname) as connection:
            yield connection
    except psycopg.errors.LockNotAvailable:
        raise EnvironmentRefused(
            "The roles are kept locked by a running MentalSpace; stop it (Ctrl-C) and try again."
        ) from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise EnvironmentRefused(
            f"MENTALSPACE_DATABASE_URL names a role with too few rights: {error.diag.message_primary}."
        ) from None


def _connect(env: Environment, dbname: str | None) -> psycopg.Connection[Any]:
    how = superuser(env, dbname)
    try:
        connection = psycopg.connect(**how.parameters(), connect_timeout=10, autocommit=True)
    except psycopg.OperationalError as error:
        raise EnvironmentRefused(
            f"The database at {how.host}:{how.port} does not let us in: {' '.join(str(error).split())}"
        ) from None
    connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    return connection


def _is_superuser(cluster: psycopg.Connection[Any]) -> bool:
    row = cluster.execute("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user").fetchone()
    return bool(row and row[0])


# -- looking


def _attributes(cluster: psycopg.Connection[Any]) -> dict[str, set[str]]:
    rows = cluster.execute(FOUND_ATTRIBUTES, [list(declared())]).fetchall()
    return {name: {each for each, has in zip(ATTRIBUTES, flags, strict=True) if has} for name, *flags in rows}


def _memberships(cluster: psycopg.Connection[Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for member, group in cluster.execute(FOUND_MEMBERSHIPS, [list(declared())]).fetchall():
        found.setdefault(member, set()).add(group)
    return found


def _stray_settings(cluster: psycopg.Connection[Any]) -> list[tuple[str, str | None, list[str]]]:
    rows = cluster.execute(STRAY_SETTINGS, [list(declared())]).fetchall()
    return [row for row in rows if row[1] is not None or row[2] != ROLE_SETTINGS.get(row[0])]


# -- changing


def _repair_attributes(cluster: psycopg.Connection[Any]) -> None:
    has, above = _attributes(cluster), _is_superuser(cluster)
    for role in declared().values():
        name, clauses = sql.Identifier(role.name), role.clauses(above=above)
        wanted = role.attributes | (role.where_possible if above else set())
        if role.name not in has:
            cluster.execute(sql.SQL("CREATE ROLE {} " + clauses).format(name))
        elif wanted - has[role.name] or has[role.name] - role.attributes - role.where_possible:
            cluster.execute(sql.SQL("ALTER ROLE {} " + clauses).format(name))


def _repair_memberships(cluster: psycopg.Connection[Any]) -> None:
    has = _memberships(cluster)
    for role in declared().values():
        for group in has.get(role.name, set()) - {*role.member_of}:
            cluster.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(group), sql.Identifier(role.name)))
        for group in role.member_of:
            if group not in has.get(role.name, set()):
                cluster.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(role.name)))


def _repair_settings(cluster: psycopg.Connection[Any]) -> None:
    for name, database, _ in _stray_settings(cluster):
        where = sql.SQL(" IN DATABASE {}").format(sql.Identifier(database)) if database else sql.SQL("")
        cluster.execute(sql.SQL("ALTER ROLE {}{} RESET ALL").format(sql.Identifier(name), where))
    rows = cluster.execute(STRAY_SETTINGS, [list(ROLE_SETTINGS)]).fetchall()
    settled = {name for name, database, _ in rows if database is None}
    if not _is_superuser(cluster):
        return
    for name, settings in ROLE_SETTINGS.items():
        for setting in settings if name not in settled else ():
            key, _, value = setting.partition("=")
            statement = sql.SQL("ALTER ROLE {} SET {} = {}")
            cluster.execute(statement.format(sql.Identifier(name), sql.Identifier(key), sql.Literal(value)))


def _repair_passwords(cluster: psycopg.Connection[Any], env: Environment) -> list[str]:
    """Make every password what the key folder says, or none where the account is what admits."""
    by_account = SOCKET_ROLES if not env.database_url and ClusterFile.load(env).peer else ()
    stored = _verifiers(cluster)
    found = []
    for role, password in env.secrets().passwords.items():
        if role == "postgres" and env.database_url:
            continue
        wanted = None if role in by_account else password
        if stored is not None and _matches(stored.get(role), wanted):
            continue
        if stored and stored.get(role) is not None:
            found.append(f"The password of {role} had been changed.")
        value = sql.Literal(_verifier(cluster, role, wanted)) if wanted else sql.SQL("NULL")
        cluster.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), value))
    return found


def _verifiers(cluster: psycopg.Connection[Any]) -> Mapping[str, str | None] | None:
    """What the server keeps instead of each password; None when we may not look."""
    if not _is_superuser(cluster):
        return None
    rows = cluster.execute("SELECT rolname, rolpassword FROM pg_catalog.pg_authid").fetchall()
    return dict(rows)


def _verifier(cluster: psycopg.Connection[Any], role: str, password: str) -> str:
    """Made here, so that no password is ever in a statement, and so in a log."""
    return cluster.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()


def _matches(verifier: str | None, password: str | None) -> bool:
    if verifier is None or password is None:
        return verifier is password is None
    if not verifier.startswith("SCRAM-SHA-256$"):
        return False
    _, rounds_and_salt, keys = verifier.split("$")
    rounds, salt = rounds_and_salt.split(":")
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(rounds))
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    return hmac.compare_digest(stored, base64.b64decode(keys.split(":")[0]))


def _rename_database(env: Environment) -> None:
    """Homes from before the runbook's name was used keep everything; the empty database of that name makes room."""
    if env.database_url:
        return
    with _superuser(env, "template1") as cluster:
        there = cluster.execute("SELECT datname FROM pg_catalog.pg_database WHERE datname = ANY(%s)", [NAMES])
        names = {name for (name,) in there.fetchall()}
        if ELSEWHERE in names:
            if DATABASE in names:
                _refuse_unless_empty(env)
            cluster.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(DATABASE)))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cluster.execute(rename.format(sql.Identifier(ELSEWHERE), sql.Identifier(DATABASE)))


def _refuse_unless_empty(env: Environment) -> None:
    """Raises EnvironmentRefused when somebody keeps tables in the database that is to make room."""
    with _superuser(env, DATABASE) as database:
        row = database.execute(A_TABLE).fetchone()
    if row:
        raise EnvironmentRefused(
            f"The database {ELSEWHERE} is to be called {DATABASE}, and there is one of that name with tables in it"
            f" ({row[0]}); move them elsewhere or rename one of the two."
        )


def _ensure_database(cluster: psycopg.Connection[Any], env: Environment) -> None:
    name = database_name(env)
    here = sql.Identifier(name)
    if not cluster.execute("SELECT 1 FROM pg_catalog.pg_database WHERE datname = %s", [name]).fetchone():
        if not _is_superuser(cluster):
            cluster.execute("GRANT ms_owner TO CURRENT_USER")
        cluster.execute(sql.SQL("CREATE DATABASE {} OWNER ms_owner ENCODING 'UTF8' TEMPLATE template1").format(here))
    logins = sql.SQL("ms_web, ms_worker, ms_operator, ms_backup")
    cluster.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(here))
    cluster.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(here, logins))
    if not env.database_url:
        cluster.execute(sql.SQL("ALTER DATABASE {} OWNER TO ms_owner").format(here))
        cluster.execute("REVOKE ALL ON DATABASE template1 FROM PUBLIC")


def _prepare(database: psycopg.Connection[Any]) -> None:
    database.execute("SET client_min_messages = warning")
    for name in EXTENSIONS:
        database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    database.execute(REVOKE_LARGE_OBJECTS)
