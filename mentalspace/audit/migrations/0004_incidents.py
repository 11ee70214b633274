"""Security incidents, and the ordered type that makes the runbook's `ORDER BY severity DESC` put the worst first."""

import django.db.models.deletion
import mentalspace.access.policy
import mentalspace.audit.models
import mentalspace.core.clock
import uuid
from django.db import migrations, models

TYPE = "CREATE TYPE incident_severity AS ENUM ('low', 'medium', 'high', 'critical')"

KEEP = """
CREATE FUNCTION access.keep_incident() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- What was raised is evidence; only the looking into it moves on.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'security_incidents' THEN
    IF (NEW.id, NEW.practice_id, NEW.incident_type, NEW.severity, NEW.description, NEW.details, NEW.user_id, NEW.rule_id,
        NEW.resource_type, NEW.resource_id, NEW.ip_address, NEW.raised_by, NEW.detected_at, NEW.created_at)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.practice_id, OLD.incident_type, OLD.severity, OLD.description, OLD.details, OLD.user_id, OLD.rule_id,
        OLD.resource_type, OLD.resource_id, OLD.ip_address, OLD.raised_by, OLD.detected_at, OLD.created_at)
       AND array_position('{open,investigating,resolved}', NEW.status::text)
        >= array_position('{open,investigating,resolved}', OLD.status::text)
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'incidents are kept: % on % is refused', TG_OP, TG_TABLE_NAME USING errcode = '42501';
END $$;
CREATE TRIGGER keep_incident BEFORE UPDATE OR DELETE ON security_incidents
  FOR EACH ROW EXECUTE FUNCTION access.keep_incident();
CREATE TRIGGER keep_all_incidents BEFORE TRUNCATE ON security_incidents EXECUTE FUNCTION access.keep_incident();
CREATE TRIGGER keep_steps BEFORE UPDATE OR DELETE ON security_incident_steps
  FOR EACH ROW EXECUTE FUNCTION access.keep_incident();
CREATE TRIGGER keep_all_steps BEFORE TRUNCATE ON security_incident_steps EXECUTE FUNCTION access.keep_incident();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_stamp"),
        ("practices", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(TYPE, "DROP TYPE incident_severity"),
        migrations.CreateModel(
            name="SecurityIncident",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("incident_type", models.CharField(max_length=60)),
                (
                    "severity",
                    mentalspace.audit.models.SeverityField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High"), ("critical", "Critical")],
                        max_length=8,
                    ),
                ),
                ("description", models.TextField()),
                ("details", models.JSONField(default=dict)),
                ("user_id", models.UUIDField(null=True)),
                ("rule_id", models.UUIDField(null=True)),
                ("resource_type", models.CharField(blank=True, default="", max_length=60)),
                ("resource_id", models.UUIDField(null=True)),
                ("ip_address", models.GenericIPAddressField(null=True)),
                ("raised_by", models.UUIDField()),
                ("detected_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("investigating", "Investigating"), ("resolved", "Resolved")],
                        default="open",
                        max_length=13,
                    ),
                ),
                ("assigned_to", models.UUIDField(null=True)),
                ("investigated_by", models.UUIDField(null=True)),
                ("investigated_at", models.DateTimeField(null=True)),
                ("resolved_by", models.UUIDField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("resolution_notes", models.TextField(blank=True, default="")),
                ("announced_at", models.DateTimeField(null=True)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
                    ),
                ),
            ],
            options={
                "db_table": "security_incidents",
            },
        ),
        migrations.CreateModel(
            name="IncidentStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("taken_by", models.UUIDField()),
                ("step", models.CharField(max_length=13)),
                ("assigned_to", models.UUIDField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="audit.securityincident"
                    ),
                ),
            ],
            options={
                "db_table": "security_incident_steps",
            },
        ),
        migrations.AddIndex(
            model_name="securityincident",
            index=models.Index(fields=["practice", "-detected_at", "-id"], name="incidents_by_time"),
        ),
        migrations.AddIndex(
            model_name="securityincident",
            index=models.Index(fields=["practice", "rule_id", "user_id", "-detected_at"], name="incidents_by_rule"),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=models.UniqueConstraint(fields=("practice", "id"), name="securityincident_in_practice"),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "investigating", "resolved"])), name="incident_status"
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "open"),
                    models.Q(("investigated_at__isnull", False), ("investigated_by__isnull", False)),
                    _connector="OR",
                ),
                name="incident_looked_into",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "resolved"), _negated=True),
                    models.Q(
                        ("resolved_at__isnull", False),
                        ("resolved_by__isnull", False),
                        models.Q(("resolution_notes", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="incident_resolved_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(select access.verify()) in (practice_id, '00000000-0000-0000-0000-000000000000'::uuid)",
                name="securityincident_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="(select access.verify()) in (practice_id, '00000000-0000-0000-0000-000000000000'::uuid)",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_administrator_add",
                restrictive=False,
                to="ms_administrator",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_supervisor_add",
                restrictive=False,
                to="ms_supervisor",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_clinician_add",
                restrictive=False,
                to="ms_clinician",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_associate_add",
                restrictive=False,
                to="ms_associate",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_billing_add",
                restrictive=False,
                to="ms_billing",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_front_desk_add",
                restrictive=False,
                to="ms_front_desk",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_client_add",
                restrictive=False,
                to="ms_client",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_system_add",
                restrictive=False,
                to="ms_system",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="(raised_by = (select access.me())) and (status = 'open')",
                name="securityincident_ms_identity_add",
                restrictive=False,
                to="ms_identity",
                verbs="add",
                where="(raised_by = (select access.me())) and (status = 'open')",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="securityincident_ms_administrator_read",
                restrictive=False,
                to="ms_administrator",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="securityincident_ms_system_read",
                restrictive=False,
                to="ms_system",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="securityincident_ms_administrator_change",
                restrictive=False,
                to="ms_administrator",
                verbs="change",
                where="status <> 'resolved'",
            ),
        ),
        migrations.AddConstraint(
            model_name="securityincident",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="securityincident_ms_system_change",
                restrictive=False,
                to="ms_system",
                verbs="change",
                where="announced_at is null",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=mentalspace.access.policy.SamePractice(
                field="incident", name="incidentstep_incident_same_practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["investigating", "assigned", "noted", "resolved"])),
                name="incident_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=mentalspace.access.policy.Policy(
                becomes="practice_id = (select access.verify())",
                name="incidentstep_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="practice_id = (select access.verify())",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="incidentstep_ms_administrator_read",
                restrictive=False,
                to="ms_administrator",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentstep",
            constraint=mentalspace.access.policy.Policy(
                becomes="taken_by = (select access.me())",
                name="incidentstep_ms_administrator_add",
                restrictive=False,
                to="ms_administrator",
                verbs="add",
                where="taken_by = (select access.me())",
            ),
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION access.keep_incident() CASCADE"),
    ]
