"""What a packet was when it was given stays with its forms."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION access.keep_form() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.client_id, NEW.template_id, NEW.category, NEW.assigned_by_id, NEW.created_at{also})
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.client_id, OLD.template_id, OLD.category, OLD.assigned_by_id, OLD.created_at{was})
       AND (NEW.status = OLD.status OR OLD.status IN ('open', 'returned', 'submitted')) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a form keeps its client and its end: % is refused', TG_OP USING errcode = '42501';
END $$;
"""
PARTS = ("packet_id", "packet_title", "bundle", "place")


def _kept(row: str) -> str:
    return "".join(f", {row}.{part}" for part in PARTS)


UP = KEEP.format(also=_kept("NEW"), was=_kept("OLD"))
DOWN = KEEP.format(also="", was="")


class Migration(migrations.Migration):
    dependencies = [("forms", "0010_packets")]
    operations = [migrations.RunSQL(UP, DOWN)]
