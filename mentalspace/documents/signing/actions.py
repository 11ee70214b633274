"""What staff do about signatures: ask for them, withdraw, ask again. Giving one is in `giving`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.documents.errors import NotActive
from mentalspace.documents.models import BUCKET, ClientDocument, Status
from mentalspace.documents.signing import queries, rules
from mentalspace.documents.signing.asking import Asked, Signer, signers_of
from mentalspace.documents.signing.errors import (
    AlreadySigned,
    NobodyToRemind,
    NoCopyToMake,
    NoCopyToSend,
    NotToBeSigned,
    OutForSignature,
    RequestOver,
)
from mentalspace.documents.signing.jobs import advance
from mentalspace.documents.signing.mails import address_now
from mentalspace.documents.signing.messages import COPY
from mentalspace.documents.signing.models import PlaceState, RequestStatus, SignatureRequest, SignatureRequestSigner
from mentalspace.documents.signing.policies import UNDECIDED
from mentalspace.documents.signing.turns import RESOURCE, take_turn, tell_asked, write_to
from mentalspace.people import limits
from mentalspace.storage.inspection.naming import PDF
from mentalspace.storage.models import Bucket, State

ROOM = 1024 * 1024
"""Bytes that the page about the signatures may add to a file."""


@records("signature.requested", "{actor} sent a document for signature", resource_type=RESOURCE)
def request_signatures(
    *,
    request_id: UUID,
    document_id: UUID,
    signers: Sequence[Asked],
    is_ordered: bool,
    message: str,
    days: int,
    by: Actor,
    now: datetime,
) -> SignatureRequest:
    """Ask these people to sign a document, one after the other or all at once. Nobody replaces it meanwhile.

    Sent twice under the same id it is one request.
    """
    document = ClientDocument.objects.for_change(document_id)
    made = SignatureRequest.objects.filter(pk=request_id, document=document, created_by_id=by.person).first()
    if made is not None:
        return made
    _check(document)
    request = SignatureRequest(
        id=request_id,
        practice_id=by.practice,
        client_id=document.client_id,
        document=document,
        document_sha256=document.object.sha256,
        is_ordered=is_ordered,
        message=message,
        expires_at=now + timedelta(days=days),
        created_by_id=by.person,
        created_at=now,
    )
    asked = signers_of(document.client_id, signers, now.date())
    request.save(force_insert=True)
    places = [_place(request, number, one, now) for number, one in enumerate(asked, 1)]
    SignatureRequestSigner.objects.bulk_create(places)
    tell_asked(request, [place for place in places if place.state == PlaceState.ASKED])
    return request


@records("signature.withdrawn", "{actor} withdrew a request for signatures", resource_type=RESOURCE)
def withdraw(*, request_id: UUID, now: datetime) -> SignatureRequest:
    """End a request that not everybody has answered yet."""
    take_turn(request_id)
    request = SignatureRequest.objects.for_change(request_id)
    if request.status != RequestStatus.OPEN or not request.places.filter(state__in=UNDECIDED).exists():
        raise RequestOver("This request has ended already.")
    request.write(status=RequestStatus.WITHDRAWN, closed_at=now)
    advance.defer(practice=str(request.practice_id), request=str(request.pk))
    return request


@records("signature.reminded", "{actor} reminded those who have not signed yet", resource_type=RESOURCE)
def remind(*, request_id: UUID, by: Actor, now: datetime) -> SignatureRequest:
    """Tell those again who are asked and have not signed, at the address in the chart now; so often in an hour.

    Raises NobodyToRemind when there is no address for any of them.
    """
    limits.check("remind_signers", user=by.person)
    request = SignatureRequest.objects.for_change(request_id)
    if request.is_over(now):
        raise RequestOver("This request has ended already.")
    asked = request.places.filter(state=PlaceState.ASKED).select_related("client", "guardian")
    if not any(place.person_id or address_now(place) for place in asked):
        raise NobodyToRemind
    tell_asked(request, asked)
    return request


@records("signature.copy_sent", "{actor} had the link to a signed copy sent again", resource_type=RESOURCE)
def send_copy(*, request_id: UUID, by: Actor, now: datetime) -> SignatureRequest:
    """Send the signed copy again to everybody who signed by a link, at the address in the chart now.

    Raises NoCopyToSend where links give none (any more), and NobodyToRemind when there is no address for any of them.
    """
    limits.check("remind_signers", user=by.person)
    request = SignatureRequest.objects.for_change(request_id)
    if request.sealed is None or rules.copy_until(request.sealed.created_at) <= now:
        raise NoCopyToSend
    places = request.places.exclude(email="").select_related("client", "guardian")
    if not any(address_now(place) for place in places):
        raise NobodyToRemind("Nothing was sent: there is no e-mail address in the chart. Add one first.")
    for place in places:
        write_to(place, COPY, until=rules.copy_until(request.sealed.created_at))
    return request


@records("signature.copy_retried", "{actor} had a signed copy made once more", resource_type=RESOURCE)
def retry_copy(*, request_id: UUID, now: datetime) -> SignatureRequest:
    """Try to make the signed copy again, with all its tries before it. Raises NoCopyToMake unless it was given up, and
    NotActive for a document that was archived meanwhile: the copy would take its place."""
    take_turn(request_id)
    request = SignatureRequest.objects.for_change(request_id)
    if request.copy_given_up_at is None:
        raise NoCopyToMake
    if ClientDocument.objects.for_change(request.document_id).status != Status.ACTIVE:
        raise NotActive
    request.write(copy_tries=0, copy_given_up_at=None, copy_retried_at=now)
    advance.defer(practice=str(request.practice_id), request=str(request.pk))
    return request


def _check(document: ClientDocument) -> None:
    """Raises what keeps this document from being sent for signature."""
    if document.signed_at is not None:
        raise AlreadySigned
    is_active = document.latest_version and document.status == Status.ACTIVE
    if not is_active or document.mime_type != PDF or document.object.state != State.KEPT:
        raise NotToBeSigned
    if document.file_size_bytes + ROOM > Bucket.objects.get(pk=BUCKET).most_bytes:
        raise NotToBeSigned("This file is too large: there is no room in it for the page about the signatures.")
    if queries.is_out(document.pk):
        raise OutForSignature


def _place(request: SignatureRequest, number: int, one: Signer, now: datetime) -> SignatureRequestSigner:
    is_asked = number == 1 or not request.is_ordered
    return SignatureRequestSigner(
        practice_id=request.practice_id,
        request=request,
        client_id=request.client_id,
        position=number,
        role=one.role,
        person_id=one.person_id,
        guardian_id=one.guardian_id,
        name=one.name,
        email=one.email,
        state=PlaceState.ASKED if is_asked else PlaceState.WAITING,
        asked_at=now if is_asked else None,
    )
