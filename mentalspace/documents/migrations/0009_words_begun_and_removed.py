"""Words are found by their beginning as it is written; those of removed files go with them; reading is tried again."""

import django.contrib.postgres.search
import mentalspace.access.policy
from django.db import migrations, models


READ_AGAIN = """
DELETE FROM document_texts t WHERE t.outcome = 'failed' OR EXISTS (
  SELECT FROM client_documents d JOIN storage.objects o ON o.id = d.object_id
  WHERE d.id = t.document_id AND o.state = 'removed');
"""
"""What was said to have failed may only have been interrupted: it is read once more."""


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0014_opened_in_emergency"),
        ("documents", "0008_keep_templates"),
        ("practices", "0003_version"),
        ("storage", "0006_one_run_of_a_kind"),
    ]

    operations = [
        migrations.RunSQL(READ_AGAIN, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name="documenttext",
            name="document_text_outcome",
        ),
        migrations.RemoveConstraint(
            model_name="documenttext",
            name="documenttext_ms_system_read_add",
        ),
        migrations.AddField(
            model_name="documenttext",
            name="beginnings",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector("content", config="simple"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="documenttext",
            name="tries",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="documenttext",
            name="outcome",
            field=models.CharField(
                choices=[("read", "Read"), ("empty", "Empty"), ("failed", "Failed"), ("tried", "Tried")], max_length=6
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttext",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["read", "empty", "failed", "tried"])), name="document_text_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttext",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttext_ms_system_read_add_remove",
                restrictive=False,
                to="ms_system",
                verbs="read add remove",
                where="true",
            ),
        ),
    ]
