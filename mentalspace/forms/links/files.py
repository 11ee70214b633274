"""Files by a link. `POST /f/<token>/files` brings one, as a form of parts; `/f/<token>/files/named` says what the
answers name. Both ask for the proof of the right date of birth, as saving does.

Whoever has a link has no session, so how many files and bytes a form takes is bounded (`files.rules`), and how many an
hour are looked at (`limits`): looking is the dear part.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.audit.trail import following
from mentalspace.core.api import answer_of, problem
from mentalspace.core.errors import Refusal
from mentalspace.documents.files import arriving
from mentalspace.forms.files import actions, queries
from mentalspace.forms.files.filing import check_room
from mentalspace.forms.files.models import BUCKET
from mentalspace.forms.files.schemas import FormFileOut, LinkFileIn, LinkFilesIn
from mentalspace.forms.links.models import FormLink, digest_of, practice_of
from mentalspace.forms.links.pages import UNKNOWN, _answered, _check, _prove
from mentalspace.forms.models import FormAssignment
from mentalspace.forms.spec import FormDefinition
from mentalspace.people import limits
from mentalspace.people.network import trail_of
from mentalspace.practices.system import system_actor

OPERATION = "form_link_file"


@require_POST
def named_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The files that the answers name, and what may be added."""
    return _answered(request, token, LinkFilesIn, lambda actor, data: _named(token, data.proof))


@require_POST
def add_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Bring a file to a question, to be named in its answer."""
    try:
        data = LinkFileIn.model_validate(request.POST.dict())
    except ValidationError:
        return problem(422, "malformed", "This cannot be read.")
    with acting_as(IDENTITY), transaction.atomic():
        practice = practice_of(token)
    if practice is None:
        return problem(404, "unknown_link", UNKNOWN)
    try:
        with acting_as(system_actor(practice)), following(trail_of(request, "Whoever has the link")):
            answer: HttpResponse = JsonResponse(_added(request, token, data, system_actor(practice)), status=201)
    except Refusal as refusal:
        answer = answer_of(refusal)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _named(token: str, proof: str) -> dict[str, Any]:
    _prove(token, proof)
    with transaction.atomic():
        form = _form(_good(token))
        definition = FormDefinition.model_validate(form.template.definition)
        found = queries.of_form(form, definition, [each.answers for each in form.responses.all()])
        return {**found, "files": [_plain(row) for row in found["files"]]}


def _added(request: HttpRequest, token: str, data: LinkFileIn, actor: Actor) -> dict[str, Any]:
    """Judged before the file is looked at, which no lock waits for, and once more with the form locked."""
    _prove(token, data.proof)
    with transaction.atomic():
        check_room(_form(_good(token)), data.field)
    with acting_as(IDENTITY), transaction.atomic():
        limits.check(OPERATION, email=digest_of(token))
    with transaction.atomic(), arriving(BUCKET, request.FILES.get("file"), None) as came:  # type: ignore[arg-type]
        link = _good(token)
        FormAssignment.objects.for_change(link.assignment_id)
        link.refresh_from_db()
        _check(link)
        said: dict[str, Any] = {"field": data.field, "file": came.file, "by": actor, "link": link}
        row = actions.add_file(form_id=link.assignment_id, **said)
        return _plain(queries.shown(row))


def _good(token: str) -> FormLink:
    link = FormLink.objects.get(token_hash=digest_of(token))
    _check(link)
    return link


def _form(link: FormLink) -> FormAssignment:
    return FormAssignment.objects.select_related("template").get(pk=link.assignment_id)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """As JSON. What became of it in the chart is not the reader's to know."""
    return FormFileOut.model_validate(row | {"document_id": None}).model_dump(mode="json")
