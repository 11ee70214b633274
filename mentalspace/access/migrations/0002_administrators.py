"""For functions of `ms_keeper` that do what administrators alone may: they ask first who calls."""

from django.db import migrations

UP = """
CREATE FUNCTION access.refuse_unless_administrator() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM access.verify();
  IF NOT pg_has_role(current_setting('role')::name, 'ms_administrator', 'USAGE') THEN
    RAISE EXCEPTION 'this is the administrators''' USING errcode = '42501';
  END IF;
END $$;
REVOKE ALL ON FUNCTION access.refuse_unless_administrator() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.refuse_unless_administrator() TO ms_keeper;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_verify")]
    operations = [migrations.RunSQL(UP, "DROP FUNCTION access.refuse_unless_administrator()")]
