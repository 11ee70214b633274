"""A reminder keeps whose it is: clinicians plan for all whom they treat, and take none over by that."""

from django.db import migrations

DROP = "DROP TRIGGER keep_subject ON reminder_logs;"
KEEP = """
CREATE TRIGGER keep_subject BEFORE UPDATE OF practice_id, appointment_id, client_id, {}reader, about ON reminder_logs
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0009_answers_to_see_to")]
    operations = [migrations.RunSQL(DROP + KEEP.format("clinician_id, "), DROP + KEEP.format(""))]
