"""What is signed stays as it is: the document, the request, and each place in it once its signer has decided."""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access.keep_document() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.object_id, NEW.file_path, NEW.file_name, NEW.mime_type,
        NEW.file_size_bytes, NEW.uploader_id, NEW.uploaded_method, NEW.template_id, NEW.template_version, NEW.family,
        NEW.version_number, NEW.previous_version_id, NEW.signed_at, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.object_id, OLD.file_path, OLD.file_name,
        OLD.mime_type, OLD.file_size_bytes, OLD.uploader_id, OLD.uploaded_method, OLD.template_id, OLD.template_version,
        OLD.family, OLD.version_number, OLD.previous_version_id, OLD.signed_at, OLD.created_at)
       AND NOT 'quarantined' IN (OLD.status, NEW.status) AND NEW.version >= OLD.version AND (OLD.latest_version OR NOT NEW.latest_version)
       AND (OLD.signed_at IS NULL OR (NEW.title, NEW.latest_version) IS NOT DISTINCT FROM (OLD.title, OLD.latest_version)) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a document keeps its file and its client, and once signed its name: % is refused', TG_OP USING errcode = '42501';
END $$;

-- No version follows a signed one, whoever adds it: a foreign key is checked past every policy, for the owner too.
ALTER TABLE client_documents
  ADD COLUMN is_unsigned boolean GENERATED ALWAYS AS (signed_at IS NULL) STORED,
  ADD COLUMN follows_unsigned boolean GENERATED ALWAYS AS (CASE WHEN previous_version_id IS NOT NULL THEN true END) STORED,
  ADD CONSTRAINT document_is_unsigned UNIQUE (id, is_unsigned),
  ADD CONSTRAINT document_follows_unsigned FOREIGN KEY (previous_version_id, follows_unsigned)
    REFERENCES client_documents (id, is_unsigned);

CREATE FUNCTION access.keep_signature_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.document_id, NEW.document_sha256, NEW.is_ordered, NEW.message,
        NEW.expires_at, NEW.created_by_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.document_id, OLD.document_sha256,
        OLD.is_ordered, OLD.message, OLD.expires_at, OLD.created_by_id, OLD.created_at)
       AND (OLD.status = 'open' OR (NEW.status, NEW.closed_at) IS NOT DISTINCT FROM (OLD.status, OLD.closed_at))
       AND (OLD.sealed_id IS NULL OR NEW.sealed_id = OLD.sealed_id)
       AND (NEW.status IN (OLD.status, 'withdrawn') AND NEW.sealed_id IS NOT DISTINCT FROM OLD.sealed_id
            OR pg_has_role(current_user, 'ms_system', 'member')) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a request for signatures stays as it was sent: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_signature_request BEFORE UPDATE OR DELETE ON signature_requests
  FOR EACH ROW EXECUTE FUNCTION access.keep_signature_request();
CREATE TRIGGER keep_all_signature_requests BEFORE TRUNCATE ON signature_requests
  EXECUTE FUNCTION access.keep_signature_request();

-- Staff sign for themselves. Who has no account signs by a link, and then it is the practice's system that writes.
CREATE FUNCTION access.keep_signature() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW IS NOT DISTINCT FROM OLD THEN
      RETURN NEW;
    END IF;
    IF (NEW.id, NEW.practice_id, NEW.request_id, NEW.client_id, NEW.position, NEW.role, NEW.person_id, NEW.guardian_id,
        NEW.name, NEW.email, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.request_id, OLD.client_id, OLD.position, OLD.role,
        OLD.person_id, OLD.guardian_id, OLD.name, OLD.email, OLD.created_at)
       AND ((OLD.state, NEW.state) IN (('waiting', 'asked'), ('waiting', 'closed'), ('asked', 'closed'))
            AND NEW.signed_name = '' AND NEW.decline_reason = ''
            OR (OLD.state, NEW.state) IN (('asked', 'signed'), ('asked', 'declined'))
            AND (NEW.person_id = access.me()
                 OR NEW.person_id IS NULL AND pg_has_role(current_user, 'ms_system', 'member'))) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a signature is its signer''s, once and for all: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_signature BEFORE UPDATE OR DELETE ON signature_request_signers
  FOR EACH ROW EXECUTE FUNCTION access.keep_signature();
CREATE TRIGGER keep_all_signatures BEFORE TRUNCATE ON signature_request_signers EXECUTE FUNCTION access.keep_signature();

ALTER TABLE signature_requests ADD CONSTRAINT signature_request_of_client UNIQUE (id, client_id),
  ADD CONSTRAINT signature_request_document_of_client FOREIGN KEY (document_id, client_id)
    REFERENCES client_documents (id, client_id);
ALTER TABLE signature_request_signers ADD CONSTRAINT signer_of_requests_client FOREIGN KEY (request_id, client_id)
    REFERENCES signature_requests (id, client_id);
ALTER TABLE client_guardians ADD CONSTRAINT guardian_of_client UNIQUE (id, client_id);
ALTER TABLE signature_request_signers ADD CONSTRAINT signer_is_clients_guardian FOREIGN KEY (guardian_id, client_id)
    REFERENCES client_guardians (id, client_id);
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_signatures")]
    operations = [migrations.RunSQL(UP, migrations.RunSQL.noop)]
