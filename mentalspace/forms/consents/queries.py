"""Reads of a client's consents. Row-level security has decided which are there."""

from datetime import date
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.clients.models import Client, ClientAccess
from mentalspace.clients.queries import of_age_on
from mentalspace.forms.consents import rules
from mentalspace.forms.consents.making import asked
from mentalspace.forms.consents.models import ClientConsent, ConsentKind
from mentalspace.forms.links.reach import signers
from mentalspace.people.abilities import can
from mentalspace.people.days import access_day

MOST = 300
"""Consents of one client that are listed."""

AS_IT_IS = (
    *("id", "kind", "title", "words", "template_id", "form_id", "signer", "how", "recipient", "scope", "effective"),
    *("expires", "revoked_on", "revoked_through", "revoke_reason"),
)


def of_client(client_id: UUID, *, today: date, by: Actor, on: date | None = None) -> dict[str, Any]:
    """The `ClientConsentsOut` of a client, with who may sign, and whether for a minor, on this day. 404 when hidden."""
    client = Client.objects.visible(client_id)
    people = ("guardian", "recorded_by", "revoked_by", "template")
    rows = ClientConsent.objects.filter(client_id=client_id).select_related(*people)
    consents = [_shown(row, today) for row in rows.order_by("-effective", "-created_at", "id")[:MOST]]
    texts: list[dict[str, Any]] = [
        {"template_id": template.pk, "number": template.number, "kind": field.consent, "title": field.label}
        | {"words": field.help, "months": field.months, "expected": field.expected}
        for template, field in asked()
    ]
    return {
        "client_id": client.pk,
        "may_record": _may_record(client_id, by),
        "kinds": _kinds(consents, {text["kind"] for text in texts if text["expected"]}),
        "consents": consents,
        "texts": texts,
        "signers": [
            {"guardian_id": each.guardian_id, "name": each.name} for each in signers(client, on or access_day())
        ],
        "is_minor": of_age_on(client.pk) > (on or today),
    }


def _kinds(consents: list[dict[str, Any]], expected: set[str]) -> list[dict[str, Any]]:
    """How each kind stands that somebody gave, or that the practice expects."""
    states = {kind: [each["state"] for each in consents if each["kind"] == kind] for kind in ConsentKind.values}
    return [
        {"kind": kind, "state": rules.standing(found), "expected": kind in expected}
        for kind, found in states.items()
        if found or kind in expected
    ]


def _may_record(client_id: UUID, by: Actor) -> bool:
    """Mirrors the sentences on `ClientConsent`."""
    if can(by.audience, "keep_forms") or not can(by.audience, "write_notes"):
        return can(by.audience, "keep_forms")
    return ClientAccess.objects.filter(client_id=client_id, staff_id=by.person, through="care_team").exists()


def _shown(row: ClientConsent, today: date) -> dict[str, Any]:
    times = {"effective": row.effective, "expires": row.expires, "revoked_on": row.revoked_on, "today": today}
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "state": rules.state_of(**times),  # type: ignore[arg-type]
        "number": row.template.number if row.template else None,
        "guardian": row.guardian.name if row.guardian else "",
        "recorded_by": row.recorded_by.full_name,
        "recorded_at": row.created_at,
        "revoked_by": row.revoked_by.full_name if row.revoked_by else "",
    }
