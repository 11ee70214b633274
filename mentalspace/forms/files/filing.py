"""What is asked of the files of a form while it is filled, and how they go into the chart when it is accepted."""

from typing import Any

from django.db.models import Sum

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record
from mentalspace.core.errors import BadInput
from mentalspace.documents.filing import keep_in_chart
from mentalspace.forms.errors import FormNotOpen, TooManyFiles
from mentalspace.forms.files import rules
from mentalspace.forms.models import FILLABLE, FormAssignment, FormResponse
from mentalspace.forms.spec import FormDefinition
from mentalspace.storage.inspection import Checked
from mentalspace.storage.keeping import content_of
from mentalspace.storage.models import State

METHOD = "Form"
"""How the document came, beside "User Upload"."""

NO_QUESTION = "This form does not ask for a file there."
GONE = "This file is no longer there. Add it again."


def check_room(form: FormAssignment, field: str, size: int = 0, *, is_by_link: bool = False) -> None:
    """Raises what would keep a file of this size from this question; asked before it is looked at, and again after.
    What came by links and what the staff brought is bounded by itself: nobody uses up the other's room."""
    if form.status not in FILLABLE:
        raise FormNotOpen(data={"status": form.status})
    definition = FormDefinition.model_validate(form.template.definition)
    if not any(each.key == field and each.kind == "file" for each in definition.fields):
        raise BadInput(fields={"field": [NO_QUESTION]})
    brought = form.files.filter(link__isnull=not is_by_link)
    held = brought.filter(removed_at__isnull=True).aggregate(bytes=Sum("file_size_bytes"))["bytes"] or 0
    if brought.count() >= rules.MOST_FILES or held + size > rules.MOST_BYTES:
        raise TooManyFiles


def check_named(form: FormAssignment, definition: FormDefinition, answers: dict[str, Any]) -> None:
    """Raises BadInput unless every file in the answers is one of this form's, of that question, and to be had."""
    if not rules.named(definition, answers):
        return
    rows = form.files.filter(removed_at__isnull=True, object__state=State.KEPT)
    there = {(field, str(pk)) for field, pk in rows.values_list("field", "pk")}
    if wrong := list(rules.strangers(definition, answers, there)):
        raise BadInput(fields={key: [GONE] for key in wrong})


def file_in_chart(form: FormAssignment, response: FormResponse, by: Actor) -> None:
    """Each file of what is accepted becomes a document of the chart, by the way of every upload: looked at for malware
    again, and told to whom it concerns. Raises ScannerAway or StorageAway, and then nothing is accepted."""
    definition = FormDefinition.model_validate(form.template.definition)
    labels = {field.key: field.label for field in definition.fields}
    for key, ids in rules.named(definition, response.answers).items():
        rows = form.files.filter(pk__in=ids, document__isnull=True).select_related("object").order_by("created_at")
        for row in rows.select_for_update(of=("self",)):
            content = Checked(content_of(row.object), row.mime_type, row.file_name)
            said: dict[str, Any] = {
                "title": labels[key][:200],
                "category": rules.CATEGORIES[form.category],
                "uploaded_method": METHOD,
            }
            row.write(document=keep_in_chart(form.client_id, content, by, **said))
            about: dict[str, Any] = {"resource": row.document_id, "clients": [form.client_id]}
            record("document.added", "{actor} accepted a form with a file", resource_type="client_document", **about)
