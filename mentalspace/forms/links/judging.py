"""How what comes by a link is judged, whichever page asks: whose link it is, who shows it, and whether it is good."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from pydantic import ValidationError

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.audit.trail import following
from mentalspace.clients.models import Client
from mentalspace.core.api import answer_of, problem, read_only
from mentalspace.core.errors import ReadOnly, Refusal
from mentalspace.forms.errors import LinkOver, ProofOver
from mentalspace.forms.links.models import FormLink, digest_of, practice_of
from mentalspace.forms.links.reach import reader_of
from mentalspace.people import closed
from mentalspace.people.network import trail_of
from mentalspace.practices.system import system_actor

S = TypeVar("S", bound=Schema)

OPERATION = "form_link"
PROOF_SECONDS = 8 * 60 * 60
UNKNOWN = "This link does not work. Open it from the message again, or copy it whole."


def answered(
    request: HttpRequest,
    token: str,
    shape: type[S],
    work: Callable[[Actor, S], dict[str, Any]],
    *,
    brings_file: bool = False,
) -> HttpResponse:
    """What came, judged and done as the practice's system; each refusal in the one shape. What brings a file is a form
    of parts, and answered with 201."""
    try:
        data = shape.model_validate(request.POST.dict()) if brings_file else shape.model_validate_json(request.body)
    except ValidationError:
        return problem(422, "malformed", "This cannot be read.")
    with acting_as(IDENTITY), transaction.atomic():
        practice = practice_of(token)
    if practice is None:
        return problem(404, "unknown_link", UNKNOWN)
    actor = system_actor(practice)
    try:
        with acting_as(actor), following(trail_of(request, "Whoever has the link")):
            closed.refuse_outside()
            answer: HttpResponse = JsonResponse(work(actor, data), status=201 if brings_file else 200)
    except ReadOnly as refusal:
        answer = read_only(refusal)
    except Refusal as refusal:
        answer = answer_of(refusal)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def proof_of(link: FormLink) -> str:
    """That somebody has just given the right date of birth for this link."""
    return _signer().sign(link.token_hash)


def prove(token: str, proof: str) -> None:
    """Raises ProofOver unless somebody gave the right date of birth for this link, not too long ago."""
    try:
        proved = _signer().unsign(proof, max_age=PROOF_SECONDS)
    except BadSignature:  # SignatureExpired among them
        raise ProofOver from None
    if proved != digest_of(token):
        raise ProofOver


def check(link: FormLink) -> None:
    """Raises LinkOver: also once its reader is of age, no guardian any more, or the client has died."""
    if reader_of(link, Client.objects.get(pk=link.client_id)) is None:
        raise LinkOver


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=OPERATION)
