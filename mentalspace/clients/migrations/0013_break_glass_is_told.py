"""Emergency access: three at once at most, one for each chart, and none without its line in the trail.

Whatever makes a row, `access.tell_break_glass` writes the critical line in the same transaction, also when somebody
calls `access.break_glass` past the product.
"""

from django.db import migrations

import mentalspace.access.policy

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE OR REPLACE FUNCTION access.break_glass(record_number text, born date, why text, lasts interval) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  running uuid;
  of_client uuid;
  made uuid := gen_random_uuid();
  at timestamptz := statement_timestamp();
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('break_glass ' || access.me(), 0));  -- one person's, one by one
  -- The same chart again is the same access. Asked before the limit, and only of what the person has open already:
  -- at the limit a right guess and a wrong one are refused alike.
  SELECT b.id INTO running FROM break_glass_access b JOIN clients c ON c.id = b.client_id
   WHERE b.staff_id = access.me() AND b.ended_at IS NULL AND b.expires_at > at
     AND lower(c.medical_record_number) = lower(btrim(record_number)) AND c.date_of_birth = born LIMIT 1;
  IF running IS NOT NULL THEN RETURN running; END IF;
  IF (SELECT count(*) FROM break_glass_access b
       WHERE b.staff_id = access.me() AND b.ended_at IS NULL AND b.expires_at > at) >= 3 THEN
    RAISE EXCEPTION 'three emergency accesses are running already' USING errcode = '54000';
  END IF;
  SELECT c.id INTO of_client FROM clients c
   WHERE lower(c.medical_record_number) = lower(btrim(record_number)) AND c.date_of_birth = born
   ORDER BY c.medical_record_number = btrim(record_number) DESC LIMIT 1;
  IF of_client IS NULL THEN RETURN NULL; END IF;
  INSERT INTO break_glass_access (id, practice_id, client_id, staff_id, reason, created_at, started_at, expires_at,
                                  review_outcome, review_note)
  VALUES (made, access.verify(), of_client, access.me(), btrim(why), at, at, at + lasts, '', '');
  RETURN made;
END $$;

CREATE FUNCTION access.tell_break_glass() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  came jsonb := nullif(current_setting('ms.origin', true), '')::jsonb;
  who text := (SELECT btrim(p.first_name || ' ' || p.last_name) FROM profiles p WHERE p.id = NEW.staff_id);
BEGIN
  IF least(NEW.ended_at, NEW.expires_at) <= statement_timestamp() THEN RETURN NULL; END IF;  -- an import's: over
  INSERT INTO audit_logs (id, practice_id, user_id, action_type, event, resource_type, resource_id, client_ids,
      action_description, action_details, ip_address, user_agent, session_id, severity, created_at)
  VALUES (gen_random_uuid(), NEW.practice_id, access.me(), 'DATA_MODIFICATION', 'client.emergency_access.began',
      'break_glass_access', NEW.id, ARRAY[NEW.client_id],
      coalesce(who, 'Somebody') || ' opened a chart by emergency access', '{}', (came ->> 'ip')::inet,
      coalesce(came ->> 'agent', ''), coalesce(came ->> 'session', ''), 'critical', clock_timestamp());
  RETURN NULL;
END $$;
ALTER FUNCTION access.tell_break_glass() OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.tell_break_glass() FROM PUBLIC;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE TRIGGER tell_break_glass AFTER INSERT ON break_glass_access
  FOR EACH ROW EXECUTE FUNCTION access.tell_break_glass();
"""

DOWN = """
DROP FUNCTION access.tell_break_glass() CASCADE;

CREATE OR REPLACE FUNCTION access.break_glass(record_number text, born date, why text, lasts interval) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  of_client uuid;
  made uuid := gen_random_uuid();
  at timestamptz := statement_timestamp();
BEGIN
  SELECT c.id INTO of_client FROM clients c
   WHERE lower(c.medical_record_number) = lower(btrim(record_number)) AND c.date_of_birth = born
   ORDER BY c.medical_record_number = btrim(record_number) DESC LIMIT 1;
  IF of_client IS NULL THEN RETURN NULL; END IF;
  INSERT INTO break_glass_access (id, practice_id, client_id, staff_id, reason, created_at, started_at, expires_at,
                                  review_outcome, review_note)
  VALUES (made, access.verify(), of_client, access.me(), btrim(why), at, at, at + lasts, '', '');
  RETURN made;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0012_widened_is_unverified"), ("audit", "0007_keeper_writes")]

    operations = [
        migrations.RemoveConstraint(model_name="breakglassaccess", name="breakglassaccess_ms_keeper_add"),
        migrations.AddConstraint(
            model_name="breakglassaccess",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="breakglassaccess_ms_keeper_read_add",
                restrictive=False,
                to="ms_keeper",
                verbs="read add",
                where="true",
            ),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
