"""A document keeps the template it was made from. A template is not deleted, and other words are another version."""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access.keep_document() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.object_id, NEW.file_path, NEW.file_name, NEW.mime_type,
        NEW.file_size_bytes, NEW.uploader_id, NEW.uploaded_method, NEW.template_id, NEW.template_version, NEW.family,
        NEW.version_number, NEW.previous_version_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.object_id, OLD.file_path, OLD.file_name,
        OLD.mime_type, OLD.file_size_bytes, OLD.uploader_id, OLD.uploaded_method, OLD.template_id, OLD.template_version,
        OLD.family, OLD.version_number, OLD.previous_version_id, OLD.created_at)
       AND NOT 'quarantined' IN (OLD.status, NEW.status) AND NEW.version >= OLD.version AND (OLD.latest_version OR NOT NEW.latest_version) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a document keeps its file and its client: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE FUNCTION access.keep_template() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.created_by_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.created_by_id, OLD.created_at)
       AND (NEW.version = OLD.version + 1 OR (NEW.version, NEW.title, NEW.category, NEW.body)
            IS NOT DISTINCT FROM (OLD.version, OLD.title, OLD.category, OLD.body)) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'other words of a template are its next version: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_template BEFORE UPDATE OR DELETE ON document_templates
  FOR EACH ROW EXECUTE FUNCTION access.keep_template();
CREATE TRIGGER keep_all_templates BEFORE TRUNCATE ON document_templates EXECUTE FUNCTION access.keep_template();
"""

DOWN = """
DROP FUNCTION access.keep_template() CASCADE;
CREATE OR REPLACE FUNCTION access.keep_document() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_templates")]
    operations = [migrations.RunSQL(UP, DOWN)]
