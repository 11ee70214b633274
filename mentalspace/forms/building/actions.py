"""What administrators do with the practice's forms. Each action is one transaction of the acting person's."""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.forms.errors import NotADraft, NothingAsked, TemplateChangedElsewhere
from mentalspace.forms.models import FormTemplate, Stage
from mentalspace.forms.policies import ADMINISTRATIVE
from mentalspace.forms.spec import FormDefinition, problems
from mentalspace.people.abilities import can

RESOURCE = "form_template"
NOT_THE_OFFICES = "Ask for consents in a form of the category Consent or Assessment: the front desk reviews the others."

NOT_THE_CHARTS = (
    "A form of the category Consent or Assessment asks for no files: they would become documents of the chart, which"
    " the front desk reads. Ask for them in a form of another category."
)


@records("form_template.added", "{actor} began a form", resource_type=RESOURCE)
def add_template(*, by: Actor, definition: FormDefinition, **said: str) -> FormTemplate:
    """A draft: `said` are title, description and category. Nobody can be given it before it is published."""
    if not can(by.audience, "keep_forms"):
        raise NotAllowed
    _check(definition, said["category"])
    template = FormTemplate(practice_id=by.practice, created_by_id=by.person, definition=definition.dict(), **said)
    template.family = template.pk
    template.save(force_insert=True)
    return template


@records("form_template.changed", "{actor} changed the draft of a form", resource_type=RESOURCE)
def change_template(*, template_id: UUID, version: int, definition: FormDefinition, **said: Any) -> FormTemplate:
    """Save a draft whole. Refused when somebody else saved it since it was opened."""
    template = _draft(template_id, version)
    _check(definition, said["category"])
    return template.write(definition=definition.dict(), **said, **template.next_version(clock.now()))


@records("form_template.published", "{actor} published a form", resource_type=RESOURCE)
def publish_template(*, template_id: UUID, version: int, by: Actor) -> FormTemplate:
    """From now on this version is the one that is given out, and it never changes. The one before it is retired; who
    was given that one goes on with it."""
    template, now = _draft(template_id, version), clock.now()
    definition = FormDefinition.model_validate(template.definition)
    _check(definition, template.category)
    if all(field.kind == "heading" for field in definition.fields):
        raise NothingAsked
    for before in FormTemplate.objects.select_for_update().filter(family=template.family, status=Stage.PUBLISHED):
        before.write(status=Stage.RETIRED, retired_at=now, **before.next_version(now))
    published = {"status": Stage.PUBLISHED, "published_at": now, "published_by_id": by.person}
    return template.write(**published, **template.next_version(now))


@records("form_template.retired", "{actor} retired a form", resource_type=RESOURCE)
def retire_template(*, template_id: UUID) -> FormTemplate:
    """Given to nobody any more, and a draft discarded. Who was given it goes on. Once more changes nothing."""
    template, now = _locked(template_id), clock.now()
    if template.status == Stage.RETIRED:
        return template
    return template.write(status=Stage.RETIRED, retired_at=now, **template.next_version(now))


@records("form_template.next_begun", "{actor} began the next version of a form", resource_type=RESOURCE)
def begin_next_template(*, template_id: UUID, by: Actor) -> FormTemplate:
    """A draft with the content of this version; the draft that there is already, if somebody has begun it."""
    before = _locked(template_id)
    family = FormTemplate.objects.select_for_update().filter(family=before.family)
    if draft := next((row for row in family if row.status == Stage.DRAFT), None):
        return draft
    said = {name: getattr(before, name) for name in ("title", "description", "category", "definition", "family")}
    template = FormTemplate(practice_id=by.practice, created_by_id=by.person, **said)
    template.number = max(row.number for row in family) + 1
    template.save(force_insert=True)
    return template


def _draft(template_id: UUID, version: int) -> FormTemplate:
    template = _locked(template_id)
    if template.status != Stage.DRAFT:
        raise NotADraft
    if template.version != version:
        raise TemplateChangedElsewhere(data={"version": template.version})
    return template


def _locked(template_id: UUID) -> FormTemplate:
    """404 when there is none here, 403 for whoever only reads."""
    FormTemplate.objects.visible(template_id)
    return FormTemplate.objects.for_change(template_id)


def _check(definition: FormDefinition, category: str) -> None:
    found = problems(definition)
    # The front desk reviews the administrative ones, and an accepted consent is a record of treatment.
    kind, sentence = ("consent", NOT_THE_OFFICES) if category in ADMINISTRATIVE else ("file", NOT_THE_CHARTS)
    found |= {field.key: [sentence] for field in definition.fields if field.kind == kind}
    if found:
        raise BadInput(fields=found)
