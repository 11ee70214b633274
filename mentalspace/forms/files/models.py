"""Files that answer a question. They lie in a bucket of their own until the form is accepted, which puts them into the
chart as documents; what is never accepted is let go of, and so is what nobody names as an answer any more."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, SYSTEM
from mentalspace.access.policy import allow, allow_each, allow_each_on, fence, is_me, practice_key, same_practice
from mentalspace.clients.models import TREATING, Client
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.documents.models import ClientDocument
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.policies import form_is_visible
from mentalspace.storage.models import StoredObject
from mentalspace.storage.policies import brought_by_me, in_bucket, named_by, own_object

BUCKET = "form-files"
AUTHORS = (CLINICIAN, ASSOCIATE)
READERS = (ADMINISTRATOR, FRONT_DESK, *TREATING)


class FormFile(Record):
    """One file somebody brought to a question (`field`), by a `link` or as one of the staff; `bringer_id` is who that
    was to the database. Which files answer the question, the answers say. `document` is what it became in the chart;
    `removed_at` when its bytes here were let go of."""

    client_id: UUID
    assignment_id: UUID
    object_id: UUID
    document_id: UUID | None
    link_id: UUID | None
    assignment = models.ForeignKey("forms.FormAssignment", models.PROTECT, related_name="files")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    field = models.CharField(max_length=40)
    object = models.OneToOneField(StoredObject, models.PROTECT, related_name="+")
    bringer_id = models.UUIDField()
    link = models.ForeignKey(FormLink, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    mime_type = models.CharField(max_length=100)
    file_size_bytes = models.PositiveBigIntegerField()
    document = models.OneToOneField(ClientDocument, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["FormFile"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "form_files"
        indexes = [
            models.Index(
                fields=["practice", "created_at"],
                condition=models.Q(removed_at__isnull=True),
                name="form_files_there",
            )
        ]
        constraints = [
            practice_key(),
            same_practice("assignment"),
            same_practice("client"),
            same_practice("object"),
            same_practice("link"),
            same_practice("document"),
            own_object("bringer"),
            fence(),
            allow(ADMINISTRATOR, "read"),
            allow(FRONT_DESK, "read", form_is_visible()),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "add", is_me("bringer")),
            allow(FRONT_DESK, "add", form_is_visible() & is_me("bringer")),
            *allow_each(AUTHORS, "add", treats_personally() & is_me("bringer")),
            allow(ADMINISTRATOR, "change"),
            allow(FRONT_DESK, "change", form_is_visible()),
            *allow_each(AUTHORS, "change", treats_personally()),
            allow(SYSTEM, "read change"),
            allow(SYSTEM, "add", is_me("bringer")),
            *allow_each_on(StoredObject, READERS, "read", in_bucket(BUCKET) & named_by("form_files"), because="opens"),
            *allow_each_on(
                StoredObject,
                (ADMINISTRATOR, FRONT_DESK, *AUTHORS, SYSTEM),
                "add",
                in_bucket(BUCKET) & brought_by_me(),
                because="brings",
            ),
        ]
