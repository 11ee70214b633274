"""Psychotherapy notes: an author's own thoughts about a session, kept apart from the chart and sealed before they
reach the database. 45 CFR 164.501 and 164.508(a)(2)."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import ASSOCIATE, CLINICIAN
from mentalspace.access.policy import allow_each, fence, is_me, same_practice
from mentalspace.clients.models import Client
from mentalspace.clients.policies import treats_personally
from mentalspace.core.models import RecordQuerySet, Versioned
from mentalspace.people.models import Profile


class PsychotherapyNote(Versioned):
    """Whom it is about, who wrote it and when; what it says is in `sealed`, which only its author's key opens.

    No sentence names anybody but the author: no administrator, no supervisor, no import and not the practice itself.
    It has no times, codes, diagnoses or results, which belong to the progress note, and no signature: it is no record.
    """

    client_id: UUID
    author_id: UUID
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(Profile, models.PROTECT, related_name="+", db_index=False)
    about_date = models.DateField()
    sealed = models.BinaryField()

    objects: ClassVar[RecordQuerySet["PsychotherapyNote"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "psychotherapy_notes"
        indexes = [
            models.Index(fields=["author", "client", "-about_date", "id"], name="psychotherapy_of_author"),
            models.Index(fields=["client"], name="psychotherapy_of_client"),
        ]
        constraints = [
            same_practice("client"),
            same_practice("author"),
            models.CheckConstraint(condition=~Q(sealed=b""), name="psychotherapy_note_sealed"),
            fence(),
            *allow_each((CLINICIAN, ASSOCIATE), "read change", is_me("author")),
            *allow_each((CLINICIAN, ASSOCIATE), "add", is_me("author") & treats_personally()),
        ]
