"""The links that one message leads through are one sending, which a link keeps. Each that is there already is one by
itself: a packet whose first forms were filled by then wants another message."""

import uuid

import django.contrib.postgres.functions
from django.db import migrations, models

KEEP = """
CREATE OR REPLACE FUNCTION access.keep_form_link() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.practice_id, NEW.assignment_id, NEW.client_id, NEW.guardian_id, NEW.reader, NEW.channel,
        NEW.token_hash, NEW.expires_at, NEW.created_by_id, NEW.created_at{also})
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.assignment_id, OLD.client_id, OLD.guardian_id, OLD.reader, OLD.channel,
        OLD.token_hash, OLD.expires_at, OLD.created_by_id, OLD.created_at{was})
       AND NEW.wrong_tries >= OLD.wrong_tries
       AND (OLD.opened_at IS NULL OR NEW.opened_at = OLD.opened_at)
       AND (OLD.revoked_at IS NULL OR NEW.revoked_at = OLD.revoked_at) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a link stays what it is, and what is revoked stays so: % is refused', TG_OP USING errcode = '42501';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("forms", "0013_keep_in_error")]

    operations = [
        migrations.AddField(
            model_name="formlink",
            name="sending",
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), default=uuid.uuid4),
        ),
        migrations.RunSQL(KEEP.format(also=", NEW.sending", was=", OLD.sending"), KEEP.format(also="", was="")),
    ]
