"""The bucket of files that answer questions, from which they go as soon as nothing asks for them; and what of such a
file never changes."""

from typing import Any

from django.db import migrations

MEGABYTE = 1024 * 1024
BUCKET = "form-files"
TAKEN = [
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]

UP = """
CREATE FUNCTION access.keep_form_file() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.assignment_id, NEW.client_id, NEW.field, NEW.object_id, NEW.bringer_id, NEW.link_id,
        NEW.file_name, NEW.mime_type, NEW.file_size_bytes, NEW.created_at)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.assignment_id, OLD.client_id, OLD.field, OLD.object_id, OLD.bringer_id, OLD.link_id,
        OLD.file_name, OLD.mime_type, OLD.file_size_bytes, OLD.created_at)
       AND (OLD.document_id IS NULL OR NEW.document_id = OLD.document_id)
       AND (OLD.removed_at IS NULL OR NEW.removed_at = OLD.removed_at) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a file of a form stays what it is: % is refused', TG_OP USING errcode = '42501';
END $$;
CREATE TRIGGER keep_form_file BEFORE UPDATE OR DELETE ON form_files
  FOR EACH ROW EXECUTE FUNCTION access.keep_form_file();
CREATE TRIGGER keep_form_files BEFORE TRUNCATE ON form_files EXECUTE FUNCTION access.keep_form_file();
ALTER TABLE form_files
  ADD CONSTRAINT form_file_of_its_client FOREIGN KEY (assignment_id, client_id)
    REFERENCES form_assignments (id, client_id);
"""

DOWN = """
ALTER TABLE form_files DROP CONSTRAINT form_file_of_its_client;
DROP FUNCTION access.keep_form_file() CASCADE;
"""


def make_bucket(apps: Any, editor: Any) -> None:
    apps.get_model("storage", "Bucket").objects.using(editor.connection.alias).create(
        id=BUCKET,
        purpose="Files sent with a form, until it is accepted",
        allowed_types=TAKEN,
        most_bytes=10 * MEGABYTE,
        retention_years=0,
        who="Whoever may see the form",
    )


def remove_bucket(apps: Any, editor: Any) -> None:
    apps.get_model("storage", "Bucket").objects.using(editor.connection.alias).filter(pk=BUCKET).delete()


class Migration(migrations.Migration):
    dependencies = [("forms", "0008_files"), ("storage", "0006_one_run_of_a_kind")]
    operations = [migrations.RunSQL(UP, DOWN), migrations.RunPython(make_bucket, remove_bucket)]
