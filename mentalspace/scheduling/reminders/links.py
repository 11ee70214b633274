"""Links by which a client answers a reminder without signing in: confirm, cancel, ask for another time.

A token is made of the message's id, so it comes out the same at each attempt to send it, and only its digest is kept.
It says nothing by itself: the database finds the practice of a digest for whoever shows the token, and everything after
that is done as the practice's system. Each link works once, and until the appointment begins.
"""

import base64
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from mentalspace.access.audiences import ADMINISTRATOR, ASSOCIATE, CLINICIAN, FRONT_DESK, KEEPER, SYSTEM
from mentalspace.access.policy import allow, allow_each, is_me, same_practice, shared_fence
from mentalspace.clients.models import Client
from mentalspace.core.models import Record, RecordQuerySet
from mentalspace.people.models import Profile
from mentalspace.scheduling.policies import is_answer
from mentalspace.scheduling.reminders.models import ReminderLog

CONFIRM, CANCEL, RESCHEDULE = "confirm", "cancel", "reschedule"
ACTIONS = (CONFIRM, CANCEL, RESCHEDULE)
TO_SEE_TO = (CANCEL, RESCHEDULE)
OFFICE = (ADMINISTRATOR, FRONT_DESK)

BYTES = 18
"""Of a token: 144 bits, in 24 characters."""


class ReminderLink(Record):
    """What one link in a message asks for. One that was used to cancel or to ask for another time waits to be seen to.

    `handled_at` is when somebody has; moving or cancelling the appointment answers a wish for another time as well.
    """

    client_id: UUID
    reminder = models.ForeignKey(ReminderLog, models.PROTECT, related_name="links")
    appointment = models.ForeignKey("scheduling.Appointment", models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    action = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    starts_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Profile, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[RecordQuerySet["ReminderLink"]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "reminder_links"
        indexes = [
            models.Index(
                fields=["practice", "starts_at"],
                condition=Q(action__in=TO_SEE_TO, used_at__isnull=False, handled_at__isnull=True),
                name="reminder_links_to_see_to",
            ),
            models.Index(fields=["action", "used_at"], name="reminder_links_by_action"),
            models.Index(fields=["used_at"], name="reminder_links_by_use"),
        ]
        constraints = [
            same_practice("reminder"),
            same_practice("appointment"),
            same_practice("client"),
            same_practice("clinician"),
            same_practice("handled_by"),
            models.CheckConstraint(condition=Q(action__in=ACTIONS), name="reminder_link_action"),
            shared_fence(),
            *allow_each(OFFICE, "read change", is_answer()),
            *allow_each((CLINICIAN, ASSOCIATE), "read change", is_me("clinician") & is_answer()),
            allow(SYSTEM, "read add change"),
            allow(KEEPER, "read"),
        ]


def token_of(notification: UUID, action: str) -> str:
    """The same for the same message, for ever; nobody makes one without the installation's key."""
    made = salted_hmac("scheduling.reminders.links", f"{notification}:{action}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made[:BYTES]).decode()


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def maker(action: str) -> Callable[[Any], str | None]:
    """Makes this kind of link when its message is sent, as the practice's system."""

    def make(row: Any) -> str | None:
        reminder = ReminderLog.objects.filter(pk=row.related_entity_id, notification_id=row.pk).first()
        if reminder is None:
            return None
        token = token_of(row.pk, action)
        link = ReminderLink(
            practice_id=row.practice_id,
            reminder=reminder,
            appointment_id=reminder.appointment_id,
            client_id=reminder.client_id,
            clinician_id=reminder.clinician_id,
            action=action,
            token_hash=digest_of(token),
            starts_at=reminder.starts_at,
        )
        ReminderLink.objects.bulk_create([link], ignore_conflicts=True)
        return f"{settings.PUBLIC_URL}/r/{token}"

    return make


def practice_of(token: str) -> UUID | None:
    """Whose link it is, asked as identity; None when there is no such link."""
    with connection.cursor() as cursor:
        cursor.execute("select access.practice_of_link(%s)", [digest_of(token)])
        found: UUID | None = cursor.fetchone()[0]
    return found


def is_over(link: ReminderLink, now: datetime) -> bool:
    """The appointment of which it speaks has begun."""
    return now >= link.starts_at
