"""The door of reminder links, reminders that follow their messages, and what of consents and links never changes.

`access.practice_of_link` belongs to `ms_keeper` and answers identity with the practice of a link, for whoever shows its
token. `access.reminder_follows` writes down what the outbox has done with a message: people may plan a reminder and
call it off, and nobody who signs in may say that one was sent.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.practice_of_link(digest text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS 'SELECT l.practice_id FROM reminder_links l WHERE l.token_hash = digest';
ALTER FUNCTION access.practice_of_link(text) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.practice_of_link(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.practice_of_link(text) TO ms_identity;

CREATE FUNCTION access.reminder_follows() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF session_user = 'ms_operator' THEN RETURN NULL; END IF;  -- nobody of a practice: the next attempt catches up
  UPDATE reminder_logs r
     SET status = CASE
           WHEN NEW.delivery_status IN ('bounced', 'undelivered') THEN 'failed'
           WHEN r.status = 'confirmed' THEN 'confirmed'
           WHEN NEW.sent_at IS NOT NULL THEN 'sent'
           WHEN NEW.cancelled_at IS NOT NULL OR r.status = 'cancelled' THEN 'cancelled'
           WHEN NEW.next_attempt_at IS NULL THEN 'failed'
           ELSE 'pending' END,
         sent_at = NEW.sent_at,
         notification_id = NEW.id,
         delivery_status = NEW.delivery_status,
         error_message = CASE
           WHEN NEW.sent_at IS NOT NULL AND NEW.delivery_status NOT IN ('bounced', 'undelivered') THEN ''
           WHEN r.status = 'cancelled' THEN r.error_message
           ELSE NEW.error_message END
   WHERE r.id = NEW.related_entity_id
     AND (r.notification_id = NEW.id OR OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL);
  RETURN NULL;
END $$;
ALTER FUNCTION access.reminder_follows() OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.reminder_follows() FROM PUBLIC;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE TRIGGER reminder_follows AFTER UPDATE ON notification_logs FOR EACH ROW
  WHEN (NEW.related_entity_type = 'reminder')
  EXECUTE FUNCTION access.reminder_follows();

CREATE TRIGGER keep_consent BEFORE UPDATE ON contact_consents
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end('revoked_at', 'revoked_by_id');
CREATE TRIGGER keep_subject BEFORE UPDATE OF practice_id, client_id ON client_reminder_preferences
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER keep_subject BEFORE UPDATE OF practice_id, appointment_id, client_id, reader, about ON reminder_logs
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER keep_subject BEFORE UPDATE OF practice_id, reminder_id, appointment_id, client_id, clinician_id, action,
    token_hash, starts_at ON reminder_links FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
"""

DOWN = """
DROP TRIGGER keep_subject ON reminder_links;
DROP TRIGGER keep_subject ON reminder_logs;
DROP TRIGGER keep_subject ON client_reminder_preferences;
DROP TRIGGER keep_consent ON contact_consents;
DROP FUNCTION access.reminder_follows() CASCADE;
DROP FUNCTION access.practice_of_link(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("scheduling", "0006_reminders"),
        ("notify", "0003_kept_as_queued"),
        ("clients", "0002_access_triggers"),
    ]
    operations = [migrations.RunSQL(UP, DOWN)]
