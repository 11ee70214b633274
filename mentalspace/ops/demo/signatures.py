"""Signatures in the demo: a consent that client and clinician have signed, and a fee agreement that waits for both."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from mentalspace.access.actor import acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument, SignatureRequest
from mentalspace.documents.signing import actions, advancing, giving
from mentalspace.documents.signing.asking import Asked
from mentalspace.documents.signing.giving import Given
from mentalspace.ops.demo.cast import ANA
from mentalspace.practices.system import system_actor

TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
DRAWN = [
    [60, 120, 72, 84, 92, 62, 112, 70, 104, 102, 78, 132, 112, 138, 142, 112, 162, 92, 156, 128, 176, 132, 196, 104],
    [196, 104, 216, 84, 212, 120, 232, 128, 258, 96, 286, 74, 280, 116, 304, 126, 338, 98, 380, 92, 430, 104, 500, 92],
]


def ask(consent: ClientDocument, fees: ClientDocument, now: datetime) -> None:
    """The client signed the consent on the telephone the same evening, Ana the morning after."""
    sent = _sent(consent, "Please read this before our next session.", now - timedelta(days=5), is_ordered=True)
    evening, morning = now - timedelta(days=4, hours=15), now - timedelta(days=4, hours=2)
    with acting_as(ANA.actor):
        place, other = sent.places.all()
    with clock.frozen(evening), following(Trail(name="The client, by a link", ip_address="203.0.113.24")):
        given = Given(_name(consent), DRAWN, sent.document_sha256, "203.0.113.24", TELEPHONE)
        with acting_as(system_actor(ANA.house.id)):
            giving.sign_by_link(place_id=place.pk, given=given, now=evening)
        advancing.advance(system_actor(ANA.house.id), sent.pk)
    with clock.frozen(morning):
        given = Given(other.name, None, sent.document_sha256, "203.0.113.7", DESK)
        with acting_as(ANA.actor):
            giving.sign(request_id=sent.pk, given=given, proved=True, by=ANA.actor, now=morning)
        advancing.advance(system_actor(ANA.house.id), sent.pk)
    _sent(fees, "As we talked about on the telephone.", now - timedelta(days=2), is_ordered=False)


def _sent(document: ClientDocument, message: str, at: datetime, *, is_ordered: bool) -> SignatureRequest:
    signers = [Asked(document.client_id, "Client"), Asked(ANA.id, "Clinician")]
    about: dict[str, Any] = {"document_id": document.pk, "message": message, "days": 14, "is_ordered": is_ordered}
    with acting_as(ANA.actor), clock.frozen(at):
        return actions.request_signatures(request_id=uuid4(), signers=signers, by=ANA.actor, now=at, **about)


def _name(document: ClientDocument) -> str:
    with acting_as(ANA.actor):
        return Client.objects.get(pk=document.client_id).chosen_name
