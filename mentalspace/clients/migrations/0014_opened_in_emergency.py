"""What somebody looked at during an emergency access, told to the supervisor who reviews it.

Administrators read the trail; a supervisor does not. `access.opened_in_emergency` answers with the looks at that one
chart in that time, and only about somebody whom the acting person supervises today.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.opened_in_emergency(of_access uuid, most integer)
RETURNS TABLE (at timestamptz, event text, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.created_at, l.event, l.action_description
    FROM break_glass_access b
    JOIN audit_logs l ON l.practice_id = b.practice_id AND l.user_id = b.staff_id
     AND l.created_at BETWEEN b.started_at AND coalesce(b.ended_at, b.expires_at)
   WHERE b.id = of_access AND b.staff_id <> access.me()
     AND l.action_type = 'PHI_ACCESS' AND l.client_ids @> ARRAY[b.client_id]
     AND l.resource_type NOT IN ('emergency_access', 'emergency_access_list')
     AND EXISTS (SELECT FROM supervision_relationships s
                  WHERE s.supervisor_id = access.me() AND s.supervisee_id = b.staff_id
                    AND s.start_date <= current_date AND (s.end_date IS NULL OR s.end_date > current_date))
   ORDER BY l.created_at, l.id LIMIT most
$$;

ALTER FUNCTION access.opened_in_emergency(uuid, integer) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.opened_in_emergency(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.opened_in_emergency(uuid, integer) TO ms_supervisor;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

DOWN = "DROP FUNCTION access.opened_in_emergency(uuid, integer);"


class Migration(migrations.Migration):
    dependencies = [("clients", "0013_break_glass_is_told"), ("audit", "0008_keeper_reads_looks")]
    operations = [migrations.RunSQL(UP, DOWN)]
