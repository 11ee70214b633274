"""What holds for every table at once: FORCE, grants derived from policies, and the guard of downtime.

FORCE is lifted for the length of a `migrate` (else every data migration, ours or a package's, silently sees no
rows) and put back at its end. A crash in between leaves FORCE off: `boot` then refuses to serve, and the next
`migrate` repairs it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections, models

from mentalspace.access import downtime

SCHEMAS = "(SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'storage'))"
"""Where the product's tables are. Tables outside `public` are named with their schema, as `regclass` writes them."""

UNFORCED = ("django_migrations",)
"""Django reads this before `pre_migrate`: were it forced, every migration would seem new."""

OF_DJANGO = ("django_content_type", "auth_permission")
"""What Django's hooks look through, and write, after every `migrate`."""

HIDDEN_FROM_OPERATOR = (
    "users",
    "sessions",
    "mfa_authenticator",
    "account_emailconfirmation",
    "password_history",
    "psychotherapy_notes",
)
"""Credentials, and what its author alone may see: no statement of the runbook needs them, so `mentalspace psql`
cannot read them."""

OTHERWISE = f"""SELECT oid::regclass::text, relrowsecurity FROM pg_class
  WHERE relkind IN ('r', 'p') AND relnamespace IN {SCHEMAS} AND relowner = current_user::regrole
    AND relname <> ALL (%s) AND (%s OR relname = ANY (%s)) AND NOT (relrowsecurity AND relforcerowsecurity = %s)
  ORDER BY 1"""
"""Tables of ours that are not as they should be, and whether they have row-level security at all."""

NOTHING_PENDING = "SET CONSTRAINTS ALL IMMEDIATE"
"""Else inserts with deferred foreign keys leave "pending trigger events", which forbid altering their table."""

GRANTS = """DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT DISTINCT c.oid::regclass t, a.grantee::regrole g FROM pg_class c, aclexplode(c.relacl) a
           WHERE c.relnamespace IN {schemas} AND c.relkind IN ('r', 'p', 'S') AND a.grantee <> 0
             AND a.grantee::regrole::text LIKE 'ms\\_%' AND a.grantee <> c.relowner LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %s', r.t, r.g); END LOOP;
  FOR r IN SELECT c.oid::regclass t, unnest(p.polroles)::regrole g,
                  CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                WHEN 'd' THEN 'DELETE' ELSE 'SELECT, INSERT, UPDATE, DELETE' END verbs
           FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
           WHERE p.polpermissive AND c.relnamespace IN {schemas} LOOP
    EXECUTE format('GRANT %s ON %s TO %s', r.verbs, r.t, r.g); END LOOP;
  FOR r IN SELECT DISTINCT q.oid::regclass q, unnest(p.polroles)::regrole g FROM pg_policy p
           JOIN pg_depend d ON d.refobjid = p.polrelid AND d.deptype IN ('a', 'i')
           JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S'
           WHERE p.polpermissive AND p.polcmd IN ('a', '*') LOOP
    EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %s', r.q, r.g); END LOOP;
  FOR r IN SELECT oid::regclass t FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
             AND relnamespace IN {schemas} AND relname <> ALL ('{hidden}') LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ms_operator', r.t); END LOOP;
  GRANT USAGE ON SCHEMA public TO ms_operator;
  IF current_setting('server_version_num')::int >= 170000 THEN  -- before, only an owner may vacuum
    FOR r IN SELECT oid::regclass t FROM pg_class WHERE relkind IN ('r', 'p')
             AND relnamespace IN {schemas} LOOP
      EXECUTE format('GRANT MAINTAIN ON %s TO ms_operator', r.t); END LOOP;
  END IF;
END $$"""


GUARDED = f"""SELECT c.oid::regclass::text, c.relname, encode(g.tgargs, 'escape') FROM pg_class c
  LEFT JOIN pg_trigger g ON g.tgrelid = c.oid AND g.tgname = 'refuse_in_downtime'
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace IN {SCHEMAS}
    AND c.relowner = current_user::regrole ORDER BY 1"""
"""Tables of ours, and whom the guard of downtime that they have lets write; null where they have none."""

IS_GUARD_KNOWN = "SELECT to_regprocedure('access.refuse_in_downtime()') IS NOT NULL"
"""It is not while an older version is migrated step by step."""


def grants_sql() -> str:
    """Revoke all, then grant exactly the verbs that a permissive policy mentions."""
    return GRANTS.replace("{hidden}", "{" + ",".join(HIDDEN_FROM_OPERATOR) + "}").replace("{schemas}", SCHEMAS)


def table_name(model: type[models.Model]) -> str:
    """A model's table as people and the catalogue write it: `clients`, `storage.objects`."""
    return model._meta.db_table.replace('"."', ".")


def force(alias: str, *, on: bool, only: Sequence[str] = ()) -> None:
    """Set or lift FORCE, of every table of ours or `only` of these.

    Setting it also derives the grants anew, and makes the guards of downtime. Table by table, outside a transaction:
    with one lock at a time it deadlocks with nobody who works meanwhile.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(OTHERWISE, [list(UNFORCED), not only, list(only), on])
        tables = cursor.fetchall()
        if tables and connections[alias].in_atomic_block:
            cursor.execute(NOTHING_PENDING)
        for table, is_enabled in tables:
            if not is_enabled:
                cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} {'FORCE' if on else 'NO FORCE'} ROW LEVEL SECURITY")
        if on:
            cursor.execute(grants_sql())
            guard_downtime(cursor)


def guard_downtime(cursor: Any) -> None:
    """Give each table its guard as `downtime` declares it, where it is not so already."""
    cursor.execute(IS_GUARD_KNOWN)
    if not cursor.fetchone()[0]:
        return
    cursor.execute(GUARDED)
    for table, name, lets in cursor.fetchall():
        roles = downtime.HELD_BUT_FOR.get(name, ())
        if name in downtime.NOT_HELD:
            if lets is not None:
                cursor.execute(f"DROP TRIGGER refuse_in_downtime ON {table}")
        elif lets != "".join(f"{role}\\000" for role in roles):
            words = ", ".join(f"'{role}'" for role in roles)
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER refuse_in_downtime BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_in_downtime({words})"
            )


@contextmanager
def owner_rights(alias: str = "owner") -> Iterator[None]:
    """The owner sees every row inside: for seeding a database nobody uses yet."""
    force(alias, on=False)
    try:
        yield
    finally:
        force(alias, on=True)


def _is(sender: Any, index: int) -> bool:
    return sender is [config for config in apps.get_app_configs() if config.models_module][index]


def before_migrate(sender: Any, using: str, plan: Sequence[Any] = (None,), **_: Any) -> None:
    """Signals are sent once per app: act on the first.

    When nothing is to be migrated, only Django's own hooks come afterwards: what people work with is left alone.
    """
    if _is(sender, 0):
        force(using, on=False, only=() if plan else OF_DJANGO)


def after_migrate(sender: Any, using: str, **_: Any) -> None:
    """Act on the last, after every package's own hooks (`create_permissions` and friends)."""
    if _is(sender, -1):
        force(using, on=True)
