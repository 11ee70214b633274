"""What holds for every table at once: FORCE, and grants derived from policies.

FORCE is lifted for the length of a `migrate` (else every data migration, ours or a package's, silently sees no
rows) and put back at its end. A crash in between leaves FORCE off: `boot` then refuses to serve, and the next
`migrate` repairs it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections, models

SCHEMAS = "(SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'storage'))"
"""Where the product's tables are. Tables outside `public` are named with their schema, as `regclass` writes them."""

UNFORCED = ("django_migrations",)
"""Django reads this before `pre_migrate`: were it forced, every migration would seem new."""

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

FORCE = """DO $$ DECLARE r record; BEGIN
  SET CONSTRAINTS ALL IMMEDIATE;  -- else "pending trigger events" after inserts with deferred foreign keys
  FOR r IN SELECT oid::regclass t, relrowsecurity e, relforcerowsecurity f FROM pg_class
           WHERE relkind IN ('r', 'p') AND relnamespace IN {schemas}
             AND relowner = current_user::regrole AND relname <> ALL ('{unforced}') LOOP
    IF NOT r.e THEN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', r.t); END IF;
    IF r.f <> {on} THEN EXECUTE format('ALTER TABLE %s {word} ROW LEVEL SECURITY', r.t); END IF;
  END LOOP; END $$"""

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


def force_sql(*, on: bool) -> str:
    """The statement that sets or lifts FORCE on every table of ours."""
    return FORCE.format(
        on=str(on).lower(),
        word="FORCE" if on else "NO FORCE",
        schemas=SCHEMAS,
        unforced="{" + ",".join(UNFORCED) + "}",
    )


def grants_sql() -> str:
    """Revoke all, then grant exactly the verbs that a permissive policy mentions."""
    return GRANTS.replace("{hidden}", "{" + ",".join(HIDDEN_FROM_OPERATOR) + "}").replace("{schemas}", SCHEMAS)


def table_name(model: type[models.Model]) -> str:
    """A model's table as people and the catalogue write it: `clients`, `storage.objects`."""
    return model._meta.db_table.replace('"."', ".")


def force(alias: str, *, on: bool) -> None:
    """Set or lift FORCE; setting it also derives the grants anew."""
    with connections[alias].cursor() as cursor:
        cursor.execute(force_sql(on=on))
        if on:
            cursor.execute(grants_sql())


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


def before_migrate(sender: Any, using: str, **_: Any) -> None:
    """Signals are sent once per app: act on the first."""
    if _is(sender, 0):
        force(using, on=False)


def after_migrate(sender: Any, using: str, **_: Any) -> None:
    """Act on the last, after every package's own hooks (`create_permissions` and friends)."""
    if _is(sender, -1):
        force(using, on=True)
