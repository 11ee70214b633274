"""A document of the library keeps its file and who brought it; what is in quarantine stays there; none is deleted."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_library_document() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.object_id, NEW.file_name, NEW.mime_type, NEW.file_size_bytes, NEW.uploader_id,
        NEW.family, NEW.version_number, NEW.previous_version_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.object_id, OLD.file_name, OLD.mime_type, OLD.file_size_bytes,
        OLD.uploader_id, OLD.family, OLD.version_number, OLD.previous_version_id, OLD.created_at)
       AND NOT 'quarantined' IN (OLD.status, NEW.status) AND NEW.version >= OLD.version
       AND (OLD.latest_version OR NOT NEW.latest_version) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a document keeps its file: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_library_document BEFORE UPDATE OR DELETE ON document_library
  FOR EACH ROW EXECUTE FUNCTION access.keep_library_document();
CREATE TRIGGER keep_whole_library BEFORE TRUNCATE ON document_library EXECUTE FUNCTION access.keep_library_document();

ALTER TABLE document_library
  ADD CONSTRAINT library_and_family UNIQUE (id, family),
  ADD CONSTRAINT library_previous_same_family FOREIGN KEY (previous_version_id, family)
    REFERENCES document_library (id, family),
  ADD CONSTRAINT library_first_of_family CHECK ((previous_version_id IS NULL) = (family = id));
"""

DOWN = """
ALTER TABLE document_library
  DROP CONSTRAINT library_first_of_family,
  DROP CONSTRAINT library_previous_same_family,
  DROP CONSTRAINT library_and_family;
DROP FUNCTION access.keep_library_document() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_library")]
    operations = [migrations.RunSQL(UP, DOWN)]
