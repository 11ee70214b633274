"""A psychotherapy note keeps its client, its author and its practice; none is deleted."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_psychotherapy_note() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.author_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.author_id, OLD.created_at)
       AND NEW.version >= OLD.version THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a psychotherapy note stays with its client and its author: % is refused', TG_OP
    USING errcode = '42501';
END $$;

CREATE TRIGGER keep_psychotherapy_note BEFORE UPDATE OR DELETE ON psychotherapy_notes
  FOR EACH ROW EXECUTE FUNCTION access.keep_psychotherapy_note();
CREATE TRIGGER keep_all_psychotherapy_notes BEFORE TRUNCATE ON psychotherapy_notes
  EXECUTE FUNCTION access.keep_psychotherapy_note();
"""

DOWN = "DROP FUNCTION access.keep_psychotherapy_note() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("charting", "0009_emergency_reads_and_psychotherapy"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
