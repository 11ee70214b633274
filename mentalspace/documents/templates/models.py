"""The texts that a practice makes documents of. Nothing in them is about a client."""

from typing import ClassVar, get_args
from uuid import UUID

from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, HATS
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.core.models import RecordQuerySet, Versioned
from mentalspace.documents.rules import Category
from mentalspace.people.models import Profile


class DocumentTemplate(Versioned):
    """A text with places to fill (`text`). All staff read it, who adds documents uses it, administrators write it.

    Documents that were made of it keep their words, whatever becomes of it: they name it and its version.
    """

    created_by_id: UUID
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=20)
    body = models.TextField()
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    updated_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")

    objects: ClassVar[RecordQuerySet["DocumentTemplate"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "document_templates"
        constraints = [
            practice_key(),
            same_practice("created_by"),
            same_practice("updated_by"),
            models.UniqueConstraint(fields=["practice", "title"], name="template_title_once"),
            models.CheckConstraint(condition=models.Q(category__in=get_args(Category)), name="template_category"),
            models.CheckConstraint(condition=~models.Q(body=""), name="template_says_something"),
            fence(),
            *allow_each(HATS, "read"),
            allow(ADMINISTRATOR, "add", is_me("created_by") & is_me("updated_by")),
            allow(ADMINISTRATOR, "change"),
        ]
