"""The day a client comes of age may be asked by whoever writes to clients, not only by triggers: it is the law's.

A guardian and their client may be named together, so that what goes to a guardian is about nobody else's client.
"""

from django.db import migrations

ROLES = "ms_administrator, ms_supervisor, ms_clinician, ms_associate, ms_front_desk, ms_system"

UP = f"""
GRANT EXECUTE ON FUNCTION access.majority_age(text) TO {ROLES};
ALTER TABLE client_guardians ADD CONSTRAINT guardian_and_client UNIQUE (id, client_id);
"""
DOWN = f"""
ALTER TABLE client_guardians DROP CONSTRAINT guardian_and_client;
REVOKE EXECUTE ON FUNCTION access.majority_age(text) FROM {ROLES};
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0015_guardian_practice_key")]
    operations = [migrations.RunSQL(UP, DOWN)]
