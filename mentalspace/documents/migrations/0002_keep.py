"""A document keeps its file, its client and who brought it; what is in quarantine stays there. Versions are of one
client; none is deleted."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_document() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.object_id, NEW.file_path, NEW.file_name, NEW.mime_type,
        NEW.file_size_bytes, NEW.uploader_id, NEW.uploaded_method, NEW.family, NEW.version_number,
        NEW.previous_version_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.object_id, OLD.file_path, OLD.file_name,
        OLD.mime_type, OLD.file_size_bytes, OLD.uploader_id, OLD.uploaded_method, OLD.family, OLD.version_number,
        OLD.previous_version_id, OLD.created_at)
       AND NOT 'quarantined' IN (OLD.status, NEW.status) AND NEW.version >= OLD.version AND (OLD.latest_version OR NOT NEW.latest_version) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a document keeps its file and its client: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_document BEFORE UPDATE OR DELETE ON client_documents
  FOR EACH ROW EXECUTE FUNCTION access.keep_document();
CREATE TRIGGER keep_all_documents BEFORE TRUNCATE ON client_documents EXECUTE FUNCTION access.keep_document();

ALTER TABLE client_documents
  ADD CONSTRAINT document_of_client UNIQUE (id, client_id, family),
  ADD CONSTRAINT document_previous_same_client FOREIGN KEY (previous_version_id, client_id, family)
    REFERENCES client_documents (id, client_id, family),
  ADD CONSTRAINT document_first_of_family CHECK ((previous_version_id IS NULL) = (family = id));
"""

DOWN = """
ALTER TABLE client_documents
  DROP CONSTRAINT document_first_of_family,
  DROP CONSTRAINT document_previous_same_client,
  DROP CONSTRAINT document_of_client;
DROP FUNCTION access.keep_document() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
