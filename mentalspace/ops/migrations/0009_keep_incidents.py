"""What was an incident stays one: its number is the database's, its timeline and what was kept with it stay as they are.

Numbers count up in each practice and year without a gap: whoever adds an incident waits for whoever adds one just now,
and takes the next; one that is not committed takes none.
"""

from django.db import migrations

UP = """
CREATE FUNCTION access.number_operations_incident() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('operations-incident:' || NEW.practice_id, 0));
  SELECT extract(year FROM NEW.created_at AT TIME ZONE p.timezone) INTO NEW.year
    FROM practices p WHERE p.id = NEW.practice_id;
  SELECT coalesce(max(i.serial), 0) + 1 INTO NEW.serial
    FROM operations_incidents i WHERE i.practice_id = NEW.practice_id AND i.year = NEW.year;
  NEW.number := format('INC-%s-%s', NEW.year, lpad(NEW.serial::text, 4, '0'));
  RETURN NEW;
END $$;
CREATE TRIGGER number_operations_incident BEFORE INSERT ON operations_incidents
  FOR EACH ROW EXECUTE FUNCTION access.number_operations_incident();

CREATE FUNCTION access.keep_operations_incident() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  may text[] := ARRAY['version', 'updated_at', 'severity', 'status', 'clock_at', 'due_at', 'calls', 'next_call_at',
    'commander', 'communications', 'scribe', 'taken_at', 'resolved_at', 'closed_at', 'post_mortem_due_at',
    'post_mortem_at'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'triage' OR num_nonnulls(NEW.commander, NEW.taken_at, NEW.resolved_at, NEW.closed_at,
        NEW.post_mortem_due_at, NEW.post_mortem_at) > 0 THEN
      RAISE EXCEPTION 'an incident begins with triage, and nobody has taken it on' USING errcode = '42501';
    END IF;
    RETURN NEW;
  ELSIF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'an incident is closed, not removed' USING errcode = '42501';
  END IF;
  IF OLD.status = 'closed' OR to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'what an incident is stays as it is' USING errcode = '42501';
  END IF;
  IF OLD.resolved_at IS NOT NULL AND OLD.severity IN ('P0', 'P1') AND NEW.severity NOT IN ('P0', 'P1') THEN
    RAISE EXCEPTION 'a grave incident that is resolved stays grave' USING errcode = '42501';
  END IF;
  IF NEW.status = 'closed' THEN  -- people close: the practice's system reads no post-mortem
    IF OLD.status <> 'resolved' OR least(OLD.severity, NEW.severity) IN ('P0', 'P1') AND NOT EXISTS (
        SELECT FROM operations_post_mortems p WHERE p.incident_id = NEW.id AND p.published_at IS NOT NULL) THEN
      RAISE EXCEPTION 'an incident is closed once it is resolved, and a grave one looked back on'
        USING errcode = '42501';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_operations_incident BEFORE INSERT OR UPDATE OR DELETE ON operations_incidents
  FOR EACH ROW EXECUTE FUNCTION access.keep_operations_incident();
CREATE TRIGGER keep_operations_incidents BEFORE TRUNCATE ON operations_incidents
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_operations_incident();

CREATE FUNCTION access.keep_of_incident() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what was kept with an incident stays as it is: % is refused', TG_OP USING errcode = '42501';
END $$;
CREATE TRIGGER keep_line BEFORE UPDATE OR DELETE ON operations_incident_lines
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_lines BEFORE TRUNCATE ON operations_incident_lines
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_link BEFORE UPDATE OR DELETE ON operations_incident_links
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_links BEFORE TRUNCATE ON operations_incident_links
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_extract BEFORE UPDATE OR DELETE ON operations_incident_extracts
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_extracts BEFORE TRUNCATE ON operations_incident_extracts
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_action_item_there BEFORE DELETE ON operations_incident_action_items
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_action_items_there BEFORE TRUNCATE ON operations_incident_action_items
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_post_mortem_there BEFORE DELETE ON operations_post_mortems
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_post_mortems_there BEFORE TRUNCATE ON operations_post_mortems
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_breach_there BEFORE DELETE ON breach_assessments
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_breaches_there BEFORE TRUNCATE ON breach_assessments
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_affected_there BEFORE DELETE ON breach_affected_people
  FOR EACH ROW EXECUTE FUNCTION access.keep_of_incident();
CREATE TRIGGER keep_all_affected_there BEFORE TRUNCATE ON breach_affected_people
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_of_incident();

CREATE FUNCTION access.seal_extract() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.sha256 := encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex');
  RETURN NEW;
END $$;
CREATE TRIGGER seal_extract BEFORE INSERT ON operations_incident_extracts
  FOR EACH ROW EXECUTE FUNCTION access.seal_extract();

CREATE FUNCTION access.keep_columns() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE may text[] := TG_ARGV;  -- what may change; everything else stays
BEGIN
  IF to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'this stays as it is' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_action_item BEFORE UPDATE ON operations_incident_action_items
  FOR EACH ROW EXECUTE FUNCTION access.keep_columns('version', 'updated_at', 'what', 'assignee', 'due_on', 'done_at',
    'done_by');
CREATE TRIGGER keep_incident_rule BEFORE UPDATE ON operations_incident_rules
  FOR EACH ROW EXECUTE FUNCTION access.keep_columns('version', 'updated_at', 'opens');
CREATE TRIGGER keep_override BEFORE UPDATE ON on_call_overrides
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end('called_off_at');

CREATE FUNCTION access.keep_post_mortem() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.published_at IS NOT NULL THEN
      RAISE EXCEPTION 'a post-mortem is written before it is published' USING errcode = '42501';
    END IF;
  ELSIF OLD.published_at IS NOT NULL OR NEW.incident_id <> OLD.incident_id THEN
    RAISE EXCEPTION 'a published post-mortem stays as it is' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_post_mortem BEFORE INSERT OR UPDATE ON operations_post_mortems
  FOR EACH ROW EXECUTE FUNCTION access.keep_post_mortem();

CREATE FUNCTION access.keep_breach() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  warned text[] := ARRAY['warned'];
BEGIN
  IF (OLD.decision <> '' OR current_user = 'ms_system') AND to_jsonb(NEW) - warned <> to_jsonb(OLD) - warned
      OR (NEW.id, NEW.practice_id, NEW.incident_id, NEW.declared_by, NEW.created_at)
        IS DISTINCT FROM (OLD.id, OLD.practice_id, OLD.incident_id, OLD.declared_by, OLD.created_at) THEN
    RAISE EXCEPTION 'what was decided of a breach stays as it is' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_breach BEFORE UPDATE ON breach_assessments
  FOR EACH ROW EXECUTE FUNCTION access.keep_breach();

ALTER TABLE breach_assessments ADD CONSTRAINT breach_due_in_sixty_days CHECK (due_on = discovered_on + 60);

CREATE FUNCTION access.keep_affected() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told text[] := ARRAY['notified_on', 'notified_how', 'notified_by'];
  may text[] := told || ARRAY['times', 'first_at', 'last_at', 'dropped_at'];
  is_open boolean;
BEGIN
  SELECT b.decision = '' INTO is_open FROM breach_assessments b WHERE b.id = NEW.assessment_id;
  IF TG_OP = 'INSERT' THEN
    IF is_open IS FALSE THEN
      RAISE EXCEPTION 'the list of a breach that was decided stays as it is' USING errcode = '42501';
    END IF;
    RETURN NEW;
  END IF;
  IF NOT is_open THEN may := told; END IF;
  IF OLD.notified_on IS NOT NULL THEN may := '{}'; END IF;
  IF to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'the list of a breach that was decided stays as it is' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_affected BEFORE INSERT OR UPDATE ON breach_affected_people
  FOR EACH ROW EXECUTE FUNCTION access.keep_affected();
"""

DOWN = """
ALTER TABLE breach_assessments DROP CONSTRAINT breach_due_in_sixty_days;
DROP FUNCTION access.keep_affected() CASCADE;
DROP FUNCTION access.keep_breach() CASCADE;
DROP FUNCTION access.keep_post_mortem() CASCADE;
DROP TRIGGER keep_override ON on_call_overrides;
DROP FUNCTION access.keep_columns() CASCADE;
DROP FUNCTION access.seal_extract() CASCADE;
DROP FUNCTION access.keep_of_incident() CASCADE;
DROP FUNCTION access.keep_operations_incident() CASCADE;
DROP FUNCTION access.number_operations_incident() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ops", "0008_incidents"), ("notify", "0003_kept_as_queued")]
    operations = [migrations.RunSQL(UP, DOWN)]
