"""A purge that cannot see the legal holds is refused: FORCE row-level security hid them from the owner."""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access.keep_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_logs' THEN
    IF row_security_active('public.audit_retention') THEN
      RAISE EXCEPTION 'whoever purges must see what is held' USING errcode = '42501';
    END IF;
    IF OLD.created_at < now() - interval '6 years' THEN
      IF EXISTS (SELECT FROM public.audit_retention r
                 WHERE r.practice_id = OLD.practice_id AND r.action_type IN ('', OLD.action_type)
                   AND (r.is_held OR OLD.created_at >= now() - make_interval(years => r.years))) THEN
        RETURN NULL;
      END IF;
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit records are kept: % on % is refused', TG_OP, TG_TABLE_NAME USING errcode = '42501';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_oversight")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
