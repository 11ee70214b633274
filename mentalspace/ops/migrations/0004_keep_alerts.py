"""What was an alert stays one: what it is about is never altered, its history neither, and what is over ends.

People take an open alert on, and that is all they do to it; the practice's system does the rest. A webhook is retired,
not altered, and what is told there is kept as it was queued.
"""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_system_alert() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  steps text[] := ARRAY['acknowledged_by', 'acknowledged_at', 'note', 'stage', 'next_step_at'];
  moves text[] := steps || ARRAY['title', 'says', 'fix', 'page', 'severity', 'since', 'last_at', 'count',
    'good_since', 'unknown_since', 'opened_at', 'step', 'resolved_at'];
  may text[] := CASE WHEN current_user = 'ms_system' THEN moves ELSE steps END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.stage <> 'pending' THEN
      RAISE EXCEPTION 'an alert is resolved, not removed' USING errcode = '42501';
    END IF;
    RETURN OLD;
  END IF;
  IF to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'what an alert is about stays as it is' USING errcode = '42501';
  END IF;
  IF current_user <> 'ms_system' THEN
    NEW.stage := 'acknowledged';
    NEW.acknowledged_at := coalesce(NEW.acknowledged_at, now());
    NEW.next_step_at := NULL;
  ELSIF NEW.opened_at IS DISTINCT FROM OLD.opened_at AND OLD.opened_at IS NOT NULL
      OR NEW.stage = 'pending' AND OLD.stage <> 'pending'
      OR OLD.stage = 'resolved' AND NEW.stage NOT IN ('resolved', 'open') THEN
    RAISE EXCEPTION 'an alert goes forward, or is open again' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_system_alert BEFORE UPDATE OR DELETE ON system_alerts
  FOR EACH ROW EXECUTE FUNCTION access.keep_system_alert();

CREATE FUNCTION access.keep_system_alert_line() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the history of an alert stays as it is: % is refused', TG_OP USING errcode = '42501';
END $$;
CREATE TRIGGER keep_system_alert_line BEFORE UPDATE OR DELETE ON system_alert_lines
  FOR EACH ROW EXECUTE FUNCTION access.keep_system_alert_line();
CREATE TRIGGER keep_system_alert_lines BEFORE TRUNCATE ON system_alert_lines
  FOR EACH STATEMENT EXECUTE FUNCTION access.keep_system_alert_line();

CREATE TRIGGER keep_alert_webhook BEFORE UPDATE ON alert_webhooks
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end('retired_at');

CREATE TRIGGER keep_webhook_delivery BEFORE UPDATE ON alert_webhook_deliveries
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end('delivered_at', 'attempts', 'next_attempt_at', 'last_error');
"""

DOWN = """
DROP TRIGGER keep_webhook_delivery ON alert_webhook_deliveries;
DROP TRIGGER keep_alert_webhook ON alert_webhooks;
DROP FUNCTION access.keep_system_alert_line() CASCADE;
DROP FUNCTION access.keep_system_alert() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ops", "0003_alerts"), ("notify", "0003_kept_as_queued")]
    operations = [migrations.RunSQL(UP, DOWN)]
