"""A request going on, as the practice's system: the next one is asked, it ends, the signed copy is made.

Each step looks at how things stand and may be repeated; what is left behind by a worker that died is caught up with.
"""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.documents.filing import keep_in_chart
from mentalspace.documents.models import BUCKET, ClientDocument
from mentalspace.documents.signing import mails, rules
from mentalspace.documents.signing.evidence import evidence_pdf
from mentalspace.documents.signing.messages import COPY, DECLINED, ENDED, NO_COPY, SIGNED
from mentalspace.documents.signing.models import PlaceState, RequestStatus, SignatureRequest, SignatureRequestSigner
from mentalspace.documents.signing.policies import UNDECIDED
from mentalspace.documents.signing.turns import RESOURCE, take_turn, tell_asked, tell_signed, tell_unreached, write_to
from mentalspace.notify.bell import ring
from mentalspace.practices.models import Practice
from mentalspace.storage.errors import InQuarantine
from mentalspace.storage.inspection import Checked
from mentalspace.storage.joining import joined
from mentalspace.storage.keeping import content_of, examine, scanned
from mentalspace.storage.models import Bucket

SAME = ("title", "category", "tags", "template_id", "template_version")
METHOD = "Signed"
"""How the signed copy came, beside "User Upload"."""

logger = logging.getLogger(__name__)


def advance(actor: Actor, request_id: UUID) -> None:
    """Take a request as far as it goes now. Raises what keeps the signed copy from being made: then it is later."""
    with acting_as(actor), transaction.atomic():
        take_turn(request_id)
        request = SignatureRequest.objects.select_related("created_by").filter(pk=request_id).first()
        if request is None:
            return
        if request.status == RequestStatus.OPEN:
            _step(request)
        elif request.status != RequestStatus.SIGNED and _close_places(request):
            tell_signed(request)
    if request.status == RequestStatus.SIGNED and request.sealed_id is None and _copy_is_due(request):
        try:
            file = _made(actor, request)
            with acting_as(actor), transaction.atomic():
                seal(request_id=request_id, file=file, by=actor)
        except Exception:  # whatever it is, it is counted
            with acting_as(actor), transaction.atomic():
                _count_try(request_id)
            raise


def _copy_is_due(request: SignatureRequest) -> bool:
    if request.copy_given_up_at or request.closed_at is None:
        return False
    since = request.copy_retried_at or request.closed_at
    return rules.copy_due(since, request.copy_tries) <= clock.now()


def _count_try(request_id: UUID) -> None:
    """The copy could not be made. After the last try whoever sent it is told: from then on it waits for people."""
    take_turn(request_id)
    request = SignatureRequest.objects.for_change(request_id)
    if request.sealed_id or request.copy_given_up_at:
        return
    tries = request.copy_tries + 1
    is_over = tries >= rules.MOST_TRIES
    request.write(copy_tries=tries, copy_given_up_at=clock.now() if is_over else None)
    if is_over:
        told = [request.created_by_id]
        ring(kind=NO_COPY, recipients=told, about=request.document_id, client=request.client_id)


def catch_up(actor: Actor) -> None:
    """Whatever should have gone on: expired, withdrawn or answered and not gone on from, signed and without a copy.

    One that cannot go on holds up no other. Raises an ExceptionGroup at the end of what was not foreseen.
    """
    failures: list[Exception] = []
    for request_id in _left_behind(actor):
        try:
            advance(actor, request_id)
        except Refusal as why:  # the file or what looks at it is away; it is tried again
            logger.error("signature request %s does not go on: %s", request_id, why.code)
        except Exception as failure:  # whatever it is, it is this request's alone
            failures.append(failure)
    if failures:
        raise ExceptionGroup("some requests for signatures did not go on", failures)


def _left_behind(actor: Actor) -> list[UUID]:
    places = SignatureRequestSigner.objects.filter(request=OuterRef("pk"))
    asked, undecided, declined = (
        Exists(places.filter(state__in=states)) for states in ([PlaceState.ASKED], UNDECIDED, [PlaceState.DECLINED])
    )
    stands_still = Q(status="open") & (Q(expires_at__lte=clock.now()) | ~Q(asked) | Q(declined))
    has_no_copy = Q(status="signed", sealed__isnull=True, copy_given_up_at__isnull=True)
    unfinished = has_no_copy | Q(status="withdrawn") & Q(undecided)
    with acting_as(actor), transaction.atomic():
        rows = SignatureRequest.objects.filter(stands_still | unfinished).order_by("created_at", "id")
        return list(rows.values_list("pk", flat=True))


def _step(request: SignatureRequest) -> None:
    places = list(request.places.all())
    states = {place.state for place in places}
    if PlaceState.DECLINED in states:
        _end(request, RequestStatus.DECLINED, DECLINED)
    elif states == {PlaceState.SIGNED}:
        request.write(status=RequestStatus.SIGNED, closed_at=clock.now())
    elif request.expires_at <= clock.now():
        _end(request, RequestStatus.EXPIRED, ENDED)
    elif PlaceState.ASKED not in states:
        following = next(place for place in places if place.state == PlaceState.WAITING)
        following.write(state=PlaceState.ASKED, asked_at=clock.now())
        tell_asked(request, [following])
        tell_unreached(request, following)


def _end(request: SignatureRequest, status: RequestStatus, told: str) -> None:
    request.write(status=status, closed_at=clock.now())
    _close_places(request)
    ring(kind=told, recipients=[request.created_by_id], about=request.document_id, client=request.client_id)
    tell_signed(request, but=[request.created_by_id])


def _close_places(request: SignatureRequest) -> int:
    """How many were still to be answered: none when this was done before."""
    return int(request.places.filter(state__in=UNDECIDED).update(state=PlaceState.CLOSED))


def _made(actor: Actor, request: SignatureRequest) -> Checked:
    """The document and the page about its signatures as one file. It takes seconds, so no row is locked meanwhile.

    Nothing of it can change any more: the same signatures make the same page.
    """
    with acting_as(actor), transaction.atomic():
        document = ClientDocument.objects.select_related("object").get(pk=request.document_id)
        places = list(request.places.all())
        addresses = mails.sent_to(places)
        practice, bucket = Practice.objects.get(pk=request.practice_id), Bucket.objects.get(pk=BUCKET)
    content = joined(content_of(document.object), evidence_pdf(request, places, document, practice, addresses))
    name = f"{document.file_name.removesuffix('.pdf')}, signed.pdf"
    file = examine(bucket, content, name=name, size=len(content))
    if scanned(file).finding:  # of a file that was clean when it came: it takes nobody's place
        raise InQuarantine
    return file


@records("signature.sealed", "{actor} kept the signed copy of a document", resource_type=RESOURCE)
def seal(*, request_id: UUID, file: Checked, by: Actor) -> SignatureRequest:
    """Keep the signed file as the document's last version, once, and tell everybody."""
    take_turn(request_id)
    request = SignatureRequest.objects.for_change(request_id)
    if request.sealed_id is not None:
        return request
    signed = _kept(request, file, by)
    request.write(sealed_id=signed.pk)
    places = list(request.places.all())
    told = {request.created_by_id, *(place.person_id for place in places if place.person_id)}
    ring(kind=SIGNED, recipients=told, about=signed.pk, client=request.client_id)
    for place in places:
        write_to(place, COPY, until=rules.copy_until(signed.created_at))
    return request


def _kept(request: SignatureRequest, file: Checked, by: Actor) -> ClientDocument:
    """In the chart, by the way of every file; it takes the place of what was signed."""
    document = ClientDocument.objects.for_change(request.document_id)
    document.write(latest_version=False, updated_at=clock.now())
    same: dict[str, Any] = {field: getattr(document, field) for field in SAME}
    same |= {"signed_at": request.closed_at, "uploaded_method": METHOD}
    return keep_in_chart(document.client_id, file, by, before=document, **same)
