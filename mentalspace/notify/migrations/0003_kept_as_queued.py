"""What was queued stays as it was queued, and what was sent stays sent; accounts and stops only end.

Invoker's rights: the acting role decides what it may write. The operator's hand-written SQL is bound as well.
"""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_notification() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  waits text[] := ARRAY['next_attempt_at', 'cancelled_at', 'attempts', 'error_message'];
  went text[] := ARRAY['sent_at', 'sent_successfully', 'provider', 'external_id'];
  told text[] := ARRAY['delivery_status', 'delivery_status_at', 'opened', 'opened_date', 'clicked', 'clicked_date'];
  may text[] := CASE WHEN OLD.sent_at IS NOT NULL THEN told WHEN current_user = 'ms_system' THEN waits || went || told
                     ELSE waits END;
BEGIN
  IF to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'a message stays as it was queued, and once sent it is sent' USING errcode = '42501';
  END IF;
  IF OLD.sent_at IS NOT NULL AND current_user <> 'ms_system' THEN
    RAISE EXCEPTION 'what became of a message is for its provider to tell' USING errcode = '42501';
  END IF;
  IF OLD.cancelled_at IS NOT NULL AND NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at THEN
    RAISE EXCEPTION 'a message that was called off stays so: queue another' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_notification BEFORE UPDATE ON notification_logs
  FOR EACH ROW EXECUTE FUNCTION access.keep_notification();

CREATE FUNCTION access.keep_but_end() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE may text[] := TG_ARGV;  -- the column that ends the row, and those that may be put right before
BEGIN
  IF to_jsonb(OLD) ->> may[0] IS NOT NULL OR to_jsonb(NEW) - may <> to_jsonb(OLD) - may THEN
    RAISE EXCEPTION 'this row only ends; add another' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_account BEFORE UPDATE ON provider_accounts
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end('retired_at');
CREATE TRIGGER keep_stop BEFORE UPDATE ON suppressed_addresses
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end('lifted_at', 'reason', 'detail');
"""

DOWN = """
DROP FUNCTION access.keep_notification() CASCADE;
DROP FUNCTION access.keep_but_end() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0002_channels"), ("access", "0001_verify")]

    operations = [migrations.RunSQL(UP, DOWN)]
