"""What the runbook's check of failed sign-ins finds, for administrators: their own practice's accounts alone.

`login_attempts` is identity's; the function belongs to `ms_keeper`, whose sentence shows it the accounts of the acting
person's practice.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;
CREATE FUNCTION access.failed_sign_ins(since timestamptz, more_than bigint)
RETURNS TABLE (email text, attempts bigint, last_attempt timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT l.email::text, count(*), max(l.attempted_at) FROM login_attempts l
   WHERE l.attempted_at > since AND NOT l.success AND l.user_id IS NOT NULL
   GROUP BY l.email HAVING count(*) > more_than ORDER BY count(*) DESC, l.email
$$;
ALTER FUNCTION access.failed_sign_ins(timestamptz, bigint) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.failed_sign_ins(timestamptz, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.failed_sign_ins(timestamptz, bigint) TO ms_administrator;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

DOWN = "DROP FUNCTION access.failed_sign_ins(timestamptz, bigint)"


class Migration(migrations.Migration):
    dependencies = [("people", "0006_hats")]
    operations = [migrations.RunSQL(UP, DOWN)]
