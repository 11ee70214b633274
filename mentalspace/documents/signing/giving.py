"""Giving a signature or declining to: by staff where they are signed in, by clients and guardians through a link."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core.errors import BadInput
from mentalspace.documents.signing import asking, rules
from mentalspace.documents.signing.errors import (
    AlreadyAnswered,
    LeftTheChart,
    NoLongerEntitled,
    NotAsked,
    NotYourTurn,
    OtherDocument,
    RequestOver,
)
from mentalspace.documents.signing.jobs import advance
from mentalspace.documents.signing.models import (
    Method,
    PlaceState,
    SignatureRequest,
    SignatureRequestSigner,
)
from mentalspace.documents.signing.turns import RESOURCE, take_turn
from mentalspace.people.reauthentication import ReauthenticationRequired


@dataclass(frozen=True, slots=True)
class Given:
    """What a signer gave: their name as typed, what they drew, over which file, and from where."""

    name: str
    drawing: rules.Drawing | None
    document_sha256: str
    ip_address: str | None
    user_agent: str


@records("signature.given", "{actor} signed a document", resource_type=RESOURCE)
def sign(*, request_id: UUID, given: Given, proved: bool, by: Actor, now: datetime) -> SignatureRequest:
    """Sign at one's own place. `proved`: they have just proved again who they are."""
    place = _mine(request_id, by)
    _check_turn(place, now)
    _check_sees(place, by, now)
    _check_given(place, given, [place.name])
    if not proved:
        raise ReauthenticationRequired
    return _signed(place, given, now)


@records("signature.declined", "{actor} declined to sign a document", resource_type=RESOURCE)
def decline(*, request_id: UUID, reason: str, by: Actor, now: datetime) -> SignatureRequest:
    """Say no, and why. The request ends with it."""
    place = _mine(request_id, by)
    _check_turn(place, now)
    _check_sees(place, by, now)
    return _declined(place, reason, now)


@records("signature.given_by_link", "{actor} signed a document", resource_type=RESOURCE)
def sign_by_link(*, place_id: UUID, given: Given, now: datetime) -> SignatureRequest:
    """As the practice's system, for the client or guardian who has shown the link and named the date of birth."""
    place = _linked(place_id)
    _check_turn(place, now)
    _check_entitled(place, now)
    client = Client.objects.get(pk=place.client_id)
    also = [f"{client.first_name} {client.last_name}"] if place.guardian_id is None else []
    _check_given(place, given, [place.name, *also])
    return _signed(place, given, now)


@records("signature.declined_by_link", "{actor} declined to sign a document", resource_type=RESOURCE)
def decline_by_link(*, place_id: UUID, reason: str, now: datetime) -> SignatureRequest:
    place = _linked(place_id)
    _check_turn(place, now)
    return _declined(place, reason, now)


def _mine(request_id: UUID, by: Actor) -> SignatureRequestSigner:
    take_turn(request_id)
    request = SignatureRequest.objects.visible(request_id)
    place: SignatureRequestSigner | None = request.places.filter(person_id=by.person).select_related("request").first()
    if place is None:
        raise NotAsked
    return place


def _linked(place_id: UUID) -> SignatureRequestSigner:
    take_turn(SignatureRequestSigner.objects.values_list("request_id", flat=True).get(pk=place_id))
    return SignatureRequestSigner.objects.select_related("request").get(pk=place_id)


def _check_turn(place: SignatureRequestSigner, now: datetime) -> None:
    """Raises what keeps this place from being answered now. The turn is taken."""
    if place.state in (PlaceState.SIGNED, PlaceState.DECLINED):
        raise AlreadyAnswered
    if place.request.is_over(now) or place.request.places.filter(state=PlaceState.DECLINED).exists():
        raise RequestOver
    if place.state == PlaceState.WAITING:
        raise NotYourTurn
    if place.state != PlaceState.ASKED:
        raise RequestOver


def _check_sees(place: SignatureRequestSigner, by: Actor, now: datetime) -> None:
    """A colleague may have left the care team since; emergency access shows a chart, and signs nothing in it."""
    if not asking.staff(place.client_id, now.date()).filter(pk=by.person).exists():
        raise LeftTheChart


def _check_entitled(place: SignatureRequestSigner, now: datetime) -> None:
    """A guardian's authority may have ended since the link was sent."""
    if place.guardian_id is None:
        return
    if not asking.guardians(place.client_id, now.date()).filter(pk=place.guardian_id).exists():
        raise NoLongerEntitled


def _check_given(place: SignatureRequestSigner, given: Given, names: list[str]) -> None:
    if not rules.is_ones_name(given.name, names):
        raise BadInput(fields={"name": [f"Type your name as it stands here: {place.name}."]})
    if given.drawing is not None and (problem := rules.problem_with_drawing(given.drawing)):
        raise BadInput(fields={"drawing": [problem]})
    if given.document_sha256 != place.request.document_sha256:
        raise OtherDocument


def _signed(place: SignatureRequestSigner, given: Given, now: datetime) -> SignatureRequest:
    place.write(
        state=PlaceState.SIGNED,
        decided_at=now,
        method=Method.TYPED if given.drawing is None else Method.DRAWN,
        signed_name=given.name,
        drawing=given.drawing,
        consent_text=rules.AGREED,
        consent_version=rules.CONSENT_VERSION,
        document_sha256=given.document_sha256,
        ip_address=given.ip_address,
        user_agent=given.user_agent[:300],
    )
    return _go_on(place.request)


def _declined(place: SignatureRequestSigner, reason: str, now: datetime) -> SignatureRequest:
    place.write(state=PlaceState.DECLINED, decided_at=now, decline_reason=reason)
    return _go_on(place.request)


def _go_on(request: SignatureRequest) -> SignatureRequest:
    advance.defer(practice=str(request.practice_id), request=str(request.pk))
    return request
