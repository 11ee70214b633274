"""The database keeps when an authority over a minor ends, who verified one, and that only administrators change a
client's status.

The functions that look across belong to `ms_keeper`, who is subject to the fence like everybody.
"""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

CREATE FUNCTION access.majority_age(state text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  -- Ala. Code 26-1-1; Neb. Rev. Stat. 43-2101; Miss. Code 1-3-27. Everywhere else in the United States 18.
  SELECT CASE upper(trim(state)) WHEN 'AL' THEN 19 WHEN 'ALABAMA' THEN 19 WHEN 'NE' THEN 19 WHEN 'NEBRASKA' THEN 19
                                 WHEN 'MS' THEN 21 WHEN 'MISSISSIPPI' THEN 21 ELSE 18 END
$$;

CREATE FUNCTION access.keep_guardian() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.verified_at IS NOT NULL OR NEW.verified_by_id IS NOT NULL THEN
      RAISE EXCEPTION 'an authority is entered first and verified afterwards' USING errcode = '42501';
    END IF;
  ELSE
    IF OLD.end_date <= current_date AND NEW.end_date IS DISTINCT FROM OLD.end_date THEN
      RAISE EXCEPTION 'an authority that has ended is not revived: add another' USING errcode = '42501';
    END IF;
    IF OLD.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id THEN
      RAISE EXCEPTION 'an authority is not handed to another account: end it and add another' USING errcode = '42501';
    END IF;
    IF NEW.verified_at IS DISTINCT FROM OLD.verified_at OR NEW.verified_by_id IS DISTINCT FROM OLD.verified_by_id
       OR NEW.verified_how IS DISTINCT FROM OLD.verified_how THEN
      IF OLD.verified_at IS NOT NULL THEN
        RAISE EXCEPTION 'who verified an authority does not change' USING errcode = '42501';
      END IF;
      NEW.verified_at := now();
      NEW.verified_by_id := access.me();
    END IF;
    IF NEW.person_id IS DISTINCT FROM OLD.person_id THEN  -- papers were seen of a name, not of this account
      NEW.verified_at := NULL;
      NEW.verified_by_id := NULL;
      NEW.verified_how := '';
    END IF;
  END IF;
  NEW.ages_out_on := NULL;
  IF NEW.ends_at_majority THEN
    SELECT (c.date_of_birth + make_interval(years => access.majority_age(c.state)))::date INTO NEW.ages_out_on
      FROM clients c WHERE c.id = NEW.client_id;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION access.age_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE client_guardians SET ages_out_on = NULL WHERE client_id = NEW.id AND ends_at_majority;  -- reckoned anew
  RETURN NULL;
END $$;

ALTER FUNCTION access.majority_age(text) OWNER TO ms_keeper;
ALTER FUNCTION access.keep_guardian() OWNER TO ms_keeper;
ALTER FUNCTION access.age_changed() OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.majority_age(text), access.keep_guardian(), access.age_changed() FROM PUBLIC;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE TRIGGER keep_guardian BEFORE INSERT OR UPDATE ON client_guardians
  FOR EACH ROW EXECUTE FUNCTION access.keep_guardian();
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, practice_id, relationship, created_by_id ON client_guardians
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER age_changed AFTER UPDATE OF date_of_birth, state ON clients
  FOR EACH ROW WHEN (OLD.date_of_birth IS DISTINCT FROM NEW.date_of_birth OR OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION access.age_changed();
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, practice_id ON client_portal_access
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();

CREATE FUNCTION access.keep_status() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT pg_has_role(current_user, 'ms_administrator', 'USAGE') THEN
    RAISE EXCEPTION 'only an administrator changes whether a client is in care' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_status BEFORE UPDATE OF status ON clients
  FOR EACH ROW WHEN (NEW.status IS DISTINCT FROM OLD.status) EXECUTE FUNCTION access.keep_status();
"""

DOWN = """
DROP FUNCTION access.keep_status() CASCADE;
DROP FUNCTION access.age_changed() CASCADE;
DROP FUNCTION access.keep_guardian() CASCADE;
DROP FUNCTION access.majority_age(text);
DROP TRIGGER keep_subject ON client_guardians;
DROP TRIGGER keep_subject ON client_portal_access;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0009_authority")]
    operations = [migrations.RunSQL(UP, DOWN)]
