"""Files by a link. `POST /f/<token>/files` brings one, as a form of parts; `/f/<token>/files/named` says what the
answers name. Both ask for the proof of the right date of birth, as saving does.

Whoever has a link has no session, so how many files and bytes a form takes is bounded (`files.rules`), and how many an
hour are looked at (`limits`): looking is the dear part.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.documents.files import arriving
from mentalspace.forms.files import actions, queries
from mentalspace.forms.files.filing import check_room
from mentalspace.forms.files.models import BUCKET
from mentalspace.forms.files.schemas import FormFileOut, LinkFileIn, LinkFilesIn
from mentalspace.forms.links.judging import answered, check, prove
from mentalspace.forms.links.models import FormLink, digest_of
from mentalspace.forms.models import FormAssignment
from mentalspace.forms.spec import FormDefinition
from mentalspace.people import limits

OPERATION = "form_link_file"


@require_POST
def named_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The files that the answers name, and what may be added."""
    return answered(request, token, LinkFilesIn, lambda actor, data: _named(token, data.proof))


@require_POST
def add_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Bring a file to a question, to be named in its answer."""
    return answered(
        request, token, LinkFileIn, lambda actor, data: _added(request, token, data, actor), brings_file=True
    )


def _named(token: str, proof: str) -> dict[str, Any]:
    prove(token, proof)
    with transaction.atomic():
        form = _form(_good(token))
        definition = FormDefinition.model_validate(form.template.definition)
        found = queries.of_form(form, definition, [each.answers for each in form.responses.all()])
        return {**found, "files": [_plain(row) for row in found["files"]]}


def _added(request: HttpRequest, token: str, data: LinkFileIn, actor: Actor) -> dict[str, Any]:
    """Judged before the file is looked at, which no lock waits for, and once more with the form locked."""
    prove(token, data.proof)
    with transaction.atomic():
        check_room(_form(_good(token)), data.field, is_by_link=True)
    with acting_as(IDENTITY), transaction.atomic():
        limits.check(OPERATION, email=digest_of(token))
    with transaction.atomic(), arriving(BUCKET, request.FILES.get("file"), None) as came:  # type: ignore[arg-type]
        link = _good(token)
        FormAssignment.objects.for_change(link.assignment_id)
        link.refresh_from_db()
        check(link)
        said: dict[str, Any] = {"field": data.field, "file": came.file, "by": actor, "link": link}
        row = actions.add_file(form_id=link.assignment_id, **said)
        return _plain(queries.shown(row))


def _good(token: str) -> FormLink:
    link = FormLink.objects.get(token_hash=digest_of(token))
    check(link)
    return link


def _form(link: FormLink) -> FormAssignment:
    return FormAssignment.objects.select_related("template").get(pk=link.assignment_id)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """As JSON. What became of it in the chart is not the reader's to know."""
    return FormFileOut.model_validate(row | {"document_id": None}).model_dump(mode="json")
