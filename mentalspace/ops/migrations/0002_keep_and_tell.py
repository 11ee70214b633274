"""A signed checklist stays as it is; administrators are told what the database is busy with.

The functions belong to `ms_keeper`, which sees PostgreSQL's statistics of everybody's sessions. They tell statements
of the product's own logins, without the values they were asked with, and connections as numbers.
"""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_checklist() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a signed checklist stays as it is: % is refused', TG_OP USING errcode = '42501';
END $$;
CREATE TRIGGER keep_checklist BEFORE UPDATE OR DELETE ON checklist_signatures
  FOR EACH ROW EXECUTE FUNCTION access.keep_checklist();
CREATE TRIGGER keep_checklists BEFORE TRUNCATE ON checklist_signatures
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_checklist();

GRANT CREATE ON SCHEMA access TO ms_keeper;
CREATE FUNCTION access.slow_statements(over_ms double precision, most integer)
RETURNS TABLE (query text, calls bigint, mean_ms double precision, max_ms double precision, total_ms double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT left(s.query, 2000), s.calls, s.mean_exec_time, s.max_exec_time, s.total_exec_time
  FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid JOIN pg_database d ON d.oid = s.dbid
  WHERE s.mean_exec_time > over_ms AND d.datname = current_database()
    AND (r.rolname IN ('ms_web', 'ms_worker') OR pg_has_role('ms_web', r.oid, 'MEMBER'))
  ORDER BY s.mean_exec_time DESC LIMIT least(most, 100)
$$;
CREATE FUNCTION access.connections()
RETURNS TABLE (state text, connections bigint, longest_seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(a.state, 'none'), count(*), coalesce(extract(epoch FROM now() - min(a.state_change)), 0)::float
  FROM pg_stat_activity a WHERE a.backend_type = 'client backend' GROUP BY 1 ORDER BY 2 DESC, 1
$$;
CREATE FUNCTION access.database_size() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_database_size(current_database())
$$;
ALTER FUNCTION access.database_size() OWNER TO ms_keeper;
ALTER FUNCTION access.slow_statements(double precision, integer) OWNER TO ms_keeper;
ALTER FUNCTION access.connections() OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.slow_statements(double precision, integer), access.connections(),
  access.database_size() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.slow_statements(double precision, integer), access.connections(), access.database_size()
  TO ms_administrator, ms_system;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

DOWN = """
DROP FUNCTION access.database_size();
DROP FUNCTION access.connections();
DROP FUNCTION access.slow_statements(double precision, integer);
DROP TRIGGER keep_checklists ON checklist_signatures;
DROP TRIGGER keep_checklist ON checklist_signatures;
DROP FUNCTION access.keep_checklist();
"""


class Migration(migrations.Migration):
    dependencies = [("ops", "0001_initial")]
    operations = [migrations.RunSQL(UP, DOWN)]
