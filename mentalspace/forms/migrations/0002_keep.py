"""A published template, and what was sent, stay as they are, whoever asks; nothing here is deleted."""

from django.db import migrations

UP = """
CREATE FUNCTION access.keep_form_template() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.family, NEW.number, NEW.created_by_id, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.family, OLD.number, OLD.created_by_id, OLD.created_at)
       AND (OLD.status = 'draft'
         OR (NEW.title, NEW.description, NEW.category, NEW.definition, NEW.published_by_id, NEW.published_at)
            IS NOT DISTINCT FROM
            (OLD.title, OLD.description, OLD.category, OLD.definition, OLD.published_by_id, OLD.published_at)
         AND (NEW.status = OLD.status OR (OLD.status, NEW.status) = ('published', 'retired'))) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a published form does not change: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE FUNCTION access.keep_form() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.template_id, NEW.category, NEW.assigned_by_id, NEW.created_at)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.client_id, OLD.template_id, OLD.category, OLD.assigned_by_id, OLD.created_at)
       AND (NEW.status = OLD.status OR OLD.status IN ('open', 'returned', 'submitted')) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a form keeps its client and its end: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE FUNCTION access.keep_form_answers() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.assignment_id, NEW.round, NEW.created_at)
       IS NOT DISTINCT FROM (OLD.id, OLD.practice_id, OLD.client_id, OLD.assignment_id, OLD.round, OLD.created_at)
       AND NEW.version >= OLD.version
       AND (OLD.submitted_at IS NULL
         OR (NEW.answers, NEW.version, NEW.typed_by_id, NEW.saved_at, NEW.submitted_at, NEW.scores)
            IS NOT DISTINCT FROM
            (OLD.answers, OLD.version, OLD.typed_by_id, OLD.saved_at, OLD.submitted_at, OLD.scores)
         AND OLD.outcome = '') THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'what was sent stays as it was answered: % is refused', TG_OP USING errcode = '42501';
END $$;

CREATE TRIGGER keep_form_template BEFORE UPDATE OR DELETE ON form_templates
  FOR EACH ROW EXECUTE FUNCTION access.keep_form_template();
CREATE TRIGGER keep_form_templates BEFORE TRUNCATE ON form_templates EXECUTE FUNCTION access.keep_form_template();
CREATE TRIGGER keep_form BEFORE UPDATE OR DELETE ON form_assignments
  FOR EACH ROW EXECUTE FUNCTION access.keep_form();
CREATE TRIGGER keep_forms BEFORE TRUNCATE ON form_assignments EXECUTE FUNCTION access.keep_form();
CREATE TRIGGER keep_form_answers BEFORE UPDATE OR DELETE ON form_responses
  FOR EACH ROW EXECUTE FUNCTION access.keep_form_answers();
CREATE TRIGGER keep_all_answers BEFORE TRUNCATE ON form_responses EXECUTE FUNCTION access.keep_form_answers();

ALTER TABLE form_templates ADD CONSTRAINT form_template_and_category UNIQUE (id, category);
ALTER TABLE form_assignments
  ADD CONSTRAINT form_of_its_category FOREIGN KEY (template_id, category) REFERENCES form_templates (id, category),
  ADD CONSTRAINT form_and_client UNIQUE (id, client_id);
ALTER TABLE form_responses
  ADD CONSTRAINT form_response_of_its_client FOREIGN KEY (assignment_id, client_id)
    REFERENCES form_assignments (id, client_id);
"""

DOWN = """
ALTER TABLE form_responses DROP CONSTRAINT form_response_of_its_client;
ALTER TABLE form_assignments DROP CONSTRAINT form_and_client, DROP CONSTRAINT form_of_its_category;
ALTER TABLE form_templates DROP CONSTRAINT form_template_and_category;
DROP FUNCTION access.keep_form_template() CASCADE;
DROP FUNCTION access.keep_form() CASCADE;
DROP FUNCTION access.keep_form_answers() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]
    operations = [migrations.RunSQL(UP, DOWN)]
