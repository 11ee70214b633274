"""Lets an import renew the planner's statistics of the tables it points to, in the middle of its transaction.

Every row that comes in is checked against its client by (practice, id). Before the first ANALYZE the planner takes
any index that starts with the practice for that, which reads the whole practice each time: a first import would
slow down with every client. ANALYZE sees the rows of its own transaction and makes PostgreSQL plan the checks anew.
"""

from django.db import migrations

UP = """
CREATE FUNCTION access.renew_statistics() RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  ANALYZE public.clients, public.profiles, public.external_identifiers;
END $$;
REVOKE ALL ON FUNCTION access.renew_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.renew_statistics() TO ms_import;
"""

DOWN = "DROP FUNCTION access.renew_statistics()"


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("clients", "0002_access_triggers"),
        ("access", "0001_verify"),
    ]
    operations = [migrations.RunSQL(UP, DOWN)]
