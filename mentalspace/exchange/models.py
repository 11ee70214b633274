"""What came from elsewhere: under which names, and in which run."""

from typing import Any

from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, IMPORT, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, same_practice
from mentalspace.core import clock
from mentalspace.core.models import Record
from mentalspace.people.models import Profile


class ExternalIdentifier(models.Model):
    """The name by which another system knows one of our rows: a FHIR id or a business identifier.

    The key starts with practice and id, so looking up a batch of ids costs the same however many are stored.
    `digest` is of the resource as it was imported; a second import compares it. `object_id` is of a client,
    profile, diagnosis, appointment or measure, as `resource_type` says: one foreign key could not say that.
    """

    pk = models.CompositePrimaryKey("practice_id", "external_id", "resource_type", "system")
    practice = models.ForeignKey("practices.Practice", models.PROTECT, related_name="+", db_index=False)
    external_id = models.CharField(max_length=255)
    resource_type = models.CharField(max_length=64)
    system = models.CharField(max_length=255)
    object_id = models.UUIDField()
    digest = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        db_table = "external_identifiers"
        constraints = [
            fence(),
            allow(IMPORT, "read add"),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
        ]


class ImportRun(Record):
    """One run of an import, dry or real: who, which files, and what became of everything in them."""

    kind = models.CharField(max_length=20, default="FHIR")
    is_dry_run = models.BooleanField()
    operator = models.CharField(max_length=100, blank=True, default="")
    assigned_to = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(default=clock.now)
    files: Any = models.JSONField(default=list)
    counts: Any = models.JSONField(default=dict)

    class Meta:
        db_table = "import_runs"
        constraints = [
            same_practice("assigned_to"),
            models.CheckConstraint(
                condition=models.Q(finished_at__gte=models.F("started_at")),
                name="import_finished_after_start",
            ),
            fence(),
            allow(IMPORT, "read add"),
            *allow_each((ADMINISTRATOR, SYSTEM), "read"),
        ]
