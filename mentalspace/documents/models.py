"""A chart's documents: what a file is to a client. The file itself is an object in the bucket `client-documents`."""

from typing import ClassVar, get_args
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, SYSTEM
from mentalspace.access.policy import (
    allow,
    allow_each,
    allow_each_on,
    fence,
    is_me,
    is_set,
    is_unset,
    practice_key,
    same_practice,
)
from mentalspace.clients.models import SEES_ALL, TREATING, Client
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core import clock
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.documents.library.models import LibraryDocument as LibraryDocument
from mentalspace.documents.policies import Status as Status
from mentalspace.documents.policies import not_quarantined
from mentalspace.documents.rules import Category
from mentalspace.documents.sharing.models import DocumentShare as DocumentShare
from mentalspace.documents.signing.models import SignatureRequest as SignatureRequest
from mentalspace.documents.signing.models import SignatureRequestSigner as SignatureRequestSigner
from mentalspace.documents.templates.models import DocumentTemplate as DocumentTemplate
from mentalspace.people.models import Profile
from mentalspace.storage.models import StoredObject
from mentalspace.storage.policies import brought_by_me, in_bucket, named_by, own_object

BUCKET = "client-documents"

OFFICE = (ADMINISTRATOR, FRONT_DESK)
AUTHORS = (CLINICIAN, ASSOCIATE)


class ClientDocument(Record):
    """A file in a client's chart. Its file, client and uploader never change; another version is another row.

    One with `signed_at` holds the signatures of the version before it and is the last of its family.
    What was made from a template names it and its version. `family` is the id of the first version, the same in all of
    them. `uploaded_by` and `uploaded_date` are what the runbook's statement calls `uploader_id` and `created_at`.
    """

    client_id: UUID
    object_id: UUID
    uploader_id: UUID
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", db_index=False)
    object = models.OneToOneField(StoredObject, models.PROTECT, related_name="+")
    file_path = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=20, default="other")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    file_name = models.CharField(max_length=200)
    mime_type = models.CharField(max_length=100)
    file_size_bytes = models.PositiveBigIntegerField()
    uploader = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    uploaded_by = models.GeneratedField(
        expression=models.F("uploader_id"),  # type: ignore[arg-type]
        output_field=models.UUIDField(),
        db_persist=True,
    )
    uploaded_date = models.GeneratedField(
        expression=models.F("created_at"),  # type: ignore[arg-type]
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    uploaded_method = models.CharField(max_length=40, default="User Upload")
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, null=True, related_name="+", db_index=False)
    template_version = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ACTIVE)
    archived_at = models.DateTimeField(null=True)
    family = models.UUIDField()
    version_number = models.PositiveIntegerField(default=1)
    previous_version = models.OneToOneField("self", models.PROTECT, null=True, related_name="next_version")
    latest_version = models.BooleanField(default=True)
    signed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[RecordQuerySet["ClientDocument"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "client_documents"
        indexes = [
            models.Index(fields=["client", "-created_at", "id"], name="documents_of_client"),
            models.Index(fields=["family", "-version_number"], name="documents_of_family"),
            models.Index(fields=["practice", "-uploaded_date"], name="documents_by_age"),
        ]
        constraints = [
            practice_key(),
            same_practice("client"),
            same_practice("object"),
            same_practice("uploader"),
            same_practice("previous_version"),
            same_practice("template"),
            models.CheckConstraint(
                condition=models.Q(template__isnull=True, template_version__isnull=True)
                | models.Q(template__isnull=False, template_version__isnull=False),
                name="document_of_template_version",
            ),
            own_object("uploader"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="document_status"),
            models.CheckConstraint(condition=models.Q(category__in=get_args(Category)), name="document_category"),
            models.CheckConstraint(
                condition=models.Q(status="archived", archived_at__isnull=False)
                | models.Q(archived_at__isnull=True) & ~models.Q(status="archived"),
                name="document_archived_since",
            ),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            *allow_each(OFFICE, "add", is_me("uploader") & is_unset("signed_at")),
            *allow_each(AUTHORS, "add", treats_personally() & is_me("uploader") & is_unset("signed_at")),
            *allow_each(OFFICE, "change", not_quarantined()),
            *allow_each(AUTHORS, "change", treats_personally() & not_quarantined()),
            allow(SYSTEM, "read"),
            allow(SYSTEM, "add", is_me("uploader") & is_set("signed_at")),
            allow(SYSTEM, "change", not_quarantined()),
            *allow_each_on(
                StoredObject,
                (*SEES_ALL, *TREATING),
                "read",
                in_bucket(BUCKET) & named_by("client_documents"),
                because="opens",
            ),
            *allow_each_on(
                StoredObject, (*OFFICE, *AUTHORS, SYSTEM), "add", in_bucket(BUCKET) & brought_by_me(), because="brings"
            ),
        ]


class Outcome(models.TextChoices):
    READ = "read"
    EMPTY = "empty"
    FAILED = "failed"
    TRIED = "tried"


LANGUAGE = "english"
"""By whose rules words are the same: "sleeping" is found by "sleeps". Words of other languages stay as they are."""
AS_WRITTEN = "simple"
"""By whose rules words are nothing but themselves, so that "depressi" is how "depression" begins."""


class DocumentText(Record):
    """The words in a document's file, read once by a job. Health information like the file, for the same readers.

    It names its client so that the sentences are those of the document, word by word; a key over both columns keeps it
    the document's own client. A file's bytes never change, so neither does its text.

    TRIED: what was to read it was stopped before it could say anything, `tries` times so far; it is tried again.
    `beginnings` are the words as they are written: what is typed so far of one finds it.
    """

    document_id: UUID
    client_id: UUID
    document = models.OneToOneField(ClientDocument, models.PROTECT, related_name="text")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    tries = models.PositiveSmallIntegerField(default=1)
    content = models.TextField(blank=True, default="")
    vector = models.GeneratedField(
        expression=SearchVector("content", config=LANGUAGE), output_field=SearchVectorField(), db_persist=True
    )
    beginnings = models.GeneratedField(
        expression=SearchVector("content", config=AS_WRITTEN), output_field=SearchVectorField(), db_persist=True
    )

    objects: ClassVar[RecordQuerySet["DocumentText"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "document_texts"
        indexes = [models.Index(fields=["client"], name="document_texts_of_client")]
        constraints = [
            same_practice("document"),
            same_practice("client"),
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="document_text_outcome"),
            fence(),
            *allow_each(SEES_ALL, "read"),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(SYSTEM, "read add remove"),
        ]
