"""An index that is made while rows are added."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("later", "0002_values")]
    operations = [migrations.RunSQL("CREATE INDEX CONCURRENTLY IF NOT EXISTS later_at ON audit_logs (created_at)")]
