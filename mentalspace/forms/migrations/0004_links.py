"""The door of links to forms, and what of a link never changes. `access.practice_of_form_link` belongs to `ms_keeper`
and answers identity with the practice of a link, for whoever shows its token."""

from django.db import migrations

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;
CREATE FUNCTION access.practice_of_form_link(digest text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS 'SELECT l.practice_id FROM form_links l WHERE l.token_hash = digest';
ALTER FUNCTION access.practice_of_form_link(text) OWNER TO ms_keeper;
REVOKE ALL ON FUNCTION access.practice_of_form_link(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.practice_of_form_link(text) TO ms_identity;
REVOKE CREATE ON SCHEMA access FROM ms_keeper;

CREATE FUNCTION access.keep_form_link() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.assignment_id, NEW.client_id, NEW.guardian_id, NEW.reader, NEW.channel,
        NEW.token_hash, NEW.expires_at, NEW.created_by_id, NEW.created_at)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.assignment_id, OLD.client_id, OLD.guardian_id, OLD.reader, OLD.channel,
        OLD.token_hash, OLD.expires_at, OLD.created_by_id, OLD.created_at)
       AND NEW.wrong_tries >= OLD.wrong_tries
       AND (OLD.opened_at IS NULL OR NEW.opened_at = OLD.opened_at)
       AND (OLD.revoked_at IS NULL OR NEW.revoked_at = OLD.revoked_at) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a link stays what it is, and what is revoked stays so: % is refused', TG_OP USING errcode = '42501';
END $$;
CREATE TRIGGER keep_form_link BEFORE UPDATE OR DELETE ON form_links
  FOR EACH ROW EXECUTE FUNCTION access.keep_form_link();
CREATE TRIGGER keep_form_links BEFORE TRUNCATE ON form_links EXECUTE FUNCTION access.keep_form_link();
ALTER TABLE form_links
  ADD CONSTRAINT form_link_of_its_client FOREIGN KEY (assignment_id, client_id)
    REFERENCES form_assignments (id, client_id),
  ADD CONSTRAINT form_link_of_its_guardian FOREIGN KEY (guardian_id, client_id)
    REFERENCES client_guardians (id, client_id);

CREATE FUNCTION access.keep_form_typist() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF OLD.submitted_at IS NOT NULL AND NEW.link_id IS DISTINCT FROM OLD.link_id THEN
    RAISE EXCEPTION 'what was sent stays as it was answered' USING errcode = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_form_typist BEFORE UPDATE OF link_id ON form_responses
  FOR EACH ROW EXECUTE FUNCTION access.keep_form_typist();
"""

DOWN = """
DROP FUNCTION access.keep_form_typist() CASCADE;
ALTER TABLE form_links DROP CONSTRAINT form_link_of_its_guardian, DROP CONSTRAINT form_link_of_its_client;
DROP FUNCTION access.keep_form_link() CASCADE;
DROP FUNCTION access.practice_of_form_link(text);
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0003_form_links"), ("clients", "0016_majority_is_asked")]
    operations = [migrations.RunSQL(UP, DOWN)]
