"""What came from elsewhere: under which names, and in which run."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections, models

from mentalspace.access.audiences import ADMINISTRATOR, IMPORT, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, same_practice
from mentalspace.core import clock
from mentalspace.core.models import Record
from mentalspace.people.models import Profile

FIND = """
SELECT system, resource_type, external_id, object_id, digest FROM external_identifiers
 WHERE practice_id = %s AND external_id = ANY(%s)
"""
REMEMBER = """
INSERT INTO external_identifiers (practice_id, system, resource_type, external_id, object_id, digest)
SELECT %s, e->>0, e->>1, e->>2, (e->>3)::uuid, e->>4 FROM json_array_elements(%s::json) e
"""


class Name(NamedTuple):
    """One row of `external_identifiers`, without the practice."""

    system: str
    resource_type: str
    external_id: str
    object_id: UUID
    digest: str


class ExternalIdentifierQuerySet(models.QuerySet["ExternalIdentifier"]):
    """Whole batches at once: an import asks for and adds as many names as it writes rows."""

    def named(self, practice_id: UUID, ids: Iterable[str]) -> list[Name]:
        """What is known under these ids, of whatever system and type."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(FIND, [practice_id, list(ids)])
            return [Name(*row) for row in cursor.fetchall()]

    def remember(self, practice_id: UUID, names: Sequence[Name]) -> None:
        """Add the names. One that is there already fails the transaction."""
        if names:
            with connections[self.db].cursor() as cursor:
                cursor.execute(REMEMBER, [practice_id, json.dumps(names, default=str)])


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

    objects = ExternalIdentifierQuerySet.as_manager()

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
