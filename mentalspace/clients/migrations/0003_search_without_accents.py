"""The searched text loses its accents. A generated column is made anew: PostgreSQL cannot change its expression."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Concat, Lower

from mentalspace.clients.models import WithoutAccents

PARTS = (
    models.F("first_name"),
    models.Value(" "),
    models.F("preferred_name"),
    models.Value(" "),
    models.F("last_name"),
    models.Value(" "),
    models.F("medical_record_number"),
    models.Value(" "),
    models.F("email"),
)


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_access_triggers")]
    operations = [
        migrations.RemoveIndex("client", "clients_search"),
        migrations.RemoveField("client", "search_text"),
        migrations.AddField(
            "client",
            "search_text",
            models.GeneratedField(
                db_persist=True,
                expression=Lower(WithoutAccents(Concat(*PARTS, output_field=models.TextField()))),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex("client", GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="clients_search")),
    ]
