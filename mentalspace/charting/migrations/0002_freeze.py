"""A signed note does not change, whoever asks, the owner included; nor do kept texts and amendments; none goes."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_signed_note() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.signed_at IS NULL AND (NEW.client_id, NEW.author_id, NEW.practice_id)
       IS NOT DISTINCT FROM (OLD.client_id, OLD.author_id, OLD.practice_id) THEN
      RETURN NEW;
    END IF;
    IF OLD.signed_at IS NULL THEN
      RAISE EXCEPTION 'a note keeps its client and its author' USING errcode = '42501';
    END IF;
  END IF;
  RAISE EXCEPTION 'a signed note is frozen and no note is deleted: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE FUNCTION access.keep_writing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what was written is kept: % on % is refused', TG_OP, TG_TABLE_NAME USING errcode = '42501';
END $$;

CREATE TRIGGER keep_signed BEFORE UPDATE OR DELETE ON clinical_notes
  FOR EACH ROW EXECUTE FUNCTION access.keep_signed_note();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON clinical_notes EXECUTE FUNCTION access.keep_writing();
CREATE TRIGGER keep_amendment BEFORE UPDATE OR DELETE ON note_amendments
  FOR EACH ROW EXECUTE FUNCTION access.keep_writing();
CREATE TRIGGER keep_version BEFORE UPDATE OR DELETE ON note_versions
  FOR EACH ROW EXECUTE FUNCTION access.keep_writing();
"""

DOWN = """
DROP FUNCTION access.keep_signed_note() CASCADE;
DROP FUNCTION access.keep_writing() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("charting", "0001_initial"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
