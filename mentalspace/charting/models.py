"""Clinical notes. A draft is its author's; a signed note is frozen by the database and changed by amendment only."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, SUPERVISOR, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.charting.policies import (
    note_is_my_draft,
    note_is_signed_and_mine,
    note_is_visible,
    signed,
    unsigned,
)
from mentalspace.clients.models import Client
from mentalspace.clients.policies import treats
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.people.models import Profile
from mentalspace.people.policies import supervises
from mentalspace.scheduling.models import Appointment

WRITERS = (CLINICIAN, ASSOCIATE)
READERS = (*WRITERS, SUPERVISOR, ADMINISTRATOR)


class NoteQuerySet(RecordQuerySet["ClinicalNote"]):
    def drafts(self) -> "NoteQuerySet":
        return self.filter(signed_at__isnull=True)


class ClinicalNote(Record):
    """A progress note in one of the formats of `charting.formats`.

    `sections` maps a section's key to its text; `diagnoses` is a list of `{code, description}` in order, carried
    with the note so that it says what was true on the day. Times are the session's actual ones.
    """

    client = models.ForeignKey(Client, models.PROTECT, related_name="notes", db_index=False)
    author = models.ForeignKey(Profile, models.PROTECT, related_name="notes", db_index=False)
    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="notes")
    kind = models.CharField(max_length=30, default="progress_note")
    note_format = models.CharField(max_length=20, default="SOAP")
    service_date = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    sections: Any = models.JSONField(default=dict)
    diagnoses: Any = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(max_length=200, blank=True, default="")
    content_hash = models.CharField(max_length=64, blank=True, default="")

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "clinical_notes"
        indexes = [
            models.Index(fields=["client", "-service_date", "id"], name="notes_of_client"),
            models.Index(fields=["author", "-service_date", "id"], name="notes_of_author"),
            models.Index(fields=["author", "updated_at"], condition=Q(signed_at__isnull=True), name="drafts_of_author"),
        ]
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("author"),
            same_practice("appointment"),
            models.UniqueConstraint(
                fields=["appointment", "author", "kind"],
                condition=Q(appointment__isnull=False),
                name="one_note_of_a_kind_per_session",
            ),
            models.CheckConstraint(
                condition=Q(note_format__in=["SOAP", "DAP", "BIRP", "GIRP", "Narrative"]), name="note_format"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, content_hash="", signed_name="")
                | (Q(signed_at__isnull=False) & ~Q(content_hash="") & ~Q(signed_name="")),
                name="note_signed_whole",
            ),
            fence(),
            *allow_each(WRITERS, "read", is_me("author") | (treats() & signed())),
            *allow_each(WRITERS, "add", is_me("author") & treats() & unsigned()),
            *allow_each(WRITERS, "change", is_me("author") & unsigned(), becomes=is_me("author")),
            allow(SUPERVISOR, "read", is_me("author") | supervises("author") | (treats() & signed())),
            allow(ADMINISTRATOR, "read"),
            allow(SYSTEM, "read"),
        ]


class NoteVersion(Record):
    """A text of a note that was kept: at intervals while writing, and whenever two tabs collided."""

    note = models.ForeignKey(ClinicalNote, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    sections: Any = models.JSONField()
    saved_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    kept_because = models.CharField(max_length=20)

    class Meta:
        db_table = "note_versions"
        constraints = [
            same_practice("note"),
            same_practice("saved_by"),
            models.CheckConstraint(condition=Q(kept_because__in=["checkpoint", "conflict"]), name="kept_because"),
            fence(),
            *allow_each(WRITERS, "read", is_me("saved_by")),
            *allow_each(WRITERS, "add", is_me("saved_by") & note_is_my_draft()),
        ]


class NoteAmendment(Record):
    """A later statement to a signed note: the original stays as it was signed."""

    note = models.ForeignKey(ClinicalNote, models.PROTECT, related_name="amendments")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        db_table = "note_amendments"
        ordering = ["created_at", "id"]
        constraints = [
            same_practice("note"),
            same_practice("author"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(text=""), name="amendment_says_why"),
            fence(),
            *allow_each(READERS, "read", note_is_visible()),
            *allow_each(WRITERS, "add", is_me("author") & note_is_signed_and_mine()),
            allow(SYSTEM, "read"),
        ]
