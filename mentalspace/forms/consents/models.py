"""What clients agreed to: dated, in the words they were shown, and never changed but for being revoked, once.

The words are those of a version of a form, which publishing has frozen, or were written down when it was recorded.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN
from mentalspace.access.policy import allow, allow_each, fence, is_me, is_unset, practice_key, same_practice
from mentalspace.clients.authority import ClientGuardian
from mentalspace.clients.models import TREATING, Client
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.people.models import Profile

AUTHORS = (CLINICIAN, ASSOCIATE)


class ConsentKind(models.TextChoices):
    """What is agreed to. A privacy notice is acknowledged (45 CFR 164.520(c)(2)(ii)); a release is an authorization
    (164.508), which says to whom and of what."""

    TREATMENT = "treatment"
    PRIVACY = "privacy"
    RELEASE = "release"
    ELECTRONIC = "electronic"
    TELEHEALTH = "telehealth"
    RECORDING = "recording"
    FINANCIAL = "financial"
    RESEARCH = "research"


class How(models.TextChoices):
    """How it was given. `form` is for what a form shows that was accepted at its review."""

    FORM = "form"
    PAPER = "paper"
    VERBAL = "verbal"


class ClientConsent(Record):
    """One consent: by the client, unless there is a `guardian`; `signer` is the name it was given under.

    `expires` is the last day on which it holds. `template` is the version whose words these are.
    """

    client_id: UUID
    guardian_id: UUID | None
    template_id: UUID | None
    form_id: UUID | None
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ConsentKind.choices)
    title = models.CharField(max_length=500)
    words = models.TextField()
    template = models.ForeignKey("forms.FormTemplate", models.PROTECT, null=True, related_name="+")
    form = models.ForeignKey("forms.FormAssignment", models.PROTECT, null=True, related_name="consents")
    guardian = models.ForeignKey(ClientGuardian, models.PROTECT, null=True, related_name="+")
    signer = models.CharField(max_length=210)
    how = models.CharField(max_length=6, choices=How.choices)
    recipient = models.CharField(max_length=300, blank=True, default="")
    scope = models.CharField(max_length=1000, blank=True, default="")
    effective = models.DateField()
    expires = models.DateField(null=True)
    recorded_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    revoked_on = models.DateField(null=True)
    revoked_through = models.CharField(max_length=210, blank=True, default="")
    revoke_reason = models.CharField(max_length=1000, blank=True, default="")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[RecordQuerySet["ClientConsent"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "client_consents"
        indexes = [models.Index(fields=["client", "kind", "-effective"], name="consents_of_client")]
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("template"),
            same_practice("form"),
            same_practice("guardian"),
            same_practice("recorded_by"),
            same_practice("revoked_by"),
            models.UniqueConstraint(
                fields=["form", "kind"],
                condition=Q(how="form") & ~Q(kind="release"),
                name="client_consent_once_by_form",
            ),
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="client_consent_kind"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="client_consent_how"),
            models.CheckConstraint(
                condition=Q(expires__isnull=True) | Q(expires__gte=F("effective")),
                name="client_consent_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(kind="release") | ~Q(recipient="") & ~Q(scope=""),
                name="client_release_names_its_recipient",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_at=None, revoked_by=None, revoked_through="", revoke_reason="")
                | Q(revoked_on__gte=F("effective"), revoked_at__isnull=False, revoked_by__isnull=False),
                name="client_consent_revoked_by_somebody",
            ),
            fence(),
            allow(ADMINISTRATOR, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "add", is_me("recorded_by") & is_unset("revoked_at")),
            *allow_each(AUTHORS, "add", treats_personally() & is_me("recorded_by") & is_unset("revoked_at")),
            allow(ADMINISTRATOR, "change", is_unset("revoked_at"), becomes=is_me("revoked_by")),
            *allow_each(
                AUTHORS,
                "change",
                treats_personally() & is_unset("revoked_at"),
                becomes=treats_personally() & is_me("revoked_by"),
            ),
        ]
