"""From when the tries to make a signed copy are counted anew; people set it only as they have a given-up one tried."""

from django.db import migrations, models
from django.db.models import Q

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

BEFORE = """
            AND ((NEW.copy_tries, NEW.copy_given_up_at) IS NOT DISTINCT FROM (OLD.copy_tries, OLD.copy_given_up_at)
                 OR OLD.copy_given_up_at IS NOT NULL AND NEW.copy_tries = 0 AND NEW.copy_given_up_at IS NULL)"""

TRIES = """
            AND ((NEW.copy_tries, NEW.copy_given_up_at, NEW.copy_retried_at)
                 IS NOT DISTINCT FROM (OLD.copy_tries, OLD.copy_given_up_at, OLD.copy_retried_at)
                 OR OLD.copy_given_up_at IS NOT NULL AND NEW.copy_tries = 0 AND NEW.copy_given_up_at IS NULL
                    AND NEW.copy_retried_at IS NOT NULL)"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0015_born_right")]
    operations = [
        migrations.AddField("signaturerequest", "copy_retried_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "signaturerequest",
            models.CheckConstraint(
                condition=Q(copy_retried_at__isnull=True) | Q(status="signed"),
                name="signature_request_retried_when_signed",
            ),
        ),
        migrations.RunSQL(KEEP.replace("{tries}", TRIES), KEEP.replace("{tries}", BEFORE)),
    ]
