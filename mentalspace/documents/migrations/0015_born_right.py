"""Requests for signatures and their places are born as nobody has answered them; a signed copy may be given up.

Sentences say who may add them; these triggers say how, for whoever adds them: the database's owner too.
"""

from django.db import migrations

BORN = """
CREATE FUNCTION access.begin_signature_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.status = 'open' AND NEW.closed_at IS NULL AND NEW.sealed_id IS NULL
     AND NEW.copy_tries = 0 AND NEW.copy_given_up_at IS NULL
     AND EXISTS (
       SELECT FROM public.client_documents d JOIN storage.objects o ON o.id = d.object_id
       WHERE d.id = NEW.document_id AND d.client_id = NEW.client_id AND d.practice_id = NEW.practice_id
         AND d.latest_version AND d.status = 'active' AND d.signed_at IS NULL AND o.sha256 = NEW.document_sha256) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a request for signatures begins open, over the file of an unsigned document of its client'
    USING errcode = '42501';
END $$;

CREATE TRIGGER begin_signature_request BEFORE INSERT ON signature_requests
  FOR EACH ROW EXECUTE FUNCTION access.begin_signature_request();

CREATE FUNCTION access.begin_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.state IN ('waiting', 'asked') AND NEW.decided_at IS NULL AND NEW.drawing IS NULL AND NEW.ip_address IS NULL
     AND NEW.method || NEW.signed_name || NEW.consent_text || NEW.consent_version || NEW.document_sha256
         || NEW.user_agent || NEW.decline_reason = ''
     AND EXISTS (
       SELECT FROM public.signature_requests r
       WHERE r.id = NEW.request_id AND r.client_id = NEW.client_id AND r.practice_id = NEW.practice_id
         AND r.status = 'open')
     AND NOT EXISTS (
       SELECT FROM public.signature_request_signers s
       WHERE s.request_id = NEW.request_id AND s.state NOT IN ('waiting', 'asked')) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a place for a signature begins empty, in a request that nobody has answered' USING errcode = '42501';
END $$;

CREATE TRIGGER begin_signature BEFORE INSERT ON signature_request_signers
  FOR EACH ROW EXECUTE FUNCTION access.begin_signature();
"""

UNBORN = """
DROP TRIGGER begin_signature ON signature_request_signers;
DROP FUNCTION access.begin_signature();
DROP TRIGGER begin_signature_request ON signature_requests;
DROP FUNCTION access.begin_signature_request();
"""

KEEP = """
CREATE OR REPLACE FUNCTION access.keep_signature_request() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.document_id, NEW.document_sha256, NEW.is_ordered, NEW.message,
        NEW.expires_at, NEW.created_by_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.document_id, OLD.document_sha256,
        OLD.is_ordered, OLD.message, OLD.expires_at, OLD.created_by_id, OLD.created_at)
       AND (OLD.status = 'open' OR (NEW.status, NEW.closed_at) IS NOT DISTINCT FROM (OLD.status, OLD.closed_at))
       AND (OLD.sealed_id IS NULL OR NEW.sealed_id = OLD.sealed_id)
       AND (NEW.status IN (OLD.status, 'withdrawn') AND NEW.sealed_id IS NOT DISTINCT FROM OLD.sealed_id{tries}
            OR pg_has_role(current_user, 'ms_system', 'member')) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a request for signatures stays as it was sent: % is refused', TG_OP USING errcode = '42501';
END $$;
"""

TRIES = """
            AND ((NEW.copy_tries, NEW.copy_given_up_at) IS NOT DISTINCT FROM (OLD.copy_tries, OLD.copy_given_up_at)
                 OR OLD.copy_given_up_at IS NOT NULL AND NEW.copy_tries = 0 AND NEW.copy_given_up_at IS NULL)"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0014_copy_given_up")]
    operations = [
        migrations.RunSQL(KEEP.replace("{tries}", TRIES), KEEP.replace("{tries}", "")),
        migrations.RunSQL(BORN, UNBORN),
    ]
