"""A consent stays as it was given; once, it is revoked. Nothing here is deleted."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_client_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.revoked_by_id IS NULL AND NEW.revoked_by_id IS NOT NULL THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.kind, NEW.title, NEW.words, NEW.template_id, NEW.form_id,
        NEW.guardian_id, NEW.signer, NEW.how, NEW.recipient, NEW.scope, NEW.effective, NEW.expires, NEW.recorded_by_id,
        NEW.created_at)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.client_id, OLD.kind, OLD.title, OLD.words, OLD.template_id, OLD.form_id,
        OLD.guardian_id, OLD.signer, OLD.how, OLD.recipient, OLD.scope, OLD.effective, OLD.expires, OLD.recorded_by_id,
        OLD.created_at) THEN
      NEW.revoked_at := coalesce(NEW.revoked_at, now());
      NEW.revoked_on := coalesce(NEW.revoked_on, current_date);
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a consent is revoked, once, and nothing else of it changes: % is refused', TG_OP
    USING errcode = '42501';
END $$;
CREATE TRIGGER keep_client_consent BEFORE UPDATE OR DELETE ON client_consents
  FOR EACH ROW EXECUTE FUNCTION access.keep_client_consent();
CREATE TRIGGER keep_client_consents BEFORE TRUNCATE ON client_consents EXECUTE FUNCTION access.keep_client_consent();
ALTER TABLE client_consents
  ADD CONSTRAINT client_consent_of_its_form FOREIGN KEY (form_id, client_id) REFERENCES form_assignments (id, client_id),
  ADD CONSTRAINT client_consent_of_its_guardian FOREIGN KEY (guardian_id, client_id)
    REFERENCES client_guardians (id, client_id);
"""

DOWN = """
ALTER TABLE client_consents DROP CONSTRAINT client_consent_of_its_guardian, DROP CONSTRAINT client_consent_of_its_form;
DROP FUNCTION access.keep_client_consent() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0005_client_consents")]
    operations = [migrations.RunSQL(UP, DOWN)]
