"""What must hold before a request is served. Each problem is one sentence; any problem refuses the start."""

from django.conf import settings
from django.db import connections

from mentalspace.access import downtime
from mentalspace.access.catalog import SCHEMAS, UNFORCED

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
SHORTEST_SECRET = 32

RUNTIME_ROLE = """SELECT r.rolsuper, r.rolbypassrls, r.rolinherit, r.rolcreaterole, r.rolcreatedb,
  (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned,
  pg_has_role(r.oid, 'ms_owner', 'MEMBER') AS is_owner,
  (SELECT count(*) FROM pg_db_role_setting WHERE setrole = r.oid) AS settings
  FROM pg_roles r WHERE r.rolname = session_user"""

NOT_FORCED = f"""SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace IN {SCHEMAS}
  AND NOT (relrowsecurity AND relforcerowsecurity) AND relname <> ALL (%s) ORDER BY relname"""

UNFENCED = f"""SELECT DISTINCT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polpermissive
  WHERE c.relnamespace IN {SCHEMAS}
  AND NOT EXISTS (SELECT FROM pg_policy f WHERE f.polrelid = c.oid AND NOT f.polpermissive) ORDER BY 1"""

UNHELD = f"""SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relnamespace IN {SCHEMAS} AND c.relname <> ALL (%s) AND NOT EXISTS (
    SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = 'refuse_in_downtime' AND g.tgenabled <> 'D')
  ORDER BY 1"""

LARGE_OBJECTS = """SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace
  AND p.proname ~ '^(lo_|loread|lowrite)' AND has_function_privilege(session_user, p.oid, 'EXECUTE') LIMIT 1"""


def problems(alias: str = "default") -> list[str]:
    """Everything that forbids serving; empty when all is well."""
    return [*_secrets(), *_role(alias), *_database(alias)]


def _secrets() -> list[str]:
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or "insecure" in settings.SECRET_KEY:
        return ["The secret key is missing, short or a default. Delete keys/django_secret to have one made."]
    return []


def _role(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(RUNTIME_ROLE)
        superuser, bypasses, inherits, makes_roles, makes_databases, owned, owner, overrides = cursor.fetchone()
        found = {
            "is a superuser": superuser,
            "bypasses row-level security": bypasses,
            "inherits its audiences": inherits,
            "may create roles or databases": makes_roles or makes_databases,
            "owns relations": owned,
            "is a member of the owner": owner,
            "has settings of its own (ALTER ROLE … SET); `mentalspace up` resets them": overrides,
        }
        cursor.execute(LARGE_OBJECTS)
        found["may use large objects"] = cursor.fetchone()
    return [f"The runtime role {fault}." for fault, present in found.items() if present]


def _database(alias: str) -> list[str]:
    found = []
    with connections[alias].cursor() as cursor:
        for name in DURABLE:
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == "off":
                found.append(f"PostgreSQL runs with {name} off: a power cut would lose acknowledged work.")
        cursor.execute(NOT_FORCED, [list(UNFORCED)])
        if tables := [row[0] for row in cursor.fetchall()]:
            found.append(f"Row-level security is not forced on {', '.join(tables)}. Run `mentalspace migrate`.")
        cursor.execute(UNFENCED)
        if tables := [row[0] for row in cursor.fetchall()]:
            found.append(f"The fence between practices is missing on {', '.join(tables)}.")
        cursor.execute(UNHELD, [[*downtime.NOT_HELD]])
        if tables := [row[0] for row in cursor.fetchall()]:
            found.append(f"The guard of downtime is missing on {', '.join(tables)}. Run `mentalspace migrate`.")
    return found
