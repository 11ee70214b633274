"""Consents out of forms: which a version asks for, and the records that an accepted form makes."""

from datetime import date

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.forms import answering
from mentalspace.forms.consents import rules
from mentalspace.forms.consents.models import ClientConsent, How
from mentalspace.forms.models import FormAssignment, FormResponse, FormTemplate, Stage
from mentalspace.forms.spec import FormDefinition, FormField
from mentalspace.practices.models import Practice


def asked_in(template: FormTemplate) -> list[FormField]:
    """The consents that this version asks for."""
    fields = FormDefinition.model_validate(template.definition).fields
    return [field for field in fields if field.kind == "consent" and field.consent]


def asked() -> list[tuple[FormTemplate, FormField]]:
    """What the practice asks for today, by published version."""
    published = FormTemplate.objects.filter(status=Stage.PUBLISHED).order_by("title", "id")
    return [(template, field) for template in published for field in asked_in(template)]


def make_consents(form: FormAssignment, response: FormResponse, by: Actor) -> None:
    """Each consent that was signed in a form becomes a record, from the day that stands beside the name, at the
    latest the day it was sent. In the transaction that accepts the form."""
    for field in asked_in(form.template):
        answer = response.answers.get(field.key)
        if answering.is_answered(field, answer):
            _make(form, response, field, answer, by)


def _make(form: FormAssignment, response: FormResponse, field: FormField, answer: dict[str, str], by: Actor) -> None:
    today = Practice.objects.get().day_at(response.submitted_at or clock.now())
    effective = min(date.fromisoformat(answer["date"]), today)
    consent = ClientConsent(
        practice_id=by.practice,
        client_id=form.client_id,
        kind=field.consent or "",
        title=field.label,
        words=field.help,
        template_id=form.template_id,
        form_id=form.pk,
        guardian_id=response.link.guardian_id if response.link else None,
        signer=answer["name"].strip(),
        how=How.FORM,
        effective=effective,
        expires=rules.last_day(effective, field.months),
        recorded_by_id=by.person,
    )
    consent.save(force_insert=True)
    about = {"resource": consent.pk, "clients": [form.client_id]}
    record("consent.recorded", "{actor} accepted a form with a consent", resource_type="client_consent", **about)  # type: ignore[arg-type]
