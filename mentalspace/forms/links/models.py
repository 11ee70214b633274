"""Links by which a client, or who acts for them, fills a form without signing in.

A token is made of the link's id, so it comes out the same in each message that carries it, and only its digest is
kept. It says nothing by itself: the database finds the practice of a digest for whoever shows the token, and a date of
birth is asked before anything is shown. A link is good until it expires, is revoked, or its form is sent, taken back
or decided; asking for changes makes it good again. The links that one message leads through are one `sending`: once one
of them is revoked, all are over.
"""

import base64
from datetime import datetime
from hashlib import sha256
from typing import ClassVar
from uuid import UUID, uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import connection, models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, KEEPER, SYSTEM
from mentalspace.access.policy import allow, allow_each, is_me, practice_key, same_practice, shared_fence
from mentalspace.clients.authority import ClientGuardian
from mentalspace.clients.models import TREATING, Client
from mentalspace.clients.policies import has_emergency_access, treats, treats_personally
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.forms.policies import form_is_visible
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.people.models import Profile

RESOURCE = "form_link"
BYTES = 18
"""Of a token: 144 bits, in 24 characters."""

MOST_WRONG = 10
"""Wrong dates of birth after which a link is dead, however long it would still be good."""


class FormLink(Record):
    """One link to one form. `reader` is the name of whom it was sent to: the client, unless there is a `guardian`.
    Links to the forms of a packet that went out in one message have the same `sending`."""

    client_id: UUID
    assignment_id: UUID
    guardian_id: UUID | None
    assignment = models.ForeignKey("forms.FormAssignment", models.PROTECT, related_name="links")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    guardian = models.ForeignKey(ClientGuardian, models.PROTECT, null=True, related_name="+")
    reader = models.CharField(max_length=210)
    channel = models.CharField(max_length=5)
    sending = models.UUIDField(default=uuid4, db_default=RandomUUID())
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[RecordQuerySet["FormLink"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "form_links"
        constraints = [
            practice_key(),
            same_practice("assignment"),
            same_practice("client"),
            same_practice("guardian"),
            same_practice("created_by"),
            models.CheckConstraint(condition=Q(channel__in=(EMAIL, SMS)), name="form_link_channel"),
            shared_fence(),
            allow(ADMINISTRATOR, "read"),
            allow(FRONT_DESK, "read", form_is_visible()),
            *allow_each(TREATING, "read", treats() | has_emergency_access()),
            allow(ADMINISTRATOR, "add", is_me("created_by")),
            allow(FRONT_DESK, "add", form_is_visible() & is_me("created_by")),
            *allow_each((CLINICIAN, ASSOCIATE), "add", treats_personally() & is_me("created_by")),
            allow(ADMINISTRATOR, "change"),
            allow(FRONT_DESK, "change", form_is_visible()),
            *allow_each((CLINICIAN, ASSOCIATE), "change", treats_personally()),
            allow(SYSTEM, "read change"),
            allow(KEEPER, "read"),
        ]

    def is_over(self, now: datetime) -> bool:
        """Nobody gets in by it any more, whatever became of its form."""
        return self.revoked_at is not None or now >= self.expires_at or self.wrong_tries >= MOST_WRONG


def token_of(link: UUID) -> str:
    """The same for the same link, for ever; nobody makes one without the installation's key."""
    made = salted_hmac("forms.links", str(link), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode()


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def practice_of(token: str) -> UUID | None:
    """Whose link it is, asked as identity; None when there is no such link."""
    with connection.cursor() as cursor:
        cursor.execute("select access.practice_of_form_link(%s)", [digest_of(token)])
        found: UUID | None = cursor.fetchone()[0]
    return found
