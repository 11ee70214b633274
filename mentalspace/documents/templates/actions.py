"""What is done with templates: administrators write them, who adds documents to a chart makes documents of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.documents.filing import RESOURCE as DOCUMENT
from mentalspace.documents.filing import keep_in_chart
from mentalspace.documents.models import BUCKET, ClientDocument
from mentalspace.documents.templates import queries
from mentalspace.documents.templates.errors import TemplateChangedElsewhere, TemplateChangedSince
from mentalspace.documents.templates.filling import checked
from mentalspace.documents.templates.models import DocumentTemplate
from mentalspace.documents.templates.pdf import document_pdf
from mentalspace.people.abilities import can
from mentalspace.practices.models import Practice
from mentalspace.storage.inspection import Checked
from mentalspace.storage.keeping import examine
from mentalspace.storage.models import Bucket

RESOURCE = "document_template"
MADE = "From Template"
"""How the document came, beside "User Upload"."""


@records("template.added", "{actor} added a document template", resource_type=RESOURCE)
def add_template(*, title: str, category: str, body: str, by: Actor) -> DocumentTemplate:
    """A text that documents can be made of."""
    if not can(by.audience, "keep_templates"):
        raise NotAllowed
    said = {"title": title, "category": category, "body": checked(body)}
    _check_title(title)
    of = {"practice_id": by.practice, "created_by_id": by.person, "updated_by_id": by.person}
    template = DocumentTemplate(**of, **said)
    template.save(force_insert=True)
    return template


@records("template.changed", "{actor} changed a document template", resource_type=RESOURCE)
def change_template(
    *, template_id: UUID, version: int, title: str, category: str, body: str, by: Actor
) -> DocumentTemplate:
    """Its next version. Documents that were made of earlier ones keep their words."""
    template = _locked(template_id)
    if template.version != version:
        raise TemplateChangedElsewhere(data={"version": template.version})
    said = {"title": title, "category": category, "body": checked(body)}
    _check_title(title, template_id)
    return template.write(**said, updated_by_id=by.person, **template.next_version(clock.now()))


@records("template.archived", "{actor} archived a document template", resource_type=RESOURCE)
def archive_template(*, template_id: UUID) -> DocumentTemplate:
    """No longer offered; it can be restored."""
    return _locked(template_id).write(is_active=False)


@records("template.restored", "{actor} restored a document template", resource_type=RESOURCE)
def restore_template(*, template_id: UUID) -> DocumentTemplate:
    return _locked(template_id).write(is_active=True)


@records("document.made", "{actor} made a document from a template", resource_type=DOCUMENT)
def make_document(
    *,
    document_id: UUID,
    client_id: UUID,
    template_id: UUID,
    template_version: int,
    title: str,
    answers: Mapping[str, str],
    by: Actor,
) -> ClientDocument:
    """Fill a template for a client and keep it in the chart as a PDF, by the way of every other file.

    Refused when a question has no answer, or when the template is no longer the text that was looked at.
    """
    if not can(by.audience, "add_documents"):
        raise NotAllowed
    template, filled = queries.filled_for(client_id, template_id, answers)
    if template.version != template_version:
        raise TemplateChangedSince(data={"version": template.version})
    filled.require()
    practice = Practice.objects.get(pk=by.practice)
    file = _file(title, document_pdf(title, filled, practice, at=clock.now()))
    said: dict[str, Any] = {"id": document_id, "title": title, "category": template.category, "uploaded_method": MADE}
    return keep_in_chart(client_id, file, by, template=template, template_version=template.version, **said)


def _file(title: str, content: bytes) -> Checked:
    name = f"{title.replace('/', '-').replace(chr(92), '-')}.pdf"
    return examine(Bucket.objects.get(pk=BUCKET), content, name=name, size=len(content))


def _check_title(title: str, template_id: UUID | None = None) -> None:
    namesakes = DocumentTemplate.objects.filter(title=title)
    if template_id is not None:
        namesakes = namesakes.exclude(pk=template_id)
    if namesakes.exists():
        raise BadInput(fields={"title": ["There is a template of this name already, perhaps an archived one."]})


def _locked(template_id: UUID) -> DocumentTemplate:
    """404 when there is none here, 403 for whoever only reads."""
    DocumentTemplate.objects.visible(template_id)
    return DocumentTemplate.objects.for_change(template_id)
