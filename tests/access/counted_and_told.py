"""Rows of the matrix that come of signing in and of what the product tells people: tries counted, messages queued."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.notify.models import Notification
from mentalspace.people import limits
from mentalspace.people.models import RateLimit
from tests.cast import HERE, NEXT_DOOR


def counted_and_told(w: Any, actor: Callable[[str], Actor], who: dict[str, UUID]) -> None:
    """`w` is the world, `actor` and `who` its people."""
    for label, name in (("Ana's", "ana"), ("Otto's", "otto"), ("an address's", "")):
        with acting_as(IDENTITY):
            limits.take("x", user=who.get(name), address=None if name else "192.0.2.1")
            w.know(label, RateLimit.objects.get(user_id=who.get(name)))
    for label, by, practice, to in (
        ("to Ana", "ana", HERE, "ana"),
        ("to Ada", "bea", HERE, "ada"),
        ("next door", "otto", NEXT_DOOR, "otto"),
    ):
        w.put(by, label, _notification(practice, who[to]))
    sent = w.put("sys", "to Ada, sent", _notification(HERE, who["ada"]))
    with acting_as(actor("sys")):
        sent.write(sent_at=datetime.now(UTC), sent_successfully=True)
    w.know("to Ada, sent", sent)


def _notification(practice: UUID, to: UUID) -> Notification:
    text = {"message_subject": "x", "message_content": "x", "recipient_email": "x@example.org"}
    return Notification(practice_id=practice, kind="x", recipient_id=to, **text)
