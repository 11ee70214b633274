"""When an audit row was written, and in which cluster, is the database's to say, not the writer's.

Transaction ids begin anew in a new cluster, so the order of rows is `(cluster, xact)`: a dump can be restored and its
chain goes on. `cluster` 0: written before this was kept. Whoever owns the table may bring rows of other times (a
restore, old records); a runtime role may not.
"""

from django.db import migrations

UP = """
ALTER TABLE audit_logs ADD COLUMN cluster bigint NOT NULL DEFAULT 0;
CREATE INDEX audit_by_writing ON audit_logs (practice_id, cluster, xact, id);
DROP INDEX audit_by_transaction;

CREATE OR REPLACE FUNCTION access.stamp_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  here bigint := (SELECT system_identifier FROM pg_control_system());
BEGIN
  IF NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
    NEW.created_at := clock_timestamp();
    NEW.cluster := here;
    NEW.xact := pg_current_xact_id();
  ELSIF NEW.cluster IN (0, here) THEN
    -- A transaction of the far future would never be sealed. One of the past is found: it slipped in behind the chain.
    NEW.cluster := here;
    NEW.xact := least(NEW.xact, pg_current_xact_id());
  END IF;
  RETURN NEW;
END $$;
"""

DOWN = """
CREATE OR REPLACE FUNCTION access.stamp_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.xact := least(NEW.xact, pg_current_xact_id());
  RETURN NEW;
END $$;
CREATE INDEX audit_by_transaction ON audit_logs (practice_id, xact, id);
ALTER TABLE audit_logs DROP COLUMN cluster;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(UP, DOWN)]
