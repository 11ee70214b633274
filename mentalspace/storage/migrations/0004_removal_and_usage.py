"""An object's bytes may be let go of after 30 days in quarantine or past their retention, and never before; how much is kept, by
bucket, for administrators: the function belongs to `ms_keeper`, fenced like everybody, and tells numbers alone."""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access.keep_object() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.bucket_id, NEW.name, NEW.owner_id, NEW.size, NEW.content_type, NEW.sha256,
        NEW.created_at) IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.bucket_id, OLD.name, OLD.owner_id, OLD.size,
        OLD.content_type, OLD.sha256, OLD.created_at) THEN
      IF OLD.state = 'removed' AND NEW.state <> 'removed' THEN
        RAISE EXCEPTION 'what was removed does not come back' USING errcode = '42501';
      END IF;
      IF NEW.state = 'removed' AND OLD.state <> 'removed' AND OLD.created_at > now() - (
          SELECT CASE WHEN OLD.state = 'quarantined' THEN interval '30 days'
            ELSE make_interval(years => b.retention_years) END FROM storage.buckets b WHERE b.id = OLD.bucket_id) THEN
        RAISE EXCEPTION 'this object is still to be kept' USING errcode = '42501';
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'an object stays what it is: % is refused', TG_OP USING errcode = '42501';
END $$;

GRANT CREATE ON SCHEMA access TO ms_keeper;
CREATE FUNCTION access.storage_usage()
RETURNS TABLE (bucket_id text, state text, objects bigint, bytes bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.bucket_id::text, o.state::text, count(*), coalesce(sum(o.size), 0)::bigint FROM storage.objects o GROUP BY 1, 2
$$;
ALTER FUNCTION access.storage_usage() OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.storage_usage() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.storage_usage() TO ms_administrator, ms_system;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

DOWN = """
DROP FUNCTION access.storage_usage();
CREATE OR REPLACE FUNCTION access.keep_object() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("storage", "0003_upkeep")]
    operations = [migrations.RunSQL(UP, DOWN)]
