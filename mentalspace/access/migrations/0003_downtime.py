"""The downtime switch: who turned it, and the guard that every table carries (`catalog.guard_downtime`).

`access.downtime` holds a row for each practice that is read-only now, and one of no practice for the whole
installation. The trigger refuses what the product's own login writes, whoever it acts as and through whatever function;
the operator, the owner and the queue's own login are not held. What a trigger writes belongs to the statement that it
follows, which was let through or was not.
"""

from django.db import migrations

from mentalspace.access.audiences import ADMINISTRATOR, AUDIENCES, KEEPER

UP = """
CREATE TABLE access.downtime (
  practice_id uuid PRIMARY KEY,
  reason text NOT NULL,
  until timestamptz NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_name text NOT NULL
);
GRANT CREATE ON SCHEMA access TO ms_keeper;
GRANT SELECT, INSERT, DELETE ON access.downtime TO ms_keeper;

CREATE FUNCTION access.refuse_in_downtime() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part text[];
  ours uuid;
BEGIN
  IF session_user <> 'ms_web' OR pg_trigger_depth() > 1 OR NOT EXISTS (SELECT FROM access.downtime)
     OR current_setting('role') = ANY (coalesce(TG_ARGV, '{}')) THEN
    RETURN NULL;
  END IF;
  part := string_to_array(current_setting('ms.actor', true), '.');
  ours := nullif(part[2], '')::uuid;
  IF current_setting('role') = 'ms_identity' THEN  -- whose practice is nil: the account's own, once it is known
    SELECT p.practice_id INTO ours FROM public.profiles p WHERE p.id = part[3]::uuid;
  END IF;
  IF EXISTS (SELECT FROM access.downtime d WHERE d.practice_id IN (ours, '00000000-0000-0000-0000-000000000000')) THEN
    RAISE EXCEPTION 'the product is read-only: % of % is refused', TG_OP, TG_TABLE_NAME USING errcode = '25006';
  END IF;
  RETURN NULL;
END $$;

-- Says whether it was this call that did it.
CREATE FUNCTION access.begin_downtime(why text, expected timestamptz, name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.refuse_unless_administrator();
  INSERT INTO access.downtime (practice_id, reason, until, by_name) VALUES (access.verify(), why, expected, name)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

CREATE FUNCTION access.end_downtime() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.refuse_unless_administrator();
  DELETE FROM access.downtime WHERE practice_id = access.verify();
  RETURN FOUND;
END $$;

-- What holds for a practice; the installation's comes first. Identity asks for anybody's.
CREATE FUNCTION access.downtime_of(practice uuid)
RETURNS TABLE (of_installation boolean, reason text, until timestamptz, since timestamptz, by_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.practice_id = '00000000-0000-0000-0000-000000000000', d.reason, d.until, d.since, d.by_name
  FROM access.downtime d
  WHERE d.practice_id IN (practice, '00000000-0000-0000-0000-000000000000')
    AND (select access.verify()) IN (practice, '00000000-0000-0000-0000-000000000000')
  ORDER BY d.practice_id LIMIT 1
$$;

{own}
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

SWITCHES = ("access.begin_downtime(text, timestamptz, text)", "access.end_downtime()")
TOLD = "access.downtime_of(uuid)"
GUARD = "access.refuse_in_downtime()"


def owned() -> str:
    """The functions are the keeper's: administrators turn the switch, everybody is told."""
    every = (*SWITCHES, TOLD, GUARD)
    return "\n".join(
        [
            *(f"ALTER FUNCTION {each} OWNER TO {KEEPER};" for each in every),
            f"REVOKE ALL ON FUNCTION {', '.join(every)} FROM PUBLIC;",
            f"GRANT EXECUTE ON FUNCTION {', '.join(SWITCHES)} TO {ADMINISTRATOR};",
            f"GRANT EXECUTE ON FUNCTION {TOLD} TO {', '.join(AUDIENCES)};",
        ]
    )


DOWN = """
DROP FUNCTION access.refuse_in_downtime() CASCADE;
DROP FUNCTION access.downtime_of(uuid);
DROP FUNCTION access.end_downtime();
DROP FUNCTION access.begin_downtime(text, timestamptz, text);
DROP TABLE access.downtime;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_administrators")]
    operations = [migrations.RunSQL(UP.replace("{own}", owned()), DOWN)]
