import django.db.models.deletion
import mentalspace.access.policy
import mentalspace.core.clock
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0014_opened_in_emergency"),
        ("documents", "0006_keep_library"),
        ("people", "0011_counts_for_its_own"),
        ("practices", "0003_version"),
        ("storage", "0005_uploads"),
    ]

    operations = [
        migrations.AddField(
            model_name="clientdocument",
            name="template_version",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="DocumentTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(default=mentalspace.core.clock.now)),
                ("title", models.CharField(max_length=200)),
                ("category", models.CharField(max_length=20)),
                ("body", models.TextField()),
                ("is_active", models.BooleanField(default=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.profile"
                    ),
                ),
            ],
            options={
                "db_table": "document_templates",
            },
        ),
        migrations.AddField(
            model_name="clientdocument",
            name="template",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.documenttemplate",
            ),
        ),
        migrations.AddConstraint(
            model_name="clientdocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("template__isnull", True), ("template_version__isnull", True)),
                    models.Q(("template__isnull", False), ("template_version__isnull", False)),
                    _connector="OR",
                ),
                name="document_of_template_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=models.UniqueConstraint(fields=("practice", "id"), name="documenttemplate_in_practice"),
        ),
        migrations.AddConstraint(
            model_name="clientdocument",
            constraint=mentalspace.access.policy.SamePractice(
                field="template", name="clientdocument_template_same_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.SamePractice(
                field="created_by", name="documenttemplate_created_by_same_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.SamePractice(
                field="updated_by", name="documenttemplate_updated_by_same_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=models.UniqueConstraint(fields=("practice", "title"), name="template_title_once"),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        (
                            "intake",
                            "consent",
                            "assessment",
                            "treatment",
                            "insurance",
                            "identification",
                            "correspondence",
                            "other",
                        ),
                    )
                ),
                name="template_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), _negated=True), name="template_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="practice_id = (select access.verify())",
                name="documenttemplate_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="practice_id = (select access.verify())",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_administrator_read",
                restrictive=False,
                to="ms_administrator",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_supervisor_read",
                restrictive=False,
                to="ms_supervisor",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_clinician_read",
                restrictive=False,
                to="ms_clinician",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_associate_read",
                restrictive=False,
                to="ms_associate",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_billing_read",
                restrictive=False,
                to="ms_billing",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_front_desk_read",
                restrictive=False,
                to="ms_front_desk",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="(created_by_id = (select access.me())) and (updated_by_id = (select access.me()))",
                name="documenttemplate_ms_administrator_add",
                restrictive=False,
                to="ms_administrator",
                verbs="add",
                where="(created_by_id = (select access.me())) and (updated_by_id = (select access.me()))",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="documenttemplate_ms_administrator_change",
                restrictive=False,
                to="ms_administrator",
                verbs="change",
                where="true",
            ),
        ),
    ]
