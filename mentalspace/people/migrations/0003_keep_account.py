"""A profile keeps its account, and nobody is made a system: else an administrator could sign in as somebody else.

Only the owner of the schema founds a practice, and with it the practice's own system profile.
"""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_account() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id <> OLD.id OR NEW.is_system <> OLD.is_system OR NEW.practice_id <> OLD.practice_id
       OR (OLD.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id) THEN
      RAISE EXCEPTION 'a profile keeps its account' USING errcode = '42501';
    END IF;
  ELSIF NEW.is_system AND current_setting('role') LIKE 'ms\\_%' THEN
    RAISE EXCEPTION 'only founding a practice makes a system profile' USING errcode = '42501';
  END IF;
  IF NOT NEW.is_system AND NEW.audience IN ('ms_identity', 'ms_jobs', 'ms_system', 'ms_import', 'ms_keeper') THEN
    RAISE EXCEPTION 'no person acts as %', NEW.audience USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_account BEFORE INSERT OR UPDATE ON profiles
  FOR EACH ROW EXECUTE FUNCTION access.keep_account();
"""

DOWN = "DROP FUNCTION access.keep_account() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("people", "0002_third_party"), ("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, DOWN)]
