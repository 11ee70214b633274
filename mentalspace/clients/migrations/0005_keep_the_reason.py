"""The keeper writes down why somebody may see a client: their own care team comes before supervision."""

from django.db import migrations

ENTITLED = """
GRANT CREATE ON SCHEMA access TO ms_keeper;
DROP FUNCTION access.entitled(uuid, uuid);

CREATE FUNCTION access.entitled(of_client uuid, of_staff uuid)
RETURNS TABLE (practice_id uuid, staff_id uuid, client_id uuid, through text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.practice_id, e.staff_id, e.client_id, min(e.through)  -- 'care_team' < 'supervision'
    FROM (
      SELECT t.practice_id, t.person_id AS staff_id, t.client_id, 'care_team' AS through FROM care_team t
       WHERE (of_client IS NULL OR t.client_id = of_client) AND (of_staff IS NULL OR t.person_id = of_staff)
         AND t.start_date <= current_date AND (t.end_date IS NULL OR t.end_date > current_date)
      UNION ALL
      SELECT t.practice_id, s.supervisor_id, t.client_id, 'supervision' FROM care_team t
        JOIN supervision_relationships s ON s.supervisee_id = t.person_id
       WHERE (of_client IS NULL OR t.client_id = of_client) AND (of_staff IS NULL OR s.supervisor_id = of_staff)
         AND t.start_date <= current_date AND (t.end_date IS NULL OR t.end_date > current_date)
         AND s.start_date <= current_date AND (s.end_date IS NULL OR s.end_date > current_date)
    ) AS e GROUP BY 1, 2, 3
$$;

-- As before, and a row whose reason has changed is written anew: it counts twice.
CREATE OR REPLACE FUNCTION access.refresh_client_access(of_client uuid, of_staff uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone integer; come integer;
BEGIN
  DELETE FROM client_access a
   WHERE (of_client IS NULL OR a.client_id = of_client) AND (of_staff IS NULL OR a.staff_id = of_staff)
     AND NOT EXISTS (SELECT FROM access.entitled(of_client, of_staff) e
                     WHERE e.client_id = a.client_id AND e.staff_id = a.staff_id AND e.through = a.through);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO client_access (practice_id, staff_id, client_id, through)
  SELECT e.practice_id, e.staff_id, e.client_id, e.through FROM access.entitled(of_client, of_staff) e
      ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS come = ROW_COUNT;
  RETURN gone + come;
END $$;

ALTER FUNCTION access.entitled(uuid, uuid) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.entitled(uuid, uuid) FROM PUBLIC;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

BEFORE = """
GRANT CREATE ON SCHEMA access TO ms_keeper;
DROP FUNCTION access.entitled(uuid, uuid);

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

CREATE OR REPLACE FUNCTION access.refresh_client_access(of_client uuid, of_staff uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone integer; come integer;
BEGIN
  DELETE FROM client_access a
   WHERE (of_client IS NULL OR a.client_id = of_client) AND (of_staff IS NULL OR a.staff_id = of_staff)
     AND NOT EXISTS (SELECT FROM access.entitled(of_client, of_staff) e
                     WHERE e.client_id = a.client_id AND e.staff_id = a.staff_id);
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO client_access (practice_id, staff_id, client_id, through)
  SELECT e.practice_id, e.staff_id, e.client_id, 'supervision' FROM access.entitled(of_client, of_staff) e
      ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS come = ROW_COUNT;
  RETURN gone + come;
END $$;

ALTER FUNCTION access.entitled(uuid, uuid) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.entitled(uuid, uuid) FROM PUBLIC;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0004_who_treats_personally")]
    operations = [migrations.RunSQL(ENTITLED, BEFORE)]
