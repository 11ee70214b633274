"""What was shared with whom stays as it was; it is taken back once, and only reading it counts up."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_document_share() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.document_id, NEW.guardian_id, NEW.reader, NEW.channel, NEW.address,
        NEW.message, NEW.expires_at, NEW.created_by_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.document_id, OLD.guardian_id, OLD.reader,
        OLD.channel, OLD.address, OLD.message, OLD.expires_at, OLD.created_by_id, OLD.created_at)
       AND ((NEW.revoked_at, NEW.revoked_by_id) IS NOT DISTINCT FROM (OLD.revoked_at, OLD.revoked_by_id)
            OR OLD.revoked_at IS NULL AND current_user <> 'ms_system')
       AND ((NEW.opened_at, NEW.last_opened_at, NEW.times_opened)
              IS NOT DISTINCT FROM (OLD.opened_at, OLD.last_opened_at, OLD.times_opened)
            OR NEW.times_opened > OLD.times_opened
              AND (OLD.opened_at IS NULL
                   OR NEW.opened_at = OLD.opened_at AND NEW.last_opened_at >= OLD.last_opened_at)
              AND pg_has_role(current_user, 'ms_system', 'member')) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'what was shared stays as it was shared: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_document_share BEFORE UPDATE OR DELETE ON document_shares
  FOR EACH ROW EXECUTE FUNCTION access.keep_document_share();
CREATE TRIGGER keep_all_document_shares BEFORE TRUNCATE ON document_shares
  EXECUTE FUNCTION access.keep_document_share();

ALTER TABLE document_shares
  ADD CONSTRAINT document_share_of_client FOREIGN KEY (document_id, client_id) REFERENCES client_documents (id, client_id),
  ADD CONSTRAINT document_share_clients_guardian FOREIGN KEY (guardian_id, client_id)
    REFERENCES client_guardians (id, client_id);
"""

DOWN = """
DROP TRIGGER keep_all_document_shares ON document_shares;
DROP TRIGGER keep_document_share ON document_shares;
DROP FUNCTION access.keep_document_share();
ALTER TABLE document_shares DROP CONSTRAINT document_share_of_client, DROP CONSTRAINT document_share_clients_guardian;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0012_shares")]
    operations = [migrations.RunSQL(UP, DOWN)]
