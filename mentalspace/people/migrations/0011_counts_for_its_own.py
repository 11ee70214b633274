"""Identity that knows whose account it is counts for that account, or for none; never for another's.

Before anybody is known it still counts for all: whose sign-in fails is not known yet.
"""

from django.db import migrations

COUNT = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE OR REPLACE FUNCTION access.take_place(
  of_operation text, of_subject text, of_user uuid, at timestamptz, until timestamptz)
RETURNS TABLE (attempt_count integer, window_expires_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
%(guard)s
  RETURN QUERY
  INSERT INTO rate_limits AS r
    (id, user_id, operation, subject, attempt_count, first_attempt, last_attempt, window_expires_at)
  VALUES (gen_random_uuid(), of_user, of_operation, of_subject, 1, at, at, until)
  ON CONFLICT (operation, subject) DO UPDATE SET
    attempt_count = CASE WHEN r.window_expires_at <= at THEN 1 ELSE r.attempt_count + 1 END,
    first_attempt = CASE WHEN r.window_expires_at <= at THEN at ELSE r.first_attempt END,
    window_expires_at = CASE WHEN r.window_expires_at <= at THEN until ELSE r.window_expires_at END,
    last_attempt = at
  RETURNING r.attempt_count, r.window_expires_at;
END $$;

REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

UP = """
  IF access.verify() <> '00000000-0000-0000-0000-000000000000'::uuid THEN
    IF of_user IS DISTINCT FROM access.me() OR of_subject <> 'account ' || of_user THEN
      RAISE EXCEPTION 'one counts for oneself' USING errcode = '42501';
    END IF;
  ELSIF access.me() <> '00000000-0000-0000-0000-000000000000'::uuid THEN
    IF of_user IS NULL AND of_subject LIKE 'account %'
       OR of_user <> access.me() OR of_subject <> 'account ' || of_user THEN
      RAISE EXCEPTION 'one counts for oneself' USING errcode = '42501';
    END IF;
  END IF;
"""

DOWN = """
  IF access.verify() <> '00000000-0000-0000-0000-000000000000'::uuid
     AND (of_user IS DISTINCT FROM access.me() OR of_subject <> 'account ' || of_user) THEN
    RAISE EXCEPTION 'one counts for oneself' USING errcode = '42501';
  END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_administrators_who_sign_in")]
    operations = [migrations.RunSQL(COUNT % {"guard": UP}, COUNT % {"guard": DOWN})]
