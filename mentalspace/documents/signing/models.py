"""Signatures on a document: who is asked for one, in what order, and what each of them gave."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, SYSTEM
from mentalspace.access.policy import allow, allow_each, allow_each_on, fence, is_me, practice_key, same_practice
from mentalspace.clients.models import SEES_ALL, TREATING, Client, ClientGuardian
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.documents.policies import of_seen_place
from mentalspace.documents.signing.policies import Method as Method
from mentalspace.documents.signing.policies import PlaceState as PlaceState
from mentalspace.documents.signing.policies import RequestStatus as RequestStatus
from mentalspace.documents.signing.policies import is_decided, is_undecided
from mentalspace.notify.models import Notification
from mentalspace.people.models import Profile

OFFICE = (ADMINISTRATOR, FRONT_DESK)
AUTHORS = (CLINICIAN, ASSOCIATE)

MINE = is_me("person") & is_undecided()
DECIDED_BY_ME = is_me("person") & is_decided()


class SignatureRequest(Record):
    """One document sent to be signed. `sealed` is the version that holds the signatures, made once all have signed.

    `document_sha256` is the digest of the file that everybody signs. `copy_tries` counts how often the signed copy
    could not be made; from `copy_given_up_at` on it is not tried by itself any more, until somebody has it tried once
    more: that is `copy_retried_at`, from which the tries are counted anew.
    """

    client_id: UUID
    document_id: UUID
    created_by_id: UUID
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey("documents.ClientDocument", models.PROTECT, related_name="signature_requests")
    document_sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    is_ordered = models.BooleanField(default=True)
    message = models.CharField(max_length=500, blank=True, default="")
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    sealed = models.OneToOneField("documents.ClientDocument", models.PROTECT, null=True, related_name="+")
    copy_tries = models.PositiveSmallIntegerField(default=0)
    copy_given_up_at = models.DateTimeField(null=True)
    copy_retried_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["SignatureRequest"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "signature_requests"
        indexes = [
            models.Index(fields=["client", "-created_at"], name="signature_requests_of_client"),
            models.Index(fields=["expires_at"], condition=Q(status="open"), name="signature_requests_open"),
        ]
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("document"),
            same_practice("created_by"),
            same_practice("sealed"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(status__in=["open", "signed"]), name="signature_request_once"
            ),
            models.CheckConstraint(condition=Q(status__in=RequestStatus.values), name="signature_request_status"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True) | ~Q(status="open") & Q(closed_at__isnull=False),
                name="signature_request_closed_since",
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True) | Q(status="signed"), name="signature_request_sealed_when_signed"
            ),
            models.CheckConstraint(
                condition=Q(copy_given_up_at__isnull=True) | Q(status="signed", sealed__isnull=True),
                name="signature_request_given_up_without_copy",
            ),
            models.CheckConstraint(
                condition=Q(copy_retried_at__isnull=True) | Q(status="signed"),
                name="signature_request_retried_when_signed",
            ),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            *allow_each(OFFICE, "add", is_me("created_by")),
            *allow_each(AUTHORS, "add", treats_personally() & is_me("created_by")),
            *allow_each(OFFICE, "change"),
            *allow_each(AUTHORS, "change", treats_personally()),
            allow(SYSTEM, "read change"),
        ]

    def is_over(self, now: datetime) -> bool:
        """Nobody can sign any more."""
        return self.status != RequestStatus.OPEN or self.expires_at <= now


class SignatureRequestSigner(Record):
    """A place for one signature, and what was given there: the name, when, from where, and the words agreed to.

    Staff are named by `person` and sign where they are signed in. The client (neither `person` nor `guardian`) and a
    guardian sign by a link sent to `email`, as the practice's system. `drawing` holds `rules.Drawing`.

    The order of places is the order of signing, where the request has one. It names its client so that the sentences
    are those of the document; a key over both columns keeps it the request's own client.
    """

    request_id: UUID
    client_id: UUID
    person_id: UUID | None
    guardian_id: UUID | None
    request = models.ForeignKey(SignatureRequest, models.PROTECT, related_name="places")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10)
    person = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")
    guardian = models.ForeignKey(ClientGuardian, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300)
    email = models.EmailField(blank=True, default="")
    state = models.CharField(max_length=8, choices=PlaceState.choices)
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=5, choices=Method.choices, blank=True, default="")
    signed_name = models.CharField(max_length=200, blank=True, default="")
    drawing = models.JSONField(null=True)
    consent_text = models.TextField(blank=True, default="")
    consent_version = models.CharField(max_length=20, blank=True, default="")
    document_sha256 = models.CharField(max_length=64, blank=True, default="")
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")
    decline_reason = models.CharField(max_length=500, blank=True, default="")

    objects: ClassVar[RecordQuerySet["SignatureRequestSigner"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "signature_request_signers"
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["person"], condition=Q(state="asked"), name="signatures_to_give")]
        constraints = [
            same_practice("request"),
            same_practice("client"),
            same_practice("person"),
            same_practice("guardian"),
            models.UniqueConstraint(fields=["request", "position"], name="signer_position_once"),
            models.UniqueConstraint(fields=["request", "person"], name="signer_once"),
            models.UniqueConstraint(fields=["request", "guardian"], name="signing_guardian_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(role="Client"), name="signing_client_once"),
            models.CheckConstraint(
                condition=Q(role="Client", person__isnull=True, guardian__isnull=True) & ~Q(email="")
                | Q(role="Guardian", person__isnull=True, guardian__isnull=False) & ~Q(email="")
                | Q(
                    role__in=["Clinician", "Supervisor", "Witness"],
                    person__isnull=False,
                    guardian__isnull=True,
                    email="",
                ),
                name="signer_is_of_role",
            ),
            models.CheckConstraint(condition=Q(state__in=PlaceState.values), name="signer_state"),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | ~Q(signed_name="") & ~Q(consent_text="") & ~Q(document_sha256="") & Q(decided_at__isnull=False),
                name="signer_gave_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(method="drawn", drawing__isnull=False, state="signed")
                | Q(method="typed", drawing__isnull=True, state="signed")
                | Q(method="", drawing__isnull=True) & ~Q(state="signed"),
                name="signer_typed_or_drew",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_reason="") & Q(decided_at__isnull=False),
                name="signer_declines_for_a_reason",
            ),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            *allow_each(OFFICE, "add", is_undecided()),
            *allow_each(AUTHORS, "add", treats_personally() & is_undecided()),
            *allow_each(SEES_ALL, "change", MINE, becomes=DECIDED_BY_ME),
            *allow_each(TREATING, "change", treats() & MINE, becomes=treats() & DECIDED_BY_ME),
            allow(SYSTEM, "read change"),
            *allow_each_on(Notification, (FRONT_DESK, *TREATING), "read", of_seen_place(), because="shows_mails"),
        ]
