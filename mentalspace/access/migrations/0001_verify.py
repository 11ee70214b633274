"""`access.verify()` is the fence: signature, expiry, and audience = current role. Everything is qualified.

Per database, because none of it is inherited from a template: each test database runs this too.
"""

from typing import Any

from django.db import migrations

from mentalspace.access import keys
from mentalspace.access.audiences import AUDIENCES, KEEPER

ROLES = ", ".join((*AUDIENCES, KEEPER))

SQL = f"""
DO $$ BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO ms_web, ms_worker, ms_operator, ms_backup', current_database());
END $$;
CREATE SCHEMA access;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ms_web, ms_worker, {ROLES};
GRANT USAGE ON SCHEMA access TO {ROLES};

CREATE TABLE access.keys (
  id integer PRIMARY KEY,
  inner_pad bytea NOT NULL,   -- HMAC's two padded keys: real HMAC-SHA256 without pgcrypto
  outer_pad bytea NOT NULL
);

CREATE FUNCTION access.verify() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part text[] := string_to_array(current_setting('ms.actor', true), '.');
  k access.keys;
BEGIN
  IF cardinality(part) IS DISTINCT FROM 6 THEN
    RAISE EXCEPTION 'no actor' USING errcode = '28000';
  END IF;
  SELECT * INTO k FROM access.keys WHERE id::text = part[1];
  -- IS DISTINCT FROM, never <> : an unknown key or a missing part compares to NULL and would pass
  IF encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(array_to_string(part[1:5], '.'), 'UTF8'))), 'hex')
     IS DISTINCT FROM part[6] THEN
    RAISE EXCEPTION 'forged actor' USING errcode = '28000';
  END IF;
  IF (part[5]::bigint < extract(epoch FROM statement_timestamp())) IS NOT FALSE THEN
    RAISE EXCEPTION 'actor expired' USING errcode = '28000';
  END IF;
  IF part[4] IS DISTINCT FROM current_setting('role') THEN
    RAISE EXCEPTION 'actor is not %', current_setting('role') USING errcode = '28000';
  END IF;
  RETURN part[2]::uuid;
END $$;

CREATE FUNCTION access.me() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT split_part(current_setting('ms.actor', true), '.', 3)::uuid $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.verify(), access.me() TO {ROLES};
"""


def put_keys(apps: Any, editor: Any) -> None:
    keys.install(editor.execute)


class Migration(migrations.Migration):
    run_before = [("practices", "0001_initial"), ("people", "0001_initial"), ("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(SQL, "DROP SCHEMA access CASCADE"),
        migrations.RunPython(put_keys, migrations.RunPython.noop),
    ]
