"""Results of outcome measures. Instruments are known here by name and LOINC code, never by their wording."""

from typing import Any

from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, IMPORT, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, same_practice
from mentalspace.clients.models import TREATING, Client
from mentalspace.clients.policies import has_emergency_access, treats
from mentalspace.core.models import Record


class MeasureResult(Record):
    """One completed measure: its total, its item answers when they are known, and where it came from."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="measures", db_index=False)
    instrument = models.CharField(max_length=40)
    loinc_code = models.CharField(max_length=20)
    score = models.DecimalField(max_digits=6, decimal_places=2)
    answers: Any = models.JSONField(default=dict)
    taken_at = models.DateTimeField()
    source = models.CharField(max_length=20, default="import")

    class Meta:
        db_table = "measure_results"
        indexes = [models.Index(fields=["client", "-taken_at", "id"], name="measures_of_client")]
        constraints = [
            same_practice("client"),
            models.CheckConstraint(condition=models.Q(source__in=["import", "entered"]), name="measure_source"),
            fence(),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "read"),
            allow(IMPORT, "read add"),
            allow(SYSTEM, "read"),
        ]
