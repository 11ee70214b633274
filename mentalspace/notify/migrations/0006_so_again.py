"""What the outbox itself called off as out of date may go after all, when it is so again; texts by number and time.

Under its own key, so that it goes once. What somebody called off stays called off.
"""

from django.db import migrations, models

BEFORE = """
CREATE OR REPLACE FUNCTION access.keep_notification() RETURNS trigger LANGUAGE plpgsql
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
  IF OLD.cancelled_at IS NOT NULL AND NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at{unless} THEN
    RAISE EXCEPTION 'a message that was called off stays so: queue another' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
"""

SO_AGAIN = """
     AND NOT (current_user = 'ms_system' AND NEW.cancelled_at IS NULL AND NEW.sent_at IS NULL
              AND OLD.error_message = 'Called off: out of date.')"""


class Migration(migrations.Migration):
    dependencies = [("notify", "0005_rule")]

    operations = [
        migrations.RunSQL(BEFORE.replace("{unless}", SO_AGAIN), BEFORE.replace("{unless}", "")),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["recipient_phone", "sent_at"], name="notification_by_phone"),
        ),
    ]
