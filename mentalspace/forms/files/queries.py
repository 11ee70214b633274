"""Reads of the files of forms, as their pages show them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mentalspace.documents.files import uploading
from mentalspace.forms.files.models import BUCKET, FormFile
from mentalspace.forms.models import FormAssignment
from mentalspace.forms.spec import FormDefinition
from mentalspace.storage.models import State
from mentalspace.storage.serving import SHOWN

AS_IT_IS = ("id", "field", "file_name", "mime_type", "file_size_bytes", "document_id")


def of_form(form: FormAssignment, definition: FormDefinition, answers: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What a form's page says of its files: those that any of these rounds names, and what may be added."""
    fields = [field.key for field in definition.fields if field.kind == "file"]
    if not fields:
        return {"files": [], "uploading": None}
    named = {each for round_ in answers for field in fields for each in round_.get(field) or []}
    rows = form.files.filter(pk__in=named).select_related("object").order_by("created_at", "id")
    return {"files": [shown(row) for row in rows], "uploading": uploading(BUCKET)}


def one(form_id: UUID, file_id: UUID) -> FormFile:
    """A file of a form that the person may see. 404 when there is none."""
    form = FormAssignment.objects.visible(form_id)
    return FormFile.objects.filter(assignment_id=form.pk).select_related("object").visible(file_id)


def shown(row: FormFile) -> dict[str, Any]:
    """The `FormFileOut` of a file."""
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "state": State.REMOVED if row.removed_at else row.object.state,
        "is_shown": row.mime_type in SHOWN,
    }
