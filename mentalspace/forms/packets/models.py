"""Packets: forms that a practice gives together, by name and in an order. What is given is a copy: a later change of
the packet changes nothing of it."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, SUPERVISOR
from mentalspace.access.policy import allow, allow_each, fence, is_me, practice_key, same_practice
from mentalspace.core.models import RecordQuerySet, Versioned
from mentalspace.people.models import Profile


class FormPacket(Versioned):
    """A named list of forms. `families` are those of templates, so that what is given is their published version."""

    created_by_id: UUID
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=1000, blank=True, default="")
    families = ArrayField(models.UUIDField())
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[RecordQuerySet["FormPacket"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "form_packets"
        indexes = [models.Index(fields=["practice", "title", "id"], name="form_packets_by_title")]
        constraints = [
            practice_key(),
            same_practice("created_by"),
            models.CheckConstraint(condition=models.Q(families__len__gt=0), name="form_packet_of_something"),
            fence(),
            *allow_each((ADMINISTRATOR, FRONT_DESK, SUPERVISOR, CLINICIAN, ASSOCIATE), "read"),
            allow(ADMINISTRATOR, "add", is_me("created_by")),
            allow(ADMINISTRATOR, "change"),
        ]
