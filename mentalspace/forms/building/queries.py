"""Reads of form templates. Nothing in them is about a client."""

from typing import Any
from uuid import UUID

from mentalspace.core.paging import page
from mentalspace.forms.models import FormTemplate, Stage
from mentalspace.forms.spec import FormDefinition

KEYS = ("title", "-number", "id")
AS_IT_IS = ("id", "family", "number", "title", "description", "category", "status", "version", "updated_at")


def listed(*, status: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of versions by title: those of one stage, or drafts and what is published together."""
    rows = FormTemplate.objects.filter(status=status) if status else FormTemplate.objects.exclude(status=Stage.RETIRED)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    return [_shown(row) for row in found], following


def whole(template_id: UUID) -> dict[str, Any]:
    """The `FormTemplateOut` of a version. 404 when there is none in this practice."""
    row = FormTemplate.objects.visible(template_id)
    return _shown(row) | {"definition": FormDefinition.model_validate(row.definition)}


def _shown(row: FormTemplate) -> dict[str, Any]:
    fields = row.definition.get("fields", [])
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "published_at": row.published_at,
        "questions": sum(field["kind"] != "heading" for field in fields),
    }
