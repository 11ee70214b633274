"""Forms of the practice's own: their templates, who was given one, and what was answered.

A published template never changes, and neither does what was sent: another version, or another round, is another row.
Triggers keep that for every writer.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import (
    ADMINISTRATOR,
    ASSOCIATE,
    CLINICIAN,
    FRONT_DESK,
    SUPERVISOR,
    SYSTEM,
)
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.clients.models import TREATING, Client
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet, Versioned
from mentalspace.forms.consents.models import ClientConsent as ClientConsent
from mentalspace.forms.files.models import FormFile as FormFile
from mentalspace.forms.links.models import FormLink as FormLink
from mentalspace.forms.packets.models import FormPacket as FormPacket
from mentalspace.forms.policies import form_is_visible, is_administrative
from mentalspace.people.models import Profile

AUTHORS = (CLINICIAN, ASSOCIATE)
GIVES_FORMS = (ADMINISTRATOR, FRONT_DESK, SUPERVISOR, CLINICIAN, ASSOCIATE)


class Category(models.TextChoices):
    """What a form is for. The front desk's are in `policies.ADMINISTRATIVE`."""

    INTAKE = "intake"
    CONSENT = "consent"
    ASSESSMENT = "assessment"
    INSURANCE = "insurance"
    FEEDBACK = "feedback"
    ADMINISTRATIVE = "administrative"


class Stage(models.TextChoices):
    """Where a version of a template stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Status(models.TextChoices):
    """Where a form that was given to a client stands. `returned`: changes were asked for. `in_error`: what was sent
    is not this client's, or never should have been; it is kept, and counts for nothing."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    IN_ERROR = "in_error"


FILLABLE = (Status.OPEN, Status.RETURNED)
VOID = (Status.WITHDRAWN, Status.IN_ERROR)
"""What counts for nothing: neither filled any more nor of the record."""


class Priority(models.TextChoices):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Outcome(models.TextChoices):
    """What a reviewer decided about one sending."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"


class FormTemplate(Versioned):
    """One version of a form. `family` is the id of the first, the same in all of them; `number` counts from 1.

    `definition` has the shape of `spec.Definition`. `version` is for two administrators who edit the same draft.
    """

    family = models.UUIDField()
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=1000, blank=True, default="")
    category = models.CharField(max_length=20, choices=Category.choices)
    status = models.CharField(max_length=12, choices=Stage.choices, default=Stage.DRAFT)
    definition = models.JSONField(default=dict)
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    published_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["FormTemplate"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "form_templates"
        indexes = [models.Index(fields=["practice", "title", "-number", "id"], name="form_templates_by_title")]
        constraints = [
            practice_key(),
            same_practice("created_by"),
            same_practice("published_by"),
            models.UniqueConstraint(fields=["family", "number"], name="form_template_number_once"),
            models.UniqueConstraint(fields=["family"], condition=Q(status="draft"), name="form_template_one_draft"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(status="published"), name="form_template_one_published"
            ),
            models.CheckConstraint(condition=Q(status__in=Stage.values), name="form_template_status"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="form_template_category"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="form_template_published_by_somebody",
            ),
            fence(),
            *allow_each((*GIVES_FORMS, SYSTEM), "read"),
            allow(ADMINISTRATOR, "add", is_me("created_by")),
            allow(ADMINISTRATOR, "change"),
        ]


class FormAssignment(Record):
    """A form that a client is to fill. It names its template's category so that the front desk's sentence is short;
    a key over both columns keeps it the template's own.

    Those that were given together as a packet share a `bundle`, each at its `place`, from 1.
    """

    client_id: UUID
    packet_id: UUID | None
    template_id: UUID
    assigned_by_id: UUID
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", db_index=False)
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="+")
    category = models.CharField(max_length=20, choices=Category.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    priority = models.CharField(max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    due_date = models.DateField(null=True)
    instructions = models.CharField(max_length=1000, blank=True, default="")
    assigned_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    packet = models.ForeignKey(FormPacket, models.PROTECT, null=True, related_name="+")
    packet_title = models.CharField(max_length=200, blank=True, default="")
    bundle = models.UUIDField(null=True)
    place = models.PositiveSmallIntegerField(null=True)
    error_reason = models.CharField(max_length=1000, blank=True, default="")
    error_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    error_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[RecordQuerySet["FormAssignment"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "form_assignments"
        indexes = [
            models.Index(fields=["client", "-created_at", "id"], name="forms_of_client"),
            models.Index(fields=["category", "status"], name="forms_by_category"),
            models.Index(fields=["practice", "changed_at"], condition=Q(status="submitted"), name="forms_to_review"),
        ]
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("template"),
            same_practice("assigned_by"),
            same_practice("packet"),
            same_practice("error_by"),
            models.CheckConstraint(
                condition=~Q(status="in_error") & Q(error_reason="", error_by=None, error_at=None)
                | Q(status="in_error", error_by__isnull=False, error_at__isnull=False) & ~Q(error_reason=""),
                name="form_in_error_for_a_reason",
            ),
            models.UniqueConstraint(fields=["bundle", "place"], name="form_at_its_place"),
            models.CheckConstraint(
                condition=Q(packet=None, bundle=None, place=None)
                | Q(packet__isnull=False, bundle__isnull=False, place__isnull=False),
                name="form_in_a_packet_or_not",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="form_status"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="form_category"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="form_priority"),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(FRONT_DESK, "read", is_administrative()),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "add", is_me("assigned_by")),
            allow(FRONT_DESK, "add", is_administrative() & is_me("assigned_by")),
            *allow_each(AUTHORS, "add", treats_personally() & is_me("assigned_by")),
            allow(ADMINISTRATOR, "change"),
            allow(FRONT_DESK, "change", is_administrative()),
            *allow_each(AUTHORS, "change", treats_personally()),
            allow(SYSTEM, "read change"),
        ]


class FormResponse(Record):
    """The answers to a form in one round: the first, or the next after changes were asked for.

    While it is filled, `version` tells two tabs apart, and whoever typed last is `typed_by`, or has the `link`. Once
    sent it stays as it was answered; only a review is added, once, and with it what was `taken` over into the chart.
    """

    client_id: UUID
    assignment_id: UUID
    typed_by_id: UUID | None
    link_id: UUID | None
    assignment = models.ForeignKey(FormAssignment, models.PROTECT, related_name="responses")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    round = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    typed_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    link = models.ForeignKey(FormLink, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    scores = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, blank=True, default="")
    reviewed_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=1000, blank=True, default="")
    taken = models.JSONField(default=list)

    objects: ClassVar[RecordQuerySet["FormResponse"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "form_responses"
        constraints = [
            practice_key(),
            same_practice("assignment"),
            same_practice("client"),
            same_practice("typed_by"),
            same_practice("link"),
            same_practice("reviewed_by"),
            models.UniqueConstraint(fields=["assignment", "round"], name="form_round_once"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="form_outcome"),
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (
                    ~Q(outcome="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False, submitted_at__isnull=False)
                ),
                name="form_reviewed_by_somebody",
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(FRONT_DESK, "read", form_is_visible()),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "add change"),
            allow(FRONT_DESK, "add change", form_is_visible()),
            *allow_each(AUTHORS, "add change", treats_personally()),
            allow(SYSTEM, "read change"),
        ]
