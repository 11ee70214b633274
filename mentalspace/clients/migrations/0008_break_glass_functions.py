"""The one door to emergency access, and what keeps its rows.

`access.break_glass` belongs to `ms_keeper`, to whom the fence applies too: it finds a client of the acting person's
practice by record number and date of birth together, and answers by opening the chart, never by saying who is there.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.break_glass(record_number text, born date, why text, lasts interval) RETURNS uuid
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

ALTER FUNCTION access.break_glass(text, date, text, interval) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.break_glass(text, date, text, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.break_glass(text, date, text, interval) TO ms_supervisor, ms_clinician, ms_associate;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE FUNCTION access.keep_break_glass() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE me uuid; at timestamptz := statement_timestamp();
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'emergency access is kept: % is refused', TG_OP USING errcode = '42501';
  END IF;
  PERFORM access.verify();
  me := access.me();
  IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.staff_id, NEW.reason, NEW.created_at, NEW.started_at, NEW.expires_at)
     IS DISTINCT FROM
     (OLD.id, OLD.practice_id, OLD.client_id, OLD.staff_id, OLD.reason, OLD.created_at, OLD.started_at, OLD.expires_at)
  THEN
    RAISE EXCEPTION 'emergency access does not change: it is ended, and reviewed' USING errcode = '42501';
  END IF;
  IF (NEW.ended_at, NEW.ended_by_id) IS DISTINCT FROM (OLD.ended_at, OLD.ended_by_id) THEN
    IF least(OLD.ended_at, OLD.expires_at) <= at THEN
      RAISE EXCEPTION 'this emergency access is over already' USING errcode = '42501';
    END IF;
    NEW.ended_at := at;
    NEW.ended_by_id := me;
  END IF;
  IF (NEW.reviewed_at, NEW.reviewed_by_id, NEW.review_outcome, NEW.review_note)
     IS DISTINCT FROM (OLD.reviewed_at, OLD.reviewed_by_id, OLD.review_outcome, OLD.review_note) THEN
    IF OLD.reviewed_at IS NOT NULL OR OLD.staff_id = me OR least(NEW.ended_at, NEW.expires_at) > at THEN
      RAISE EXCEPTION 'emergency access is reviewed once, by somebody else, when it is over' USING errcode = '42501';
    END IF;
    NEW.reviewed_at := at;
    NEW.reviewed_by_id := me;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_break_glass BEFORE UPDATE OR DELETE ON break_glass_access
  FOR EACH ROW EXECUTE FUNCTION access.keep_break_glass();
CREATE TRIGGER keep_all_break_glass BEFORE TRUNCATE ON break_glass_access EXECUTE FUNCTION access.keep_break_glass();
"""

DOWN = """
DROP FUNCTION access.keep_break_glass() CASCADE;
DROP FUNCTION access.break_glass(text, date, text, interval);
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0007_break_glass"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
