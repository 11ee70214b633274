"""Rules about people that hold whoever writes: through the product, through the operator's SQL, in a race.

The triggers run as whoever writes. Only an administrator (and the operator) may write hats, profiles and supervision
at all, and sees the whole practice when doing so; a race is settled by a lock on what is counted.

`access.account_states()` tells administrators how the accounts of their practice stand. Credentials are identity's;
the function belongs to `ms_keeper`, whose sentences show it the accounts of the acting person's practice.
"""

from django.db import migrations

HATS = """
CREATE FUNCTION access.derive_audience() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE hats text[];
BEGIN
  IF NEW.is_system THEN RETURN NEW; END IF;
  SELECT array_agg(r.role::text ORDER BY array_position(ARRAY['administrator', 'supervisor', 'clinician', 'associate',
                   'billing', 'front_desk', 'client'], r.role::text)) INTO hats
    FROM user_roles r WHERE r.person_id = NEW.id;
  NEW.audience := CASE WHEN hats IS NULL THEN ''
                       WHEN hats @> ARRAY['administrator', 'supervisor', 'clinician', 'associate', 'billing',
                                          'front_desk'] THEN 'ms_every_hat'
                       ELSE 'ms_' || array_to_string(hats, '_') END;
  RETURN NEW;
END $$;

-- After keep_account (by name), so that what that refuses is refused still. On INSERT nobody has a hat yet, and an
-- import may not look for any.
CREATE FUNCTION access.no_audience_yet() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT NEW.is_system THEN NEW.audience := ''; END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_audience_at_first BEFORE INSERT ON profiles
  FOR EACH ROW EXECUTE FUNCTION access.no_audience_yet();
CREATE TRIGGER keep_audience BEFORE UPDATE OF audience ON profiles
  FOR EACH ROW EXECUTE FUNCTION access.derive_audience();

CREATE FUNCTION access.hats_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.person_id ELSE NEW.person_id END;
  hats text[];
BEGIN
  UPDATE profiles SET audience = '' WHERE id = who;  -- keep_audience writes what the hats make; locks the person
  hats := ARRAY(SELECT r.role::text FROM user_roles r WHERE r.person_id = who);
  IF 'client' = ANY (hats) AND cardinality(hats) > 1 THEN
    RAISE EXCEPTION 'a client wears no other hat' USING errcode = '23514', constraint = 'client_wears_no_other_hat';
  END IF;
  IF hats @> ARRAY['associate', 'supervisor'] THEN
    RAISE EXCEPTION 'nobody is associate and supervisor at once'
      USING errcode = '23514', constraint = 'associate_or_supervisor';
  END IF;
  IF NOT 'supervisor' = ANY (hats) THEN
    UPDATE supervision_relationships SET end_date = current_date
     WHERE supervisor_id = who AND (end_date IS NULL OR end_date > current_date);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER audience_follows AFTER INSERT OR UPDATE OR DELETE ON user_roles
  FOR EACH ROW EXECUTE FUNCTION access.hats_changed();

UPDATE profiles SET audience = '' WHERE NOT is_system;  -- keep_audience writes what the hats make
"""

ADMINISTRATOR = """
CREATE FUNCTION access.keep_an_administrator() RETURNS trigger
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

CREATE TRIGGER keep_an_administrator AFTER UPDATE OR DELETE ON user_roles
  FOR EACH ROW WHEN (OLD.role = 'administrator') EXECUTE FUNCTION access.keep_an_administrator();
CREATE TRIGGER keep_an_administrator AFTER UPDATE OF is_active ON profiles
  FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active AND (OLD.audience LIKE '%administrator%'
                                                              OR OLD.audience = 'ms_every_hat'))
  EXECUTE FUNCTION access.keep_an_administrator();
"""

SUPERVISION = """
CREATE FUNCTION access.fit_to_supervise() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  boss profiles;
  supervisees integer;
BEGIN
  IF NEW.end_date <= current_date THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('supervisor:' || NEW.supervisor_id::text, 0));
  SELECT * INTO boss FROM profiles p WHERE p.id = NEW.supervisor_id;
  IF NOT boss.is_active OR NOT EXISTS (SELECT FROM user_roles r
                                        WHERE r.person_id = boss.id AND r.role = 'supervisor') THEN
    RAISE EXCEPTION 'only an active supervisor supervises' USING errcode = '23514', constraint = 'supervisor_is_active';
  END IF;
  IF boss.license_number = '' OR boss.license_expiration_date < greatest(current_date, NEW.start_date) THEN
    RAISE EXCEPTION 'a supervisor has a license in force'
      USING errcode = '23514', constraint = 'supervisor_is_licensed';
  END IF;
  SELECT count(DISTINCT s.supervisee_id) INTO supervisees FROM supervision_relationships s
   WHERE s.supervisor_id = boss.id AND (s.end_date IS NULL OR s.end_date > current_date);
  IF supervisees > 10 THEN
    RAISE EXCEPTION 'a supervisor has at most ten supervisees'
      USING errcode = '23514', constraint = 'supervisor_has_room';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER fit_to_supervise AFTER INSERT OR UPDATE OF start_date, end_date ON supervision_relationships
  FOR EACH ROW EXECUTE FUNCTION access.fit_to_supervise();

CREATE FUNCTION access.end_supervision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE supervision_relationships SET end_date = current_date
   WHERE NEW.id IN (supervisor_id, supervisee_id) AND (end_date IS NULL OR end_date > current_date);
  RETURN NULL;
END $$;

CREATE TRIGGER end_supervision AFTER UPDATE OF is_active ON profiles
  FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION access.end_supervision();
"""

KNOW = """
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['account_emailaddress', 'mfa_authenticator'] LOOP
    EXECUTE format('DROP POLICY %I ON %I', (SELECT polname FROM pg_policy
      WHERE polrelid = t::regclass AND NOT polpermissive), t);
    EXECUTE format('CREATE POLICY credentials_fence ON %I AS RESTRICTIVE FOR ALL TO public'
      ' USING ((select access.verify()) = ''00000000-0000-0000-0000-000000000000''::uuid'
      ' OR current_user = ''ms_keeper'')', t);
    EXECUTE format('CREATE POLICY ms_keeper_read ON %I FOR SELECT TO ms_keeper'
      ' USING (user_id = any(array(select p.id from profiles p)))', t);
  END LOOP;
END $$;

GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.account_states(of_people uuid[] DEFAULT NULL) RETURNS TABLE (
  id uuid,                     -- the account's, which is its profile's
  is_enabled boolean,          -- may sign in at all
  has_password boolean,        -- no: the invitation has not been taken up
  is_verified boolean,         -- the e-mail address
  factors text[],              -- 'totp', 'webauthn', 'recovery_codes'
  last_sign_in timestamptz,    -- null: never
  locked_until timestamptz,    -- the latest lock, over or not
  open_sessions bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT u.id, u.is_active, NOT starts_with(u.password, '!'),
         EXISTS (SELECT FROM account_emailaddress e WHERE e.user_id = u.id AND e.verified),
         ARRAY(SELECT DISTINCT m.type::text FROM mfa_authenticator m WHERE m.user_id = u.id ORDER BY 1),
         u.last_login,
         (SELECT max(l.locked_until) FROM login_attempts l WHERE l.user_id = u.id),
         (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.expire_date > now())
    FROM users u WHERE of_people IS NULL OR u.id = ANY (of_people)
$$;

ALTER FUNCTION access.account_states(uuid[]) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.account_states(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.account_states(uuid[]) TO ms_administrator;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

FORGET = """
DROP FUNCTION access.account_states(uuid[]);
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['account_emailaddress', 'mfa_authenticator'] LOOP
    EXECUTE format('DROP POLICY ms_keeper_read ON %I', t);
    EXECUTE format('ALTER POLICY credentials_fence ON %I'
      ' USING ((select access.verify()) = ''00000000-0000-0000-0000-000000000000''::uuid)', t);
  END LOOP;
END $$;
"""

FREE = """
DROP FUNCTION access.end_supervision() CASCADE;
DROP FUNCTION access.fit_to_supervise() CASCADE;
DROP FUNCTION access.keep_an_administrator() CASCADE;
DROP FUNCTION access.hats_changed() CASCADE;
DROP FUNCTION access.no_audience_yet() CASCADE;
DROP FUNCTION access.derive_audience() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_administration")]
    operations = [
        migrations.RunSQL(HATS + ADMINISTRATOR + SUPERVISION, FREE),
        migrations.RunSQL(KNOW, FORGET),
    ]
