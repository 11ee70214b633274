"""One piece of upkeep of a kind at a time; quarantine, and its shorter retention, only for what the scanner objected to.

What a scanner said was never frozen, so that an object without a finding could be put into quarantine and be removed
thirty days old: now neither a finding nor quarantine can be made up afterwards.
"""

from django.db import migrations, models

CLOSE = """
UPDATE storage_runs r SET finished_at = now(), failure = 'It ended before its time. Run it again.'
  WHERE r.finished_at IS NULL AND EXISTS (
    SELECT FROM storage_runs n WHERE n.practice_id = r.practice_id AND n.kind = r.kind AND n.finished_at IS NULL
      AND (n.created_at, n.id) > (r.created_at, r.id));
"""

KEEP = """
CREATE OR REPLACE FUNCTION access.keep_object() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.bucket_id, NEW.name, NEW.owner_id, NEW.size, NEW.content_type, NEW.sha256,
        NEW.created_at%(frozen_new)s) IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.bucket_id, OLD.name,
        OLD.owner_id, OLD.size, OLD.content_type, OLD.sha256, OLD.created_at%(frozen_old)s) THEN
      IF OLD.state = 'removed' AND NEW.state <> 'removed' THEN
        RAISE EXCEPTION 'what was removed does not come back' USING errcode = '42501';
      END IF;
      IF NEW.state = 'removed' AND OLD.state <> 'removed' AND OLD.created_at > now() - (
          SELECT CASE WHEN OLD.state = 'quarantined'%(found)s THEN interval '30 days'
            ELSE make_interval(years => b.retention_years) END FROM storage.buckets b WHERE b.id = OLD.bucket_id) THEN
        RAISE EXCEPTION 'this object is still to be kept' USING errcode = '42501';
      END IF;
%(quarantine)s      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'an object stays what it is: %% is refused', TG_OP USING errcode = '42501';
END $$;
"""

QUARANTINE = """      IF NEW.state = 'quarantined' AND NEW.finding = '' THEN
        RAISE EXCEPTION 'nothing was found in this object' USING errcode = '42501';
      END IF;
"""

UP = KEEP % {
    "frozen_new": ", NEW.scanner, NEW.finding",
    "frozen_old": ", OLD.scanner, OLD.finding",
    "found": " AND OLD.finding <> ''",
    "quarantine": QUARANTINE,
}
DOWN = KEEP % {"frozen_new": "", "frozen_old": "", "found": "", "quarantine": ""}


class Migration(migrations.Migration):
    dependencies = [("practices", "0003_version"), ("storage", "0005_uploads")]

    operations = [
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),
        migrations.RunSQL(UP, DOWN),
        migrations.AddConstraint(
            model_name="storagerun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)),
                fields=("practice", "kind"),
                name="storage_run_one_of_a_kind",
            ),
        ),
    ]
