"""Alert rules, retention, checks of the chain, saved searches, and a purge that is itself recorded."""

import django.contrib.postgres.fields
import django.db.models.deletion
import mentalspace.access.policy
import mentalspace.audit.models
import mentalspace.core.clock
import uuid
from django.db import migrations, models

UP = """
-- The six years are the law's and stand here. What a practice keeps longer, or holds for a case, is passed over, so
-- that one DELETE over everything takes what may go.
CREATE OR REPLACE FUNCTION access.keep_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_logs' THEN
    IF OLD.created_at < now() - interval '6 years' THEN
      IF EXISTS (SELECT FROM public.audit_retention r
                 WHERE r.practice_id = OLD.practice_id AND r.action_type IN ('', OLD.action_type)
                   AND (r.is_held OR OLD.created_at >= now() - make_interval(years => r.years))) THEN
        RETURN NULL;
      END IF;
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit records are kept: % on % is refused', TG_OP, TG_TABLE_NAME USING errcode = '42501';
END $$;

-- A purge is itself recorded, in the practice's own name; the check of the chain allows no gap without it.
CREATE FUNCTION access.record_purge() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_logs (id, practice_id, user_id, action_type, event, resource_type, client_ids,
      action_description, action_details, user_agent, session_id, severity, created_at)
    SELECT gen_random_uuid(), g.practice_id, g.practice_id, 'ADMIN_ACTION', 'audit.purged', 'audit_log', '{}',
      format('%s lines of the audit trail, past their retention, were removed', count(*)),
      jsonb_build_object('lines', count(*), 'oldest', min(g.created_at), 'newest', max(g.created_at),
        'by', session_user),
      '', '', 'critical', clock_timestamp()
    FROM gone g GROUP BY g.practice_id;
  RETURN NULL;
END $$;
CREATE TRIGGER record_purge AFTER DELETE ON audit_logs REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION access.record_purge();
"""

DOWN = """
DROP FUNCTION access.record_purge() CASCADE;
CREATE OR REPLACE FUNCTION access.keep_audit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'audit_logs' THEN
    IF OLD.created_at < now() - interval '6 years' THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'audit records are kept: % on % is refused', TG_OP, TG_TABLE_NAME USING errcode = '42501';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_incidents"),
        ("practices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertRule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("name", models.CharField(max_length=120)),
                ("action_type", models.CharField(blank=True, default="", max_length=40)),
                ("event", models.CharField(blank=True, default="", max_length=80)),
                ("resource_type", models.CharField(blank=True, default="", max_length=60)),
                ("is_after_hours", models.BooleanField(default=False)),
                ("is_per_person", models.BooleanField(default=True)),
                ("threshold", models.PositiveIntegerField()),
                ("window_minutes", models.PositiveIntegerField()),
                (
                    "severity",
                    mentalspace.audit.models.SeverityField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High"), ("critical", "Critical")],
                        max_length=8,
                    ),
                ),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "db_table": "alert_rules",
            },
        ),
        migrations.CreateModel(
            name="AuditRetention",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("action_type", models.CharField(blank=True, default="", max_length=40)),
                ("years", models.PositiveSmallIntegerField()),
                ("is_held", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "db_table": "audit_retention",
            },
        ),
        migrations.CreateModel(
            name="AuditVerification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("asked_by", models.UUIDField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("rows_checked", models.PositiveBigIntegerField(null=True)),
                ("fault_position", models.PositiveBigIntegerField(null=True)),
                ("fault_log_id", models.UUIDField(null=True)),
                ("fault_reason", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "db_table": "audit_verifications",
            },
        ),
        migrations.CreateModel(
            name="SavedAuditQuery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(default=mentalspace.core.clock.now, editable=False)),
                ("saved_by", models.UUIDField()),
                ("name", models.CharField(max_length=80)),
                ("filters", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "saved_audit_queries",
            },
        ),
        migrations.AddIndex(
            model_name="auditlog",
            index=models.Index(fields=["practice", "-created_at", "-id"], name="audit_by_time"),
        ),
        migrations.AddIndex(
            model_name="auditlog",
            index=models.Index(
                condition=models.Q(("severity", "info"), _negated=True),
                fields=["practice", "-created_at"],
                name="audit_grave",
            ),
        ),
        migrations.AddField(
            model_name="alertrule",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="auditretention",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="auditverification",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddField(
            model_name="savedauditquery",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practices.practice"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=models.UniqueConstraint(fields=("practice", "name"), name="alert_rule_name_once"),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("window_minutes__gte", 1), ("window_minutes__lte", 10080)), name="alert_rule_window"
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=mentalspace.access.policy.Policy(
                becomes="practice_id = (select access.verify())",
                name="alertrule_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="practice_id = (select access.verify())",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="alertrule_ms_administrator_read_add_change",
                restrictive=False,
                to="ms_administrator",
                verbs="read add change",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertrule",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="alertrule_ms_system_read_add",
                restrictive=False,
                to="ms_system",
                verbs="read add",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditretention",
            constraint=models.UniqueConstraint(fields=("practice", "action_type"), name="audit_retention_once"),
        ),
        migrations.AddConstraint(
            model_name="auditretention",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__gte", 6), ("years__lte", 100)), name="audit_retention_years"
            ),
        ),
        migrations.AddConstraint(
            model_name="auditretention",
            constraint=mentalspace.access.policy.Policy(
                becomes="practice_id = (select access.verify())",
                name="auditretention_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="practice_id = (select access.verify())",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditretention",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="auditretention_ms_administrator_read_add_change",
                restrictive=False,
                to="ms_administrator",
                verbs="read add change",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditretention",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="auditretention_ms_system_read",
                restrictive=False,
                to="ms_system",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddIndex(
            model_name="auditverification",
            index=models.Index(fields=["practice", "-created_at", "-id"], name="verifications_by_time"),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="practice_id = (select access.verify())",
                name="auditverification_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="practice_id = (select access.verify())",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="auditverification_ms_administrator_read",
                restrictive=False,
                to="ms_administrator",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="true",
                name="auditverification_ms_system_read",
                restrictive=False,
                to="ms_system",
                verbs="read",
                where="true",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="asked_by = (select access.me())",
                name="auditverification_ms_administrator_add",
                restrictive=False,
                to="ms_administrator",
                verbs="add",
                where="asked_by = (select access.me())",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="asked_by = (select access.me())",
                name="auditverification_ms_system_add",
                restrictive=False,
                to="ms_system",
                verbs="add",
                where="asked_by = (select access.me())",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="asked_by = (select access.me())",
                name="auditverification_ms_administrator_change",
                restrictive=False,
                to="ms_administrator",
                verbs="change",
                where="(asked_by = (select access.me())) and (finished_at is null)",
            ),
        ),
        migrations.AddConstraint(
            model_name="auditverification",
            constraint=mentalspace.access.policy.Policy(
                becomes="asked_by = (select access.me())",
                name="auditverification_ms_system_change",
                restrictive=False,
                to="ms_system",
                verbs="change",
                where="(asked_by = (select access.me())) and (finished_at is null)",
            ),
        ),
        migrations.AddIndex(
            model_name="savedauditquery",
            index=models.Index(fields=["saved_by"], name="saved_queries_by_person"),
        ),
        migrations.AddConstraint(
            model_name="savedauditquery",
            constraint=models.UniqueConstraint(fields=("practice", "saved_by", "name"), name="saved_query_name_once"),
        ),
        migrations.AddConstraint(
            model_name="savedauditquery",
            constraint=mentalspace.access.policy.Policy(
                becomes="practice_id = (select access.verify())",
                name="savedauditquery_fence",
                restrictive=True,
                to="public",
                verbs="all",
                where="practice_id = (select access.verify())",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedauditquery",
            constraint=mentalspace.access.policy.Policy(
                becomes="saved_by = (select access.me())",
                name="savedauditquery_ms_administrator_read_add_remove",
                restrictive=False,
                to="ms_administrator",
                verbs="read add remove",
                where="saved_by = (select access.me())",
            ),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
