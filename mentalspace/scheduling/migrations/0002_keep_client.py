"""An appointment and a series keep their client: a booking is not handed to somebody else, it is cancelled."""

from django.db import migrations

UP = """
CREATE TRIGGER keep_subject BEFORE UPDATE OF client_id, practice_id ON appointments
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
