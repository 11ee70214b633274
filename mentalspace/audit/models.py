"""The audit trail: insert-only for every role, and a keyed chain over it whose key the database never sees."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, IDENTITY, IMPORT, JOBS, PEOPLE, SYSTEM
from mentalspace.access.policy import ME, NIL, Where, allow, allow_each, fence, shared_fence
from mentalspace.core import clock

PHI_ACCESS = "PHI_ACCESS"
DATA_MODIFICATION = "DATA_MODIFICATION"
AUTHENTICATION = "AUTHENTICATION"
REFUSED = "REFUSED"
ADMIN_ACTION = "ADMIN_ACTION"


def written_by_me() -> Where:
    """The row names the acting person as its author: nobody can sign for another."""
    return Where(f"user_id = {ME}")


def written_at_sign_in() -> Where:
    """Identity writes about anybody while nobody is known, and about that account once somebody is."""
    return Where(f"{ME} in (user_id, {NIL})")


class AuditLog(models.Model):
    """One thing that happened. Survives the deletion of people: `user_id` is no foreign key.

    `client_ids` are the clients the event is about: one for a chart, all that were shown for a list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey("practices.Practice", models.PROTECT, related_name="+", db_index=False)
    user_id = models.UUIDField(null=True)
    action_type = models.CharField(max_length=40)
    event = models.CharField(max_length=80)
    resource_type = models.CharField(max_length=60)
    resource_id = models.UUIDField(null=True)
    client_ids: Any = ArrayField(models.UUIDField(), default=list)
    action_description = models.TextField()
    action_details: Any = models.JSONField(default=dict)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    session_id = models.CharField(max_length=64, blank=True, default="")
    severity = models.CharField(max_length=10, default="info")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        db_table = "audit_logs"
        indexes = [
            models.Index(fields=["practice", "user_id", "created_at"], name="audit_by_user"),
            models.Index(fields=["practice", "action_type", "created_at"], name="audit_by_action"),
            GinIndex(fields=["client_ids"], name="audit_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=["info", "warning", "critical"]), name="audit_severity"
            ),
            shared_fence(),
            *allow_each((*PEOPLE, SYSTEM, IMPORT, JOBS), "add", written_by_me()),
            allow(IDENTITY, "add", written_at_sign_in()),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
        ]


class AuditChain(models.Model):
    """The place of one audit row in its practice's chain: `digest` is a MAC over the row, `hash` over place and time.

    With both, the chain can still be checked where a row is gone because its six years are over.
    """

    log_id = models.UUIDField(primary_key=True, editable=False)
    practice = models.ForeignKey("practices.Practice", models.PROTECT, related_name="+", db_index=False)
    position = models.BigIntegerField()
    logged_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_chain"
        constraints = [
            models.UniqueConstraint(fields=["practice", "position"], name="audit_chain_position"),
            fence(),
            allow(SYSTEM, "read add"),
            allow(ADMINISTRATOR, "read"),
        ]
