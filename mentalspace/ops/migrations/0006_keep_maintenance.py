"""What came of a task stays as it was written down, and what was asked for cannot be altered."""

from django.db import migrations

UP = """
CREATE TRIGGER keep_maintenance_run BEFORE UPDATE ON maintenance_runs
  FOR EACH ROW EXECUTE FUNCTION access.keep_but_end(
    'finished_at', 'started_at', 'state', 'says', 'details', 'figures');
"""

DOWN = "DROP TRIGGER keep_maintenance_run ON maintenance_runs"


class Migration(migrations.Migration):
    dependencies = [("ops", "0005_maintenance"), ("notify", "0003_kept_as_queued")]
    operations = [migrations.RunSQL(UP, DOWN)]
