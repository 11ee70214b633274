"""The practice's forms over HTTP: the builder, and what can be given out."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.core.api import REFUSALS
from mentalspace.forms.building import actions, queries
from mentalspace.forms.building.schemas import (
    FormTemplateChange,
    FormTemplateFilter,
    FormTemplateIn,
    FormTemplateOut,
    FormTemplatePage,
    PublicationIn,
)
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["form templates"])

ONE = "/form-templates/{form_template_id}"


@router.get("/form-templates", response={200: FormTemplatePage, **REFUSALS}, operation_id="list_form_templates")
def list_form_templates(request: StaffRequest, filters: Query[FormTemplateFilter]) -> dict[str, Any]:
    """The practice's forms by title."""
    items, following = queries.listed(**filters.dict())
    return {"items": items, "next": following}


@router.post("/form-templates", response={201: FormTemplateOut, **REFUSALS}, operation_id="add_form_template")
def add_form_template(request: StaffRequest, data: FormTemplateIn) -> Status[dict[str, Any]]:
    """Begin a form, as a draft."""
    said = data.dict(exclude={"definition"})
    return Status(201, queries.whole(actions.add_template(by=request.actor, definition=data.definition, **said).pk))


@router.get(ONE, response={200: FormTemplateOut, **REFUSALS}, operation_id="get_form_template")
def get_form_template(request: StaffRequest, form_template_id: UUID) -> dict[str, Any]:
    return queries.whole(form_template_id)


@router.put(ONE, response={200: FormTemplateOut, **REFUSALS}, operation_id="change_form_template")
def change_form_template(request: StaffRequest, form_template_id: UUID, data: FormTemplateChange) -> dict[str, Any]:
    """Save a draft. A published version does not change."""
    said = data.dict(exclude={"definition"})
    return queries.whole(actions.change_template(template_id=form_template_id, definition=data.definition, **said).pk)


@router.post(f"{ONE}/publication", response={200: FormTemplateOut, **REFUSALS}, operation_id="publish_form_template")
def publish_form_template(request: StaffRequest, form_template_id: UUID, data: PublicationIn) -> dict[str, Any]:
    """Freeze a draft, and give it out from now on."""
    row = actions.publish_template(template_id=form_template_id, version=data.version, by=request.actor)
    return queries.whole(row.pk)


@router.put(f"{ONE}/retirement", response={200: FormTemplateOut, **REFUSALS}, operation_id="retire_form_template")
def retire_form_template(request: StaffRequest, form_template_id: UUID) -> dict[str, Any]:
    return queries.whole(actions.retire_template(template_id=form_template_id).pk)


@router.post(f"{ONE}/next", response={200: FormTemplateOut, **REFUSALS}, operation_id="begin_next_form_template")
def begin_next_form_template(request: StaffRequest, form_template_id: UUID) -> dict[str, Any]:
    """The draft of the next version of this form, begun if there is none."""
    return queries.whole(actions.begin_next_template(template_id=form_template_id, by=request.actor).pk)
