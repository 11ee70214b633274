"""An appointment keeps its client, who booked it, and whether it was imported; a series keeps its client.

A booking is not handed to another client, it is cancelled; and imported history alone may overlap.
"""

from django.db import migrations

UP = """
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, practice_id, is_imported, created_by_id ON appointments
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, practice_id ON appointment_series
  FOR EACH ROW EXECUTE FUNCTION access.keep_subject();
"""

DOWN = """
DROP TRIGGER keep_subject ON appointments;
DROP TRIGGER keep_subject ON appointment_series;
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial"), ("clients", "0002_access_triggers")]
    operations = [migrations.RunSQL(UP, DOWN)]
