"""Reads of templates, and of one filled for a client. Row-level security has decided which are there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.paging import page
from mentalspace.documents.templates.errors import TemplateNotActive
from mentalspace.documents.templates.filling import Filled, filled, known
from mentalspace.documents.templates.models import DocumentTemplate
from mentalspace.practices.models import Practice

KEYS = ("title", "id")
ROW = ("id", "title", "category", "is_active", "version", "updated_at")


def listed(*, q: str, archived: bool, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of templates in the order of titles, without their texts."""
    rows = _rows().filter(is_active=not archived).defer("body")
    for word in q.split():
        rows = rows.filter(title__icontains=word)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    return [_row(row) for row in found], following


def whole(template_id: UUID) -> dict[str, Any]:
    """The `TemplateOut` of a template. 404 when there is none in this practice."""
    template = _rows().visible(template_id)  # type: ignore[attr-defined]
    return {**_row(template), "body": template.body}


def filled_for(client_id: UUID, template_id: UUID, answers: Mapping[str, str]) -> tuple[DocumentTemplate, Filled]:
    """An active template with what a chart tells of its places. 404 for a hidden client."""
    client = Client.objects.select_related("primary_therapist").visible(client_id)
    template = DocumentTemplate.objects.visible(template_id)
    if not template.is_active:
        raise TemplateNotActive
    practice = Practice.objects.get(pk=template.practice_id)
    told = known(client, client.primary_therapist, practice, practice.day_at(clock.now()))
    return template, filled(template.body, told, answers)


def _rows() -> QuerySet[DocumentTemplate]:
    return DocumentTemplate.objects.select_related("updated_by")


def _row(row: DocumentTemplate) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in ROW}, "updated_by": row.updated_by.full_name}
