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
from mentalspace.forms.consents.making import NOT_THEIRS, asked_in
from mentalspace.forms.consents.models import ClientConsent, How
from mentalspace.forms.errors import AlreadyRevoked
from mentalspace.forms.links.reach import signers
from mentalspace.forms.models import FormAssignment, FormTemplate, Stage, Status
from mentalspace.people.abilities import can

RESOURCE = "client_consent"
NO_WORDS = "Write down what was agreed to, or choose one of the practice's texts."
BY_ITSELF = "A form that asks for this consent records it by itself, once it is accepted."
NOT_ASKED = "This version of the form does not ask for this consent, or was never published."
NOT_ACCEPTED = "The client has no such form that was accepted."


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
    """From this day it does not hold any more. Unless it is a release, those of its kind go with it that do not begin
    later: who takes consent to treatment back takes back what they gave before, not what they have given since."""
    consent = ClientConsent.objects.visible(consent_id)
    if consent.revoked_at is not None:
        raise AlreadyRevoked
    consent = ClientConsent.objects.for_change(consent_id)
    if not consent.effective <= on <= today:
        raise BadInput(fields={"on": ["Choose a day on which it held, not after today."]})
    end = {"revoked_on": on, "revoked_through": through, "revoke_reason": reason}
    for each in _together(consent):
        each.write(**end, revoked_at=clock.now(), revoked_by_id=by.person)
    return ClientConsent.objects.get(pk=consent_id)


def _together(consent: ClientConsent) -> list[ClientConsent]:
    rows = ClientConsent.objects.filter(revoked_at__isnull=True, effective__lte=consent.effective)
    if consent.kind == rules.RELEASE:
        rows = rows.filter(pk=consent.pk)
    return list(rows.filter(client_id=consent.client_id, kind=consent.kind).select_for_update().order_by("id"))


def _wrong(client: Client, said: dict[str, Any], today: date) -> dict[str, list[str]]:
    found = rules.problem_with_dates(said["effective"], said["expires"], client.date_of_birth, today)
    if said["guardian_id"] not in {each.guardian_id for each in signers(client, said["effective"])}:
        found["guardian_id"] = [NOT_THEIRS]
    if said["kind"] == rules.RELEASE:
        found |= {name: ["A release says this."] for name in ("recipient", "scope") if not said[name]}
    if said["template_id"] is None and not said["words"]:
        found["words"] = [NO_WORDS]
    if said["how"] == How.FORM and said["kind"] != rules.RELEASE:
        found["how"] = [BY_ITSELF]
    if said["how"] == How.FORM and not said["form_id"]:
        found["form_id"] = ["Choose the form that shows it."]
    accepted = FormAssignment.objects.filter(client_id=client.pk, status=Status.ACCEPTED)
    if said["form_id"] and not accepted.filter(pk=said["form_id"]).exists():
        found["form_id"] = [NOT_ACCEPTED]
    return found


def _worded(said: dict[str, Any]) -> dict[str, Any]:
    """With the words of the version it names, and good for as long as that says unless a last day was given. Raises
    BadInput when it asks for no such consent, or nobody can have been shown it: a draft."""
    if said["template_id"] is None:
        return said
    template = FormTemplate.objects.visible(said["template_id"])
    field = next((each for each in asked_in(template) if each.consent == said["kind"]), None)
    if field is None or template.status == Stage.DRAFT:
        raise BadInput(fields={"template_id": [NOT_ASKED]})
    expires = said["expires"] or rules.last_day(said["effective"], field.months)
    return said | {"title": field.label, "words": field.help, "expires": expires}


def _signer(client: Client, guardian_id: UUID | None) -> str:
    return client.guardians.get(pk=guardian_id).name if guardian_id else client.chosen_name
