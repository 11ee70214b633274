"""A session that moves takes its draft along, and one with a signed note stays: also for whoever sees no notes.

The front desk moves sessions and knows nothing of notes. A draft that states the day and times of the session as they
were planned states the new ones; what its author corrected stays. Its version counts on, so that an open editor is
told. The function belongs to `ms_keeper`: fenced, and it only ever touches drafts of the session at hand.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.session_moved() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  old_day date := (OLD.starts_at AT TIME ZONE OLD.timezone)::date;
  new_day date := (NEW.starts_at AT TIME ZONE NEW.timezone)::date;
BEGIN
  IF EXISTS (SELECT FROM clinical_notes n WHERE n.appointment_id = NEW.id AND n.signed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a session with a signed note keeps its time'
      USING errcode = '23514', constraint = 'signed_session_keeps_its_time';
  END IF;
  UPDATE clinical_notes n
     SET service_date = CASE WHEN n.service_date = old_day THEN new_day ELSE n.service_date END,
         started_at = CASE WHEN n.started_at = OLD.starts_at THEN NEW.starts_at ELSE n.started_at END,
         ended_at = CASE WHEN n.ended_at = OLD.ends_at THEN NEW.ends_at ELSE n.ended_at END,
         version = n.version + 1, updated_at = clock_timestamp()
   WHERE n.appointment_id = NEW.id AND n.signed_at IS NULL
     AND (n.service_date = old_day AND old_day <> new_day
          OR n.started_at = OLD.starts_at AND OLD.starts_at <> NEW.starts_at
          OR n.ended_at = OLD.ends_at AND OLD.ends_at <> NEW.ends_at);
  RETURN NULL;
END $$;

ALTER FUNCTION access.session_moved() OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.session_moved() FROM PUBLIC;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE TRIGGER notes_follow AFTER UPDATE OF starts_at, ends_at, timezone ON appointments FOR EACH ROW
  WHEN ((OLD.starts_at, OLD.ends_at, OLD.timezone) IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.timezone))
  EXECUTE FUNCTION access.session_moved();
"""

DOWN = "DROP FUNCTION access.session_moved() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("charting", "0007_keeper_of_drafts"), ("scheduling", "0003_who_treats_personally")]
    operations = [migrations.RunSQL(UP, DOWN)]
