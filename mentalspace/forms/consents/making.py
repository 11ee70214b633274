"""Consents out of forms: which a version asks for, and the records that an accepted form makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record
from mentalspace.clients.queries import of_age_on
from mentalspace.core import clock
from mentalspace.core.errors import BadInput
from mentalspace.forms import answering
from mentalspace.forms.consents import rules
from mentalspace.forms.consents.models import ClientConsent, How
from mentalspace.forms.links.reach import Reader, signers
from mentalspace.forms.models import FormAssignment, FormResponse, FormTemplate, Stage, Status
from mentalspace.forms.spec import FormDefinition, FormField
from mentalspace.practices.models import Practice

Giver = UUID | Literal["client"]
"""Who gave a consent: a guardian, or the client."""

SAY_WHO = "Say who signed the consents in this form."
NOT_THEIRS = "This person could not sign for the client on that day."


@dataclass(frozen=True)
class Signed:
    """A consent that was signed in a form. `wrong` says why its date cannot be; `is_revoked` that the client took
    back this kind after they had signed."""

    field: FormField
    signer: str
    effective: date
    expires: date | None
    wrong: str
    is_revoked: bool


def asked_in(template: FormTemplate) -> list[FormField]:
    """The consents that this version asks for."""
    fields = FormDefinition.model_validate(template.definition).fields
    return [field for field in fields if field.kind == "consent" and field.consent]


def asked() -> list[tuple[FormTemplate, FormField]]:
    """What the practice asks for today, by published version."""
    published = FormTemplate.objects.filter(status=Stage.PUBLISHED).order_by("title", "id")
    return [(template, field) for template in published for field in asked_in(template)]


def signed_in(form: FormAssignment, response: FormResponse) -> list[Signed]:
    """The consents that were signed in what was sent."""
    sent = _day_sent(response)
    return [
        _signed(form, response, field, sent)
        for field in asked_in(form.template)
        if answering.is_answered(field, response.answers.get(field.key))
    ]


def wrong_dates(form: FormAssignment, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Why consents among these answers cannot be sent today as they are dated, by key."""
    today = Practice.objects.get().day_at(clock.now())
    fields = [each for each in asked_in(form.template) if answering.is_answered(each, answers.get(each.key))]
    found = {each.key: _wrong(form, each, _effective(answers[each.key], today), today) for each in fields}
    return {key: [sentence] for key, sentence in found.items() if sentence}


def may_have_signed(form: FormAssignment, signed: list[Signed]) -> list[Reader]:
    """Who could give every one of these, each on its day; the client first."""
    days = {each.effective for each in signed} or {clock.now().date()}
    first, *others = (signers(form.client, day) for day in sorted(days))
    also = [{one.guardian_id for one in each} for each in others]
    return [one for one in first if all(one.guardian_id in each for each in also)]


def presumed(form: FormAssignment, response: FormResponse, people: list[Reader]) -> Giver | None:
    """Who most likely signed; None when only somebody who knows can tell. Whoever typed last need not be who signed:
    a guardian's link says something of a minor's form only."""
    typist = response.link.guardian_id if response.link else None
    if of_age_on(form.client_id) <= _day_sent(response):
        return None if typist else "client"
    guardians = [one.guardian_id for one in people if one.guardian_id]
    if typist in guardians:
        return typist
    return guardians[0] if len(guardians) == 1 else None


def make_consents(form: FormAssignment, response: FormResponse, signed_by: Giver | None, by: Actor) -> None:
    """Each consent that was signed in a form becomes a record, from the day that stands beside the name, at the
    latest the day it was sent; but for what the client took back since. In the transaction that accepts the form.

    Raises BadInput when a date cannot be, and unless `signed_by` could sign; it may be left out only where nobody but
    a client of age could.
    """
    signed = [each for each in signed_in(form, response) if not each.is_revoked]
    if wrong := [f"{each.field.label}: {each.wrong}" for each in signed if each.wrong]:
        raise BadInput(fields={"outcome": wrong})
    if not signed:
        return
    guardian = _guardian(form, response, signed_by, may_have_signed(form, signed))
    for each in signed:
        _make(form, each, guardian, by)


def _guardian(
    form: FormAssignment, response: FormResponse, signed_by: Giver | None, people: list[Reader]
) -> UUID | None:
    if signed_by is None and len(people) == 1 and presumed(form, response, people) == "client":
        signed_by = "client"
    if signed_by is None:
        raise BadInput(fields={"signed_by": [SAY_WHO]})
    guardian = None if signed_by == "client" else signed_by
    if guardian not in {one.guardian_id for one in people}:
        raise BadInput(fields={"signed_by": [NOT_THEIRS]})
    return guardian


def _signed(form: FormAssignment, response: FormResponse, field: FormField, sent: date) -> Signed:
    answer = response.answers[field.key]
    effective = _effective(answer, sent)
    return Signed(
        field=field,
        signer=answer["name"].strip(),
        effective=effective,
        expires=rules.last_day(effective, field.months),
        wrong=_wrong(form, field, effective, sent),
        is_revoked=_is_revoked(form, response, field, effective),
    )


def _is_revoked(form: FormAssignment, response: FormResponse, field: FormField, effective: date) -> bool:
    """Of the day itself, the hour counts: whoever takes a consent back may give it anew in the afternoon. What was
    entered in error nobody took back."""
    rows = ClientConsent.objects.filter(client_id=form.client_id, kind=field.consent, revoked_on__gte=effective)
    rows = rows.exclude(form__status=Status.IN_ERROR)
    sent = response.submitted_at or clock.now()
    return any(row.revoked_on > effective or row.revoked_at > sent for row in rows)  # type: ignore[operator]


def _wrong(form: FormAssignment, field: FormField, effective: date, sent: date) -> str:
    expires = rules.last_day(effective, field.months)
    return rules.problem_with_signature(effective, expires, form.client.date_of_birth, sent)


def _effective(answer: dict[str, str], sent: date) -> date:
    return min(date.fromisoformat(answer["date"]), sent)


def _day_sent(response: FormResponse) -> date:
    return Practice.objects.get().day_at(response.submitted_at or clock.now())


def _make(form: FormAssignment, signed: Signed, guardian: UUID | None, by: Actor) -> None:
    consent = ClientConsent(
        practice_id=by.practice,
        client_id=form.client_id,
        kind=signed.field.consent or "",
        title=signed.field.label,
        words=signed.field.help,
        template_id=form.template_id,
        form_id=form.pk,
        guardian_id=guardian,
        signer=signed.signer,
        how=How.FORM,
        effective=signed.effective,
        expires=signed.expires,
        recorded_by_id=by.person,
    )
    consent.save(force_insert=True)
    about = {"resource": consent.pk, "clients": [form.client_id]}
    record("consent.recorded", "{actor} accepted a form with a consent", resource_type="client_consent", **about)  # type: ignore[arg-type]
