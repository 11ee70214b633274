"""The last administrator is the last who can sign in: an invitation that nobody has taken up keeps no practice going.

Whoever acts by a signature asks `access.account_states()`. The operator has none and may not read `users`; there a
confirmed address stands for a taken-up account, since taking it up is what confirms it.
"""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access.keep_an_administrator() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  left_over uuid[];
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('administrators:' || OLD.practice_id::text, 0));
  left_over := ARRAY(SELECT p.user_id FROM user_roles r JOIN profiles p ON p.id = r.person_id
                      WHERE r.practice_id = OLD.practice_id AND r.role = 'administrator'
                        AND p.is_active AND p.user_id IS NOT NULL);
  IF row_security_active('public.users') THEN
    IF EXISTS (SELECT FROM access.account_states(left_over) s WHERE s.is_enabled AND s.has_password) THEN
      RETURN NULL;
    END IF;
  ELSIF EXISTS (SELECT FROM account_emailaddress e WHERE e.user_id = ANY (left_over) AND e.verified) THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'a practice keeps an administrator' USING errcode = '23514', constraint = 'last_administrator';
END $$;
"""

DOWN = """
CREATE OR REPLACE FUNCTION access.keep_an_administrator() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('administrators:' || OLD.practice_id::text, 0));
  IF NOT EXISTS (SELECT FROM user_roles r JOIN profiles p ON p.id = r.person_id
                  WHERE r.practice_id = OLD.practice_id AND r.role = 'administrator'
                    AND p.is_active AND p.user_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a practice keeps an administrator' USING errcode = '23514', constraint = 'last_administrator';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0009_invited")]
    operations = [migrations.RunSQL(UP, DOWN)]
