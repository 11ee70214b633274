"""Taking answers over into the chart, with the review that accepts them: by the clients' own actions, so that their
rules, versions, abilities and trail hold here too."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record
from mentalspace.clients.actions import add_contact, change_client, change_contact
from mentalspace.clients.models import Client, ClientAccess
from mentalspace.clients.schemas import ClientIn
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.forms.details.comparing import Offer, offers
from mentalspace.forms.errors import ChartChangedElsewhere
from mentalspace.forms.models import FormAssignment, FormResponse
from mentalspace.people.abilities import can

NOT_OFFERED = "No answer in this form fills that."
CHANGED = "Somebody changed this in the chart meanwhile."
NOT_THEIRS = "Not accepted: your role does not change a client's details. Accept the form without taking them over."


def may_take(client_id: UUID, by: Actor) -> bool:
    """Mirrors the sentences on `Client` and `EmergencyContact`: the office, and clinicians who treat the client."""
    if can(by.audience, "add_client") or not can(by.audience, "change_client"):
        return can(by.audience, "add_client")
    return ClientAccess.objects.filter(client_id=client_id, staff_id=by.person, through="care_team").exists()


def take_over(
    form: FormAssignment, response: FormResponse, seen: Mapping[str, str], *, by: Actor, today: date
) -> list[dict[str, str]]:
    """Write these details into the chart; `seen` has, for each, what the chart said when the reviewer decided.

    All or none: raises NotAllowed, BadInput where an answer cannot be kept, and ChartChangedElsewhere where the chart
    says something else by now. Returns what was written, for the round to keep.
    """
    if not seen:
        return []
    if not may_take(form.client_id, by):
        raise NotAllowed(NOT_THEIRS)
    client = Client.objects.for_change(form.client_id)
    list(client.emergency_contacts.select_for_update().order_by("id"))  # nobody changes one between look and write
    chosen = _chosen({each.what: each for each in offers(form, response, client)}, seen)
    _write_client(client, [each for each in chosen if each.what != "contact"], by=by, today=today)
    for each in chosen:
        if each.what == "contact":
            _write_contact(client, each, by)
    about: dict[str, Any] = {"resource": form.pk, "clients": [client.pk]}
    names = {"details": sorted(each.what for each in chosen)}
    record("form.taken_over", "{actor} took answers over into the chart", resource_type="form", details=names, **about)
    return [{"what": each.what, "label": each.label, "before": each.now, "after": each.becomes} for each in chosen]


def _chosen(offered: Mapping[str, Offer], seen: Mapping[str, str]) -> list[Offer]:
    wrong = {what: [NOT_OFFERED] for what in seen if what not in offered}
    wrong |= {what: [offered[what].wrong] for what in seen if what in offered and offered[what].wrong}
    if wrong:
        raise BadInput(fields=wrong)
    if changed := {what: [CHANGED] for what, now in seen.items() if offered[what].now != now}:
        raise ChartChangedElsewhere(fields=changed)
    return [offered[what] for what in offered if what in seen]


def _write_client(client: Client, chosen: list[Offer], *, by: Actor, today: date) -> None:
    if not chosen:
        return
    values = {name: getattr(client, name) for name in ClientIn.model_fields}
    for each in chosen:
        values |= each.values
    change_client(client_id=client.pk, by=by, version=client.version, today=today, values=values)


def _write_contact(client: Client, offer: Offer, by: Actor) -> None:
    if offer.contact is None:
        add_contact(client_id=client.pk, by=by, values=offer.values)
    else:
        change_contact(client_id=client.pk, contact_id=offer.contact.pk, values=offer.values)
