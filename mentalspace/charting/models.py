"""Clinical notes. A draft is its author's; a signed note is frozen by the database and changed by amendment only."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, IMPORT, KEEPER, SUPERVISOR, SYSTEM
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.charting.errors import NoteAlreadySigned
from mentalspace.charting.formats import KIND_LABELS, Layout, NoteFormat, NoteKind, layout_of
from mentalspace.charting.policies import (
    imported,
    note_is_my_draft,
    note_is_signed_and_mine,
    note_is_visible,
    signed,
    unsigned,
)
from mentalspace.charting.psychotherapy.models import PsychotherapyNote as PsychotherapyNote
from mentalspace.charting.rules import (
    DIGEST_FORM,
    FIRST_FORM,
    AppointmentFacts,
    CodedDiagnosis,
    FrozenNote,
    NoteContent,
    SectionText,
    SignRefusal,
    digest_of,
    may_sign,
    signed_times,
)
from mentalspace.clients.models import Client
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core.errors import NotAllowed
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.people.models import Profile
from mentalspace.people.policies import supervises
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.rules import AppointmentStatus

WRITERS = (CLINICIAN, ASSOCIATE)
READERS = (*WRITERS, SUPERVISOR, ADMINISTRATOR)

STAMPED = (
    "signed_at",
    "signed_name",
    "signed_licence",
    "signed_service",
    "signed_location",
    "is_imported",
    "digest_form",
    "content_hash",
)
"""What the database writes when a note is signed, whatever was sent (`access.sign_note`, migration 0005)."""

FURTHEST_EAST = timedelta(hours=14)
"""Ahead of UTC: a day that has begun nowhere on Earth is in the future."""


class NoteQuerySet(RecordQuerySet["ClinicalNote"]):
    def drafts(self) -> "NoteQuerySet":
        return self.filter(signed_at__isnull=True)

    def signed(self) -> "NoteQuerySet":
        return self.filter(signed_at__isnull=False)

    def draft_for_change(self, pk: uuid.UUID) -> "ClinicalNote":
        """The draft, locked. 404 when invisible, 409 when signed, 403 when it is somebody else's.

        PostgreSQL applies the policies for UPDATE to `FOR UPDATE`, so only the author's drafts are locked.
        """
        note = self.select_related("author", "appointment").select_for_update(of=("self",)).filter(pk=pk).first()
        if note is None:
            if self.visible(pk).signed_at is not None:
                raise NoteAlreadySigned
            raise NotAllowed("Only its author can change a draft.")
        return note


class ClinicalNote(Versioned):
    """A progress note in one of the formats of `charting.formats`.

    `sections` maps a section's key to its text; `diagnoses` is a list of `{code, description}` in order, carried
    with the note so that it says what was true on the day. Times are the session's actual ones.

    The database itself signs: only the author acting in person can set `signed_at`, and it writes the time, the
    printed name, licence, place and service, and the hash. `is_imported`: signed before it came here, at the time
    and in the name the import gives.
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
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(max_length=300, blank=True, default="")
    signed_licence = models.CharField(max_length=60, blank=True, default="")
    signed_service = models.CharField(max_length=60, blank=True, default="")
    signed_location = models.CharField(max_length=120, blank=True, default="")
    is_imported = models.BooleanField(default=False)
    digest_form = models.PositiveSmallIntegerField(default=FIRST_FORM)
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
            models.CheckConstraint(condition=Q(is_imported=False) | Q(signed_at__isnull=False), name="draft_is_ours"),
            fence(),
            *allow_each(WRITERS, "read", is_me("author") | ((treats() | has_emergency_access()) & signed())),
            *allow_each(WRITERS, "add", is_me("author") & treats_personally() & unsigned()),
            *allow_each(WRITERS, "change", is_me("author") & unsigned(), becomes=is_me("author")),
            allow(
                SUPERVISOR,
                "read",
                is_me("author") | supervises("author") | ((treats() | has_emergency_access()) & signed()),
            ),
            allow(ADMINISTRATOR, "read"),
            allow(IMPORT, "read add", imported() & signed()),
            allow(SYSTEM, "read"),
            allow(KEEPER, "read"),
            allow(KEEPER, "change", unsigned()),
        ]

    @property
    def layout(self) -> Layout:
        """The sections of its format, in order."""
        return layout_of(NoteFormat(self.note_format))

    @property
    def label(self) -> str:
        return KIND_LABELS[NoteKind(self.kind)]

    @property
    def coded(self) -> list[CodedDiagnosis]:
        return [CodedDiagnosis(one["code"], one["description"]) for one in self.diagnoses]

    @property
    def content(self) -> NoteContent:
        """What the rules of signing look at."""
        return NoteContent(NoteFormat(self.note_format), self.sections, self.coded, self.service_date)

    @property
    def session_times(self) -> tuple[datetime | None, datetime | None]:
        """When the session was: as signed, or as signing would freeze it now."""
        written, held = (self.started_at, self.ended_at), self.appointment
        if self.signed_at is not None or held is None:
            return written
        return signed_times(written, (held.starts_at, held.ends_at), (held.actual_started_at, held.actual_ended_at))

    def sign_refusal(self, person: uuid.UUID, *, now: datetime) -> SignRefusal | None:
        """Why this person may not sign the note now; None when they may."""
        facts = None
        if (held := self.appointment) is not None:
            facts = AppointmentFacts(AppointmentStatus(held.status), held.starts_at, held.actual_started_at)
        elif self.signed_at is None and self.service_date > (now + FURTHEST_EAST).date():
            return SignRefusal("session_not_started", "The day of the session has not come yet.")
        return may_sign(
            author=self.author_id,
            signer=person,
            signed_at=self.signed_at,
            content=self.content,
            appointment=facts,
            now=now,
        )

    @property
    def service(self) -> str:
        """What was done, as printed: as signed, or as the appointment says now."""
        if self.is_stamped or self.appointment is None:
            return self.signed_service
        return " ".join(filter(None, (self.appointment.appointment_type, self.appointment.cpt_code)))

    @property
    def place(self) -> str:
        """Where it was, as printed."""
        if self.is_stamped or self.appointment is None or self.appointment.location is None:
            return self.signed_location
        return self.appointment.location.name

    @property
    def licence(self) -> str:
        """The author's licence, as printed, e.g. "NY 012345"."""
        if self.is_stamped or not self.author.license_number:
            return self.signed_licence
        return f"{self.author.license_state} {self.author.license_number}".strip()

    @property
    def is_stamped(self) -> bool:
        """Signed since the database keeps with a note what is printed beside its text."""
        return self.signed_at is not None and self.digest_form == DIGEST_FORM

    def sign(self, *, at: datetime, started_at: datetime | None, ended_at: datetime | None) -> None:
        """Have the database sign it, with the sections of its format. What is signed changes by amendment only."""
        self.write(
            sections={key: self.sections.get(key, "") for key in self.layout.keys},
            started_at=started_at,
            ended_at=ended_at,
            updated_at=at,
            signed_at=at,
        )
        self.refresh_from_db(fields=STAMPED)

    def frozen(self, signed_at: datetime) -> FrozenNote:
        """What its signature covers."""
        return FrozenNote(
            note_id=self.id,
            kind=self.kind,
            client_id=self.client_id,
            author_id=self.author_id,
            author_name=self.signed_name,
            author_licence=self.signed_licence,
            appointment_id=self.appointment_id,
            service_date=self.service_date,
            service=self.signed_service,
            location=self.signed_location,
            actual_start=self.started_at,
            actual_stop=self.ended_at,
            format=NoteFormat(self.note_format),
            sections=tuple(SectionText(key, text) for key, text in self.sections.items()),
            diagnoses=tuple(self.coded),
            is_imported=self.is_imported,
            signed_at=signed_at,
        )

    @property
    def is_intact(self) -> bool:
        """False when a signed note is not, to the letter, what was signed: somebody got past the database's guard."""
        return self.signed_at is None or digest_of(self.frozen(self.signed_at), self.digest_form) == self.content_hash


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

    @property
    def client_id(self) -> UUID:
        """Who an event about this row is about."""
        return self.note.client_id


class NoteAmendment(Record):
    """A later statement to a signed note: the original stays as it was signed.

    When and in what printed name is written by the database, except for what an import brings.
    """

    note = models.ForeignKey(ClinicalNote, models.PROTECT, related_name="amendments")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=300)
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
            allow(IMPORT, "read add", note_is_visible()),
            allow(SYSTEM, "read"),
        ]

    @property
    def client_id(self) -> UUID:
        """Who an event about this row is about."""
        return self.note.client_id
