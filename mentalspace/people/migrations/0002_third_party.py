"""Policies for tables whose Meta is not ours. A guard refuses any table without a policy or a listed reason."""

from django.db import migrations

from mentalspace.access.policy import Policy, Where, allow, identity_fence, queue_fence
from mentalspace.people.models import is_account

OWN_EMAIL = Where(
    "(select access.me()) = '00000000-0000-0000-0000-000000000000'::uuid"
    " or email_address_id in (select e.id from account_emailaddress e where e.user_id = (select access.me()))"
)
ACCOUNTS = {
    "account_emailaddress": is_account("user_id"),
    "account_emailconfirmation": OWN_EMAIL,
    "mfa_authenticator": is_account("user_id"),
}
QUEUE = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_workers",
    "procrastinate_periodic_defers",
)
MINE = Where("starts_with(args->>'actor', (select access.verify())::text || '.' || (select access.me())::text || '.')")


def on(table: str, *policies: Policy) -> migrations.RunSQL:
    """Put sentences on a table of somebody else's."""
    up = "; ".join(statement for policy in policies for statement in policy.statements(table))
    down = "; ".join(
        f'DROP POLICY "{policy.policy_name(verb)}" ON "{table}"' for policy in policies for verb in policy.verbs.split()
    )
    return migrations.RunSQL(up, down)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("access", "0001_verify"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("procrastinate", "__latest__"),
    ]
    operations = [
        *(
            on(table, identity_fence(), allow("ms_identity", "read add change remove", word))
            for table, word in ACCOUNTS.items()
        ),
        *(on(table, queue_fence(), allow("ms_worker", "all")) for table in QUEUE),
        on("procrastinate_jobs", allow("ms_jobs", "read add", MINE)),  # read: the queue's INSERT has RETURNING
        on("procrastinate_events", allow("ms_jobs", "add")),  # its trigger writes here as the caller
    ]
