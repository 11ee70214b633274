"""What can be done with a client's forms. Each action is one transaction of the acting person's."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.forms import answering
from mentalspace.forms.consents.making import Giver, make_consents, wrong_dates
from mentalspace.forms.details.taking import take_over
from mentalspace.forms.errors import FormChangedElsewhere, FormNotOpen, FormNotReady, NotPublished, NotToReview
from mentalspace.forms.files.filing import check_named, file_in_chart
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.links.telling import tell_changes
from mentalspace.forms.messages import SUBMITTED
from mentalspace.forms.models import FILLABLE, FormAssignment, FormResponse, FormTemplate, Outcome, Stage, Status
from mentalspace.forms.policies import ADMINISTRATIVE
from mentalspace.forms.spec import FormDefinition
from mentalspace.notify.bell import ring
from mentalspace.notify.happenings import happened
from mentalspace.people.abilities import can

RESOURCE = "form"
COMPLETED = "Form Completed"
"""What notification rules call it."""


@records("form.assigned", "{actor} gave a client a form", resource_type=RESOURCE)
def assign_form(
    *, client_id: UUID, template_id: UUID, due_date: date | None, today: date, by: Actor, **said: Any
) -> FormAssignment:
    """A client is to fill this form; `said` are priority, instructions, and its place in a packet.

    Refused when it is not published.

    Those who write in the chart may give any form, the front desk those of an administrative kind: what is asked in
    consents and assessments is not the office's to know.
    """
    client = Client.objects.visible(client_id)
    template = FormTemplate.objects.visible(template_id)
    if not _may_give(by.audience, template.category):
        raise NotAllowed
    if template.status != Stage.PUBLISHED:
        raise NotPublished
    if due_date is not None and due_date < today:
        raise BadInput(fields={"due_date": ["This day has passed."]})
    of = {"practice_id": by.practice, "client_id": client.pk}
    what = {"template_id": template.pk, "category": template.category, "due_date": due_date}
    form = FormAssignment(assigned_by_id=by.person, **of, **what, **said)
    form.save(force_insert=True)
    FormResponse(assignment_id=form.pk, **of).save(force_insert=True)
    return form


@records("form.saved", "{actor} typed answers into a form", resource_type=RESOURCE)
def save_answers(
    *, form_id: UUID, version: int, answers: dict[str, Any], by: Actor, link: FormLink | None = None
) -> FormAssignment:
    """Keep what was entered so far; only what no question can be answered with is refused. Once more is no change."""
    form, response = _open(form_id)
    if response.answers != answers:
        _keep(form, response, version, answers, _typist(by, link))
    return form


@records("form.submitted", "{actor} sent a form in", resource_type=RESOURCE)
def submit_form(
    *, form_id: UUID, version: int, answers: dict[str, Any], by: Actor, link: FormLink | None = None
) -> FormAssignment:
    """The form is filled: kept as it was answered, without what was hidden, and waiting for a review.

    Whoever gave it is told, unless they fill it themselves.
    """
    form, response = _open(form_id)
    _keep(form, response, version, answers, _typist(by, link))
    definition, now = FormDefinition.model_validate(form.template.definition), clock.now()
    missing = answering.unready(definition, answers)
    if found := wrong_dates(form, answering.kept(definition, answers)) | missing:
        raise FormNotReady(fields=found)
    scores = [asdict(score) for score in answering.scores(definition, answers)]
    response.write(answers=answering.kept(definition, answers), scores=scores, submitted_at=now)
    form.write(status=Status.SUBMITTED, changed_at=now)
    about = {"about": form.pk, "client": form.client_id}
    ring(kind=SUBMITTED, recipients=[form.assigned_by_id], values={"form": form.template.title}, **about)
    happened(COMPLETED, response.pk)
    return form


@records("form.reviewed", "{actor} reviewed a form", resource_type=RESOURCE)
def review_form(
    *,
    form_id: UUID,
    number: int,
    outcome: str,
    note: str,
    by: Actor,
    today: date,
    signed_by: Giver | None = None,
    taken: Mapping[str, str] | None = None,
) -> FormAssignment:
    """Accept what was sent, ask for changes, or reject it. Asking and rejecting need words. Of what is accepted, each
    consent that was signed becomes a record of its own, given by `signed_by`, each file a document of the chart, and
    the details in `taken` are written into it; `taken` has, for each, what the chart said when it was decided.

    Asking for changes begins the next round with the answers there are, and whoever has a good link hears so; this one
    stays as it was sent.
    """
    form = FormAssignment.objects.for_change(form_id)
    response = form.responses.select_for_update().order_by("-round").first()
    if form.status != Status.SUBMITTED or response is None or response.round != number:
        raise NotToReview
    if outcome != Outcome.ACCEPTED and not note:
        raise BadInput(fields={"note": ["Say what is to be changed." if outcome == Outcome.RETURNED else "Say why."]})
    if outcome != Outcome.ACCEPTED and taken:
        raise BadInput(fields={"taken": ["Only what is accepted is taken over."]})
    now = clock.now()
    written = take_over(form, response, taken or {}, by=by, today=today)
    response.write(outcome=outcome, reviewed_by_id=by.person, reviewed_at=now, review_note=note, taken=written)
    if outcome == Outcome.ACCEPTED:
        make_consents(form, response, signed_by, by)
        file_in_chart(form, response, by)
    if outcome == Outcome.RETURNED:
        again = {"client_id": form.client_id, "round": number + 1, "answers": response.answers}
        FormResponse(practice_id=by.practice, assignment_id=form.pk, **again).save(force_insert=True)
    form.write(status=Status(outcome), changed_at=now)
    if outcome == Outcome.RETURNED:
        tell_changes(form)
    return form


@records("form.withdrawn", "{actor} took a form back", resource_type=RESOURCE)
def withdraw_form(*, form_id: UUID) -> FormAssignment:
    """Nobody is to fill it any more. What was entered stays. Once more changes nothing; what was sent is reviewed."""
    form = FormAssignment.objects.for_change(form_id)
    if form.status == Status.WITHDRAWN:
        return form
    if form.status not in FILLABLE:
        raise FormNotOpen
    return form.write(status=Status.WITHDRAWN, changed_at=clock.now())


def _may_give(audience: str, category: str) -> bool:
    """Mirrors the sentences on `FormAssignment`."""
    return can(audience, "assign_forms") and (category in ADMINISTRATIVE or can(audience, "give_clinical_forms"))


def _open(form_id: UUID) -> tuple[FormAssignment, FormResponse]:
    """The form and its present round, both locked. Raises FormNotOpen when nothing more can be entered."""
    form = FormAssignment.objects.for_change(form_id)
    response = form.responses.select_for_update().order_by("-round").first()
    if form.status not in FILLABLE or response is None:
        raise FormNotOpen(data={"status": form.status})
    return form, response


def _typist(by: Actor, link: FormLink | None) -> dict[str, UUID | None]:
    """Whose fingers it was: somebody of the staff, or whoever has the link."""
    return {"typed_by_id": None if link else by.person, "link_id": link.pk if link else None}


def _keep(
    form: FormAssignment, response: FormResponse, version: int, answers: dict[str, Any], typist: dict[str, UUID | None]
) -> None:
    definition = FormDefinition.model_validate(form.template.definition)
    if wrong := answering.wrong_types(definition, answers):
        raise BadInput(fields=wrong)
    check_named(form, definition, answers)
    if response.version != version and response.answers != answers:
        raise FormChangedElsewhere(data={"version": response.version, "answers": response.answers})
    if response.answers != answers or response.saved_at is None:
        response.write(answers=answers, saved_at=clock.now(), version=response.version + 1, **typist)
