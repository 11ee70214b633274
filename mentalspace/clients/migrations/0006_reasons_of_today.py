"""The rows that stand get their reason; the practice's nightly job would do the same."""

from django.db import migrations

FILL = """
UPDATE client_access a SET through = 'care_team' WHERE EXISTS (
  SELECT FROM care_team t WHERE t.client_id = a.client_id AND t.person_id = a.staff_id
     AND t.start_date <= current_date AND (t.end_date IS NULL OR t.end_date > current_date))
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0005_keep_the_reason")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
