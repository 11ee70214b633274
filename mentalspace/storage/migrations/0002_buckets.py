"""The six buckets; an object keeps what it is; and the runbook's `storage.policies`."""

from typing import Any

from django.db import migrations

PICTURES = ["image/jpeg", "image/png", "image/webp"]
PDF = "application/pdf"
OFFICE = [
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]
TEXT = ["text/plain", "text/csv"]
MEGABYTE = 1024 * 1024

BUCKETS: dict[str, tuple[str, list[str], int, int, str]] = {
    # name: purpose, allowed types, most megabytes, years, who
    "client-documents": (
        "Documents of a client's chart",
        [PDF, *PICTURES, *OFFICE, *TEXT],
        20,
        7,
        "The client's care team, their supervisors, front desk and administrators",
    ),
    "client-insurance-cards": (
        "Photographs of insurance cards",
        [PDF, *PICTURES],
        10,
        7,
        "Billing, front desk, administrators and the client",
    ),
    "message-attachments": ("Files sent with messages", [PDF, *PICTURES, *OFFICE], 10, 7, "Sender and recipient"),
    "telehealth-consents": ("Signed consents to telehealth", [PDF], 20, 7, "Clinician, client and administrators"),
    "supervision-documents": (
        "Documents of a supervision",
        [PDF, *PICTURES, *OFFICE, *TEXT],
        20,
        7,
        "Supervisor, supervisee and administrators",
    ),
    "document-library": (
        "The practice's handouts and forms",
        [PDF, *PICTURES, *OFFICE, *TEXT],
        20,
        7,
        "All staff read, administrators keep it",
    ),
}

UP = """
CREATE FUNCTION access.keep_object() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.bucket_id, NEW.name, NEW.owner_id, NEW.size, NEW.content_type, NEW.sha256,
        NEW.created_at) IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.bucket_id, OLD.name, OLD.owner_id, OLD.size,
        OLD.content_type, OLD.sha256, OLD.created_at) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'an object stays what it is: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_object BEFORE UPDATE OR DELETE ON storage.objects
  FOR EACH ROW EXECUTE FUNCTION access.keep_object();
CREATE TRIGGER keep_all_objects BEFORE TRUNCATE ON storage.objects EXECUTE FUNCTION access.keep_object();

-- A sentence on storage.objects names its bucket; the fence and the system's name none and hold for all six.
CREATE VIEW storage.policies WITH (security_invoker = true) AS
  SELECT b.id AS bucket_id, p.policyname::text AS name, p.permissive = 'PERMISSIVE' AS is_permission,
    p.cmd AS command, p.roles::text[] AS roles, p.qual AS definition, p.with_check AS "check"
  FROM storage.buckets b
  JOIN pg_catalog.pg_policies p ON p.schemaname = 'storage' AND p.tablename = 'objects'
  CROSS JOIN LATERAL (SELECT concat_ws(' ', p.qual, p.with_check) AS said) s
  WHERE s.said NOT LIKE '%bucket_id%' OR s.said LIKE '%''' || b.id || '''%'
  ORDER BY 1, 3, 2;
GRANT SELECT ON storage.policies TO ms_operator;
"""

DOWN = """
DROP VIEW storage.policies;
DROP FUNCTION access.keep_object() CASCADE;
"""


def make_buckets(apps: Any, editor: Any) -> None:
    bucket = apps.get_model("storage", "Bucket")
    bucket.objects.using(editor.connection.alias).bulk_create(
        bucket(
            id=name, purpose=purpose, allowed_types=types, most_bytes=most * MEGABYTE, retention_years=years, who=who
        )
        for name, (purpose, types, most, years, who) in BUCKETS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("storage", "0001_initial")]
    operations = [migrations.RunSQL(UP, DOWN), migrations.RunPython(make_buckets, migrations.RunPython.noop)]
