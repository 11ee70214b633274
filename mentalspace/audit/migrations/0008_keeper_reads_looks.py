"""The keeper reads who was shown what: a supervisor is told through it what a supervisee opened in an emergency."""

from django.db import migrations

import mentalspace.access.policy


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0007_keeper_writes"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="auditlog",
            constraint=mentalspace.access.policy.Policy(
                becomes="action_type = 'PHI_ACCESS'",
                name="auditlog_ms_keeper_read",
                restrictive=False,
                to="ms_keeper",
                verbs="read",
                where="action_type = 'PHI_ACCESS'",
            ),
        ),
    ]
