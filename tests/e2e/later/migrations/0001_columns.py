"""New columns in the tables that everybody works with; what runs does not know them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clients", "0016_majority_is_asked"), ("scheduling", "0010_keep_clinician_of_reminders")]
    operations = [
        migrations.RunSQL("ALTER TABLE clients ADD COLUMN later text NOT NULL DEFAULT ''"),
        migrations.RunSQL("ALTER TABLE appointments ADD COLUMN later text NOT NULL DEFAULT ''"),
    ]
