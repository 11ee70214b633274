"""Whoever had an account before portals were switched one by one keeps seeing what is theirs: their portal is on.

Only accounts older than 0009: of a later one, an administrator has decided.
"""

from django.db import migrations

FILL = """
INSERT INTO client_portal_access (id, practice_id, created_at, client_id, enabled, since, changed_by_id, reason)
SELECT gen_random_uuid(), c.practice_id, now(), c.id, true, now(), s.id, ''
  FROM clients c
  JOIN profiles p ON p.id = c.id AND p.practice_id = c.practice_id AND p.audience = 'ms_client' AND p.is_active
  JOIN profiles s ON s.practice_id = c.practice_id AND s.is_system
 WHERE p.created_at < (SELECT max(m.applied) FROM django_migrations m
                        WHERE m.app = 'clients' AND m.name = '0009_authority')
   AND NOT EXISTS (SELECT FROM client_portal_access a WHERE a.client_id = c.id)
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0010_authority_triggers"), ("people", "0009_invited")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
