"""Templates over HTTP: written, looked at, filled for a client, made into documents."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS, Problem, constraint_of
from mentalspace.documents import queries as documents
from mentalspace.documents.schemas import DocumentVersions
from mentalspace.documents.templates import actions, queries
from mentalspace.documents.templates.filling import checked, with_examples
from mentalspace.documents.templates.schemas import (
    FilledOut,
    FillIn,
    MakeIn,
    TemplateChange,
    TemplateFilter,
    TemplateIn,
    TemplateOut,
    TemplatePage,
    TemplateText,
    TextOut,
)
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["document templates"])

ALL = "/document-templates"
ONE = f"{ALL}/{{template_id}}"
OF_CLIENT = "/clients/{client_id}/documents/from-template"


@router.get(ALL, response={200: TemplatePage, **REFUSALS}, operation_id="list_document_templates")
def list_document_templates(request: StaffRequest, filters: Query[TemplateFilter]) -> dict[str, Any]:
    """The practice's templates by title, without their texts."""
    items, following = queries.listed(**filters.dict())
    return {"items": items, "next": following}


@router.post(ALL, response={201: TemplateOut, **REFUSALS}, operation_id="add_document_template")
def add_document_template(request: StaffRequest, data: TemplateIn) -> Status[dict[str, Any]]:
    """Write a template. What its text cannot mean is refused, with the line."""
    return Status(201, queries.whole(actions.add_template(by=request.actor, **data.dict()).pk))


@router.post(f"{ALL}/preview", response={200: TextOut, **REFUSALS}, operation_id="preview_document_template")
def preview_document_template(request: StaffRequest, data: TemplateText) -> dict[str, Any]:
    """A text with example values, as it would be printed."""
    return {"blocks": with_examples(checked(data.body)).runs()}


@router.get(ONE, response={200: TemplateOut, **REFUSALS}, operation_id="get_document_template")
def get_document_template(request: StaffRequest, template_id: UUID) -> dict[str, Any]:
    return queries.whole(template_id)


@router.put(ONE, response={200: TemplateOut, **REFUSALS}, operation_id="change_document_template")
def change_document_template(request: StaffRequest, template_id: UUID, data: TemplateChange) -> dict[str, Any]:
    """Write its next version. Documents that were made of it keep their words."""
    return queries.whole(actions.change_template(template_id=template_id, by=request.actor, **data.dict()).pk)


@router.put(f"{ONE}/archive", response={200: TemplateOut, **REFUSALS}, operation_id="archive_document_template")
def archive_document_template(request: StaffRequest, template_id: UUID) -> dict[str, Any]:
    return queries.whole(actions.archive_template(template_id=template_id).pk)


@router.delete(f"{ONE}/archive", response={200: TemplateOut, **REFUSALS}, operation_id="restore_document_template")
def restore_document_template(request: StaffRequest, template_id: UUID) -> dict[str, Any]:
    return queries.whole(actions.restore_template(template_id=template_id).pk)


@router.post(f"{OF_CLIENT}/preview", response={200: FilledOut, **REFUSALS}, operation_id="fill_document_template")
def fill_document_template(request: StaffRequest, client_id: UUID, data: FillIn) -> dict[str, Any]:
    """A template filled for a client, with what has still to be said. Nothing is kept."""
    template, filled = queries.filled_for(client_id, data.template_id, data.answers)
    saw("document_template", clients=[client_id], resource=template.pk, what="filled a document template")
    shown = {"title": template.title, "category": template.category, "template_version": template.version}
    return {**shown, "questions": filled.questions, "blocks": filled.runs()}


@router.post(
    OF_CLIENT, response={201: DocumentVersions, **REFUSALS, 503: Problem}, operation_id="make_document_from_template"
)
def make_document_from_template(request: StaffRequest, client_id: UUID, data: MakeIn) -> Status[dict[str, Any]]:
    """Keep it in the chart as a PDF. The same id sent again is the document that is there."""
    if not documents.is_there(client_id, data.id):
        _make_once(request, client_id, data)
    document = documents.opened(data.id)
    saw("document", clients=[client_id], resource=document.pk, what="looked at what is said of a document")
    return Status(201, documents.whole(document))


def _make_once(request: StaffRequest, client_id: UUID, data: MakeIn) -> None:
    """Of two at the same moment the second finds what the first has made."""
    said = data.dict(exclude={"id"})
    try:
        with transaction.atomic():
            actions.make_document(document_id=data.id, client_id=client_id, by=request.actor, **said)
    except IntegrityError as error:
        if constraint_of(error) != "client_documents_pkey" or not documents.is_there(client_id, data.id):
            raise
