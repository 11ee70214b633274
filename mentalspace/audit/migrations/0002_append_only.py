"""Nobody changes or removes an audit row, the owner included; after six years the runbook's DELETE works.

`xact` is the transaction that wrote the row: the sealer chains in its order (see `audit.chain`).
"""

from django.db import migrations

UP = """
ALTER TABLE audit_logs ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_by_transaction ON audit_logs (practice_id, xact, id);

CREATE FUNCTION access.keep_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_logs' THEN
    IF OLD.created_at < now() - interval '6 years' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit records are kept: % on % is refused', TG_OP, TG_TABLE_NAME USING errcode = '42501';
END $$;

-- A transaction of the far future would never be sealed. One of the past is found: it slipped in behind the chain.
CREATE FUNCTION access.stamp_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.xact := least(NEW.xact, pg_current_xact_id());
  RETURN NEW;
END $$;

CREATE TRIGGER stamp_audit BEFORE INSERT ON audit_logs FOR EACH ROW EXECUTE FUNCTION access.stamp_audit();
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION access.keep_audit();
CREATE TRIGGER keep_all_audit BEFORE TRUNCATE ON audit_logs EXECUTE FUNCTION access.keep_audit();
CREATE TRIGGER keep_chain BEFORE UPDATE OR DELETE ON audit_chain FOR EACH ROW EXECUTE FUNCTION access.keep_audit();
CREATE TRIGGER keep_all_chain BEFORE TRUNCATE ON audit_chain EXECUTE FUNCTION access.keep_audit();
"""

DOWN = """
DROP FUNCTION access.keep_audit() CASCADE;
DROP FUNCTION access.stamp_audit() CASCADE;
ALTER TABLE audit_logs DROP COLUMN xact;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
