"""A decided form may still be marked as entered in error, once and for good."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION access.keep_form() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.template_id, NEW.category, NEW.assigned_by_id, NEW.created_at,
        NEW.packet_id, NEW.packet_title, NEW.bundle, NEW.place)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.client_id, OLD.template_id, OLD.category, OLD.assigned_by_id, OLD.created_at,
        OLD.packet_id, OLD.packet_title, OLD.bundle, OLD.place)
       AND (NEW.status = OLD.status OR OLD.status IN ('open', 'returned', 'submitted'){more}) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a form keeps its client and its end: % is refused', TG_OP USING errcode = '42501';
END $$;
"""
IN_ERROR = """ OR NEW.status = 'in_error' AND OLD.status IN ('accepted', 'rejected'))
       AND (OLD.status <> 'in_error'
         OR (NEW.error_reason, NEW.error_by_id, NEW.error_at)
            IS NOT DISTINCT FROM (OLD.error_reason, OLD.error_by_id, OLD.error_at)"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0012_in_error")]
    operations = [migrations.RunSQL(KEEP.format(more=IN_ERROR), KEEP.format(more=""))]
