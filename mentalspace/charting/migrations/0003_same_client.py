"""A note about a session is about the client of that session."""

from django.db import migrations

UP = """
ALTER TABLE appointments ADD CONSTRAINT appointment_of_client UNIQUE (id, client_id);
ALTER TABLE clinical_notes ADD CONSTRAINT note_of_the_sessions_client
  FOREIGN KEY (appointment_id, client_id) REFERENCES appointments (id, client_id);
"""

DOWN = """
ALTER TABLE clinical_notes DROP CONSTRAINT note_of_the_sessions_client;
ALTER TABLE appointments DROP CONSTRAINT appointment_of_client;
"""


class Migration(migrations.Migration):
    dependencies = [("charting", "0002_freeze"), ("scheduling", "0002_keep_client")]
    operations = [migrations.RunSQL(UP, DOWN)]
