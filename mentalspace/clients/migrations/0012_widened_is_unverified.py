"""A verified authority that is given to another name, other papers, for more or for longer, is to be verified again."""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION access.keep_guardian() RETURNS trigger LANGUAGE plpgsql
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
    -- Papers were seen of a name, not of this account; and for so much, not for more. Narrowing keeps them seen.
    IF NEW.person_id IS DISTINCT FROM OLD.person_id
       OR NEW.name IS DISTINCT FROM OLD.name OR NEW.court_document IS DISTINCT FROM OLD.court_document
       OR (NEW.can_view_record AND NOT OLD.can_view_record) OR (NEW.can_schedule AND NOT OLD.can_schedule)
       OR (NEW.can_message AND NOT OLD.can_message) OR (NEW.can_sign AND NOT OLD.can_sign)
       OR (NEW.can_pay AND NOT OLD.can_pay) OR (OLD.ends_at_majority AND NOT NEW.ends_at_majority)
       OR NEW.start_date < OLD.start_date
       OR coalesce(NEW.end_date, 'infinity') > coalesce(OLD.end_date, 'infinity') THEN
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
"""

DOWN = """
CREATE OR REPLACE FUNCTION access.keep_guardian() RETURNS trigger LANGUAGE plpgsql
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
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0011_portals_stay_on")]
    operations = [migrations.RunSQL(UP, DOWN)]
