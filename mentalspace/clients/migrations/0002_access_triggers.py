"""`client_access` follows care teams and supervision.

The functions belong to `ms_keeper`, who is subject to policies like everybody: even inside them the fence holds,
so they can only ever touch the acting person's practice.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.entitled(of_client uuid, of_staff uuid)
RETURNS TABLE (practice_id uuid, staff_id uuid, client_id uuid)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.practice_id, t.person_id, t.client_id FROM care_team t
   WHERE (of_client IS NULL OR t.client_id = of_client) AND (of_staff IS NULL OR t.person_id = of_staff)
     AND t.start_date <= current_date AND (t.end_date IS NULL OR t.end_date > current_date)
  UNION
  SELECT t.practice_id, s.supervisor_id, t.client_id FROM care_team t
    JOIN supervision_relationships s ON s.supervisee_id = t.person_id
   WHERE (of_client IS NULL OR t.client_id = of_client) AND (of_staff IS NULL OR s.supervisor_id = of_staff)
     AND t.start_date <= current_date AND (t.end_date IS NULL OR t.end_date > current_date)
     AND s.start_date <= current_date AND (s.end_date IS NULL OR s.end_date > current_date)
$$;

-- Recompute one client's readers, one person's clients, or (both NULL) the whole practice's. Returns rows changed.
CREATE FUNCTION access.refresh_client_access(of_client uuid, of_staff uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone integer; come integer;
BEGIN
  DELETE FROM client_access a
   WHERE (of_client IS NULL OR a.client_id = of_client) AND (of_staff IS NULL OR a.staff_id = of_staff)
     AND NOT EXISTS (SELECT FROM access.entitled(of_client, of_staff) e
                     WHERE e.client_id = a.client_id AND e.staff_id = a.staff_id);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO client_access (practice_id, staff_id, client_id)
  SELECT e.practice_id, e.staff_id, e.client_id FROM access.entitled(of_client, of_staff) e
      ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS come = ROW_COUNT;
  RETURN gone + come;
END $$;

CREATE FUNCTION access.care_team_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.refresh_client_access(coalesce(NEW.client_id, OLD.client_id), NULL);
  RETURN NULL;
END $$;

CREATE FUNCTION access.supervision_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.refresh_client_access(NULL, coalesce(NEW.supervisor_id, OLD.supervisor_id));
  RETURN NULL;
END $$;

CREATE FUNCTION access.keep_subject() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the people a % row connects do not change: end it and add another', TG_TABLE_NAME
    USING errcode = '42501';
END $$;

ALTER FUNCTION access.refresh_client_access(uuid, uuid) OWNER TO ms_keeper;
ALTER FUNCTION access.care_team_changed() OWNER TO ms_keeper;
ALTER FUNCTION access.supervision_changed() OWNER TO ms_keeper;
ALTER FUNCTION access.entitled(uuid, uuid) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.refresh_client_access(uuid, uuid), access.entitled(uuid, uuid),
  access.care_team_changed(), access.supervision_changed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.refresh_client_access(uuid, uuid) TO ms_system;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE TRIGGER access_follows AFTER INSERT OR UPDATE OR DELETE ON care_team
  FOR EACH ROW EXECUTE FUNCTION access.care_team_changed();
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, person_id, practice_id ON care_team
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER access_follows AFTER INSERT OR UPDATE OR DELETE ON supervision_relationships
  FOR EACH ROW EXECUTE FUNCTION access.supervision_changed();
CREATE TRIGGER keep_subject BEFORE UPDATE OF supervisor_id, supervisee_id, practice_id ON supervision_relationships
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER keep_subject BEFORE UPDATE OF created_by_id ON client_alerts
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, noted_by_id, practice_id ON diagnoses
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, practice_id ON emergency_contacts
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();

CREATE FUNCTION access.keep_number() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.medical_record_number IS DISTINCT FROM OLD.medical_record_number THEN
    RAISE EXCEPTION 'a client keeps their record number' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_number BEFORE UPDATE OF medical_record_number ON clients
  FOR EACH ROW EXECUTE FUNCTION access.keep_number();
"""

DOWN = """
DROP FUNCTION access.care_team_changed() CASCADE;
DROP FUNCTION access.supervision_changed() CASCADE;
DROP FUNCTION access.keep_subject() CASCADE;
DROP FUNCTION access.keep_number() CASCADE;
DROP FUNCTION access.refresh_client_access(uuid, uuid);
DROP FUNCTION access.entitled(uuid, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial"), ("people", "0002_third_party"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
