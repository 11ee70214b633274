"""Files of forms over HTTP, for the staff."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS, Problem
from mentalspace.documents.files import CONTENT, arriving, link_to
from mentalspace.documents.schemas import ContentQuery, LinkIn, LinkOut
from mentalspace.forms.files import actions, queries
from mentalspace.forms.files.filing import check_room
from mentalspace.forms.files.models import BUCKET, FormFile
from mentalspace.forms.files.schemas import FormFileIn, FormFileOut
from mentalspace.forms.models import FormAssignment
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage.links import follow, is_first_following
from mentalspace.storage.serving import served

router = Router(tags=["forms"])

MANY = "/forms/{form_id}/files"
ONE = f"{MANY}/{{form_file_id}}"


@router.post(MANY, response={201: FormFileOut, **REFUSALS, 503: Problem}, operation_id="add_form_file")
def add_form_file(
    request: StaffRequest, form_id: UUID, data: Form[FormFileIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    """Bring a file to a question, to be named in its answer. Its content is judged; what could act is refused."""
    check_room(FormAssignment.objects.visible(form_id), data.field)
    with arriving(BUCKET, file, data.upload) as came:
        if came.result is None:
            came.result = actions.add_file(form_id=form_id, field=data.field, file=came.file, by=request.actor).pk
    return Status(201, queries.shown(_seen(form_id, came.result)))


@router.post(f"{ONE}/link", response={200: LinkOut, **REFUSALS}, operation_id="link_form_file")
def link_form_file(request: StaffRequest, form_id: UUID, form_file_id: UUID, data: LinkIn) -> dict[str, Any]:
    """An address of the file, good for a minute, for this person in this session."""
    row = queries.one(form_id, form_file_id)
    query, until = link_to(request, row.object_id, is_shown=data.show).query()
    return {"url": f"/api/forms/{form_id}/files/{form_file_id}/content?{query}", "expires_at": until}


@router.get(f"{ONE}/content", response={**REFUSALS, 503: Problem}, operation_id="read_form_file", openapi_extra=CONTENT)
def read_form_file(
    request: StaffRequest, form_id: UUID, form_file_id: UUID, query: Query[ContentQuery]
) -> HttpResponse:
    """The file, by a link. Whether one may see it is asked again; a `Range` gives a part of it."""
    row = queries.one(form_id, form_file_id)
    link = link_to(request, row.object_id, is_shown=query.show)
    link.check(expires=query.expires, signature=query.signature)
    if is_first_following(request.session, query.signature):
        saw("form", clients=[row.client_id], resource=form_id, what="opened a file of a form")
        request.afterwards.append(partial(follow, request.session, query.signature))
    return served(request, row.object, file_name=row.file_name, is_shown=query.show)


def _seen(form_id: UUID, file_id: UUID) -> FormFile:
    row = queries.one(form_id, file_id)
    saw("form", clients=[row.client_id], resource=form_id, what="looked at what is said of a file of a form")
    return row
