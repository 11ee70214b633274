"""The keeper's triggers write into the trail, as the acting person."""

from django.db import migrations

import mentalspace.access.policy


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_see_the_hold")]

    operations = [
        migrations.AddConstraint(
            model_name="auditlog",
            constraint=mentalspace.access.policy.Policy(
                becomes="user_id = (select access.me())",
                name="auditlog_ms_keeper_add",
                restrictive=False,
                to="ms_keeper",
                verbs="add",
                where="user_id = (select access.me())",
            ),
        ),
    ]
