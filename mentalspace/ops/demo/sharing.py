"""Shared documents in the demo: a letter its client has read, and an intake form that was taken back."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument, DocumentShare
from mentalspace.documents.sharing import actions
from mentalspace.ops.demo.cast import ANA
from mentalspace.practices.system import system_actor

READ = {
    "title": "Letter to referrer",
    "message": "This is the letter we spoke about. Please tell me if anything is wrong.",
}
BACK = {"title": "Intake form", "message": ""}


def share(client: UUID, now: datetime) -> None:
    """Ana shares both; the client opens the letter twice."""
    letter = _shared(client, **READ, at=now - timedelta(days=8, hours=3))
    with acting_as(system_actor(ANA.house.id)):
        first, last = now - timedelta(days=7, hours=20), now - timedelta(days=2, hours=6)
        DocumentShare.objects.get(pk=letter.pk).write(opened_at=first, last_opened_at=last, times_opened=2)
    form = _shared(client, **BACK, at=now - timedelta(days=6))
    at = now - timedelta(days=5, hours=22)
    with acting_as(ANA.actor), clock.frozen(at):
        actions.take_back(share_id=form.pk, by=ANA.actor, now=at)


def _shared(client: UUID, title: str, message: str, at: datetime) -> DocumentShare:
    how = {"guardian_id": None, "channel": "Email", "has_agreed": False, "days": 30, "message": message}
    with acting_as(ANA.actor), clock.frozen(at):
        document = ClientDocument.objects.get(client_id=client, title=title, latest_version=True)
        return actions.share_document(share_id=uuid4(), document_id=document.pk, by=ANA.actor, now=at, **how)  # type: ignore[arg-type]
