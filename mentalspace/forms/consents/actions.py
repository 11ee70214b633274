"""What can be done with consents. Each action is one transaction of the acting person's."""

from datetime import date
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.forms.consents import rules
from mentalspace.forms.consents.making import asked_in
from mentalspace.forms.consents.models import ClientConsent, How
from mentalspace.forms.errors import AlreadyRevoked
from mentalspace.forms.links.reach import signers
from mentalspace.forms.models import FormAssignment, FormTemplate
from mentalspace.people.abilities import can

RESOURCE = "client_consent"
NOT_THEIRS = "This person may not sign for the client today."
NO_WORDS = "Write down what was agreed to, or choose one of the practice's texts."
BY_ITSELF = "A form that asks for this consent records it by itself, once it is accepted."
NOT_ASKED = "This version of the form does not ask for this consent."


@records("consent.recorded", "{actor} recorded a consent", resource_type=RESOURCE)
def record_consent(*, client_id: UUID, today: date, by: Actor, **said: Any) -> ClientConsent:
    """A consent given on paper or by word of mouth, or shown by a form; in the words of a text of the practice's when
    `template_id` names the version. `said` are the fields of `ConsentRecordIn`."""
    client = Client.objects.visible(client_id)
    if not can(by.audience, "give_clinical_forms"):
        raise NotAllowed
    if wrong := _wrong(client, said, today):
        raise BadInput(fields=wrong)
    said["signer"] = said["signer"] or _signer(client, said["guardian_id"])
    consent = ClientConsent(practice_id=by.practice, client_id=client.pk, recorded_by_id=by.person, **_worded(said))
    consent.save(force_insert=True)
    return consent


@records("consent.revoked", "{actor} recorded that a consent was revoked", resource_type=RESOURCE)
def revoke_consent(*, consent_id: UUID, on: date, through: str, reason: str, today: date, by: Actor) -> ClientConsent:
    """From this day it does not hold any more. Unless it is a release, earlier ones of its kind go with it: who takes
    consent to treatment back takes back every one."""
    consent = ClientConsent.objects.visible(consent_id)
    if consent.revoked_at is not None:
        raise AlreadyRevoked
    consent = ClientConsent.objects.for_change(consent_id)
    if not consent.effective <= on <= today:
        raise BadInput(fields={"on": ["Choose a day on which it held, not after today."]})
    end = {"revoked_on": on, "revoked_through": through, "revoke_reason": reason}
    for each in _together(consent):
        if each.effective <= on:
            each.write(**end, revoked_at=clock.now(), revoked_by_id=by.person)
    return ClientConsent.objects.get(pk=consent_id)


def _together(consent: ClientConsent) -> list[ClientConsent]:
    rows = ClientConsent.objects.filter(revoked_at__isnull=True)
    if consent.kind == rules.RELEASE:
        rows = rows.filter(pk=consent.pk)
    return list(rows.filter(client_id=consent.client_id, kind=consent.kind).select_for_update().order_by("id"))


def _wrong(client: Client, said: dict[str, Any], today: date) -> dict[str, list[str]]:
    found = rules.problem_with_dates(said["effective"], said["expires"], client.date_of_birth, today)
    if said["guardian_id"] not in {each.guardian_id for each in signers(client)}:
        found["guardian_id"] = [NOT_THEIRS]
    if said["kind"] == rules.RELEASE:
        found |= {name: ["A release says this."] for name in ("recipient", "scope") if not said[name]}
    if said["template_id"] is None and not said["words"]:
        found["words"] = [NO_WORDS]
    if said["how"] == How.FORM and said["kind"] != rules.RELEASE:
        found["how"] = [BY_ITSELF]
    if said["how"] == How.FORM and not said["form_id"]:
        found["form_id"] = ["Choose the form that shows it."]
    if said["form_id"] and not FormAssignment.objects.filter(pk=said["form_id"], client_id=client.pk).exists():
        found["form_id"] = ["The client has no such form."]
    return found


def _worded(said: dict[str, Any]) -> dict[str, Any]:
    """With the words of the version it names. Raises BadInput when that asks for no such consent."""
    if said["template_id"] is None:
        return said
    template = FormTemplate.objects.visible(said["template_id"])
    field = next((each for each in asked_in(template) if each.consent == said["kind"]), None)
    if field is None:
        raise BadInput(fields={"template_id": [NOT_ASKED]})
    return said | {"title": field.label, "words": field.help}


def _signer(client: Client, guardian_id: UUID | None) -> str:
    return client.guardians.get(pk=guardian_id).name if guardian_id else client.chosen_name
