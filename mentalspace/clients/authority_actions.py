"""What can be done about the portal and those who act for a client. Each action is named and one transaction."""

from datetime import date
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.access.audiences import CLIENT
from mentalspace.audit.trail import records
from mentalspace.clients import rules
from mentalspace.clients.authority import PERMISSIONS, ClientGuardian, ClientPortalAccess
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.people.models import Profile


class NoPortalAccount(Refusal):
    code, status = "no_portal_account", 409
    message = "This client has no account for the portal, so there is nothing to turn on."


class AuthorityEnded(Refusal):
    code, status = "authority_ended", 409
    message = "This authority has ended. What ended stays as it was: add a new one if they act for the client again."


class AlreadyVerified(Refusal):
    code, status = "already_verified", 409
    message = "This authority has been verified already. Reload to see by whom."


@records("client.portal.opened", "{actor} turned a client's portal on", resource_type="client", severity="warning")
def open_portal(*, client_id: UUID, by: Actor) -> ClientPortalAccess:
    """Let the client's own account see what is theirs."""
    if not Profile.objects.filter(pk=client_id, audience=CLIENT, is_active=True).exists():
        Client.objects.visible(client_id)
        raise NoPortalAccount
    return _set_portal(client_id, by, enabled=True, reason="")


@records("client.portal.closed", "{actor} turned a client's portal off", resource_type="client", severity="warning")
def close_portal(*, client_id: UUID, reason: str, by: Actor) -> ClientPortalAccess:
    """Cut the client's account off: from this transaction on it sees nothing."""
    if not reason:
        raise BadInput(fields={"reason": ["Say why, for whoever is asked about it."]})
    return _set_portal(client_id, by, enabled=False, reason=reason)


@records("client.guardian.added", "{actor} entered who acts for a client", resource_type="guardian", severity="warning")
def add_guardian(*, client_id: UUID, by: Actor, today: date, values: dict[str, Any]) -> ClientGuardian:
    """Enter a guardian or proxy. They see nothing until somebody verifies their authority."""
    client = Client.objects.visible(client_id)
    guardian = ClientGuardian(practice_id=by.practice, client=client, created_by_id=by.person, **_account(values))
    _check(guardian)
    guardian.save(force_insert=True)
    guardian.refresh_from_db(fields=["ages_out_on"])
    _check_span(guardian, today)
    return guardian


@records("client.guardian.changed", "{actor} changed what somebody may do for a client", resource_type="guardian",
         severity="warning")  # fmt: skip
def change_guardian(
    *, client_id: UUID, guardian_id: UUID, today: date, access_day: date, values: dict[str, Any]
) -> ClientGuardian:
    """Change how to reach them, what they may do, on what papers and until when."""
    guardian = _standing(client_id, guardian_id, access_day)
    values = _account(values)
    for name, value in values.items():
        setattr(guardian, name, value)
    _check(guardian)
    guardian.write(**values)
    guardian.refresh_from_db(fields=["ages_out_on"])
    _check_span(guardian, today)
    return guardian


@records("client.guardian.verified", "{actor} verified who acts for a client", resource_type="guardian",
         severity="critical")  # fmt: skip
def verify_guardian(*, client_id: UUID, guardian_id: UUID, how: str, by: Actor, access_day: date) -> ClientGuardian:
    """Put one's name to having seen who they are and what entitles them. From now on the authority counts."""
    guardian = _standing(client_id, guardian_id, access_day)
    if guardian.verified_at is not None:
        raise AlreadyVerified
    return guardian.write(verified_at=clock.now(), verified_by_id=by.person, verified_how=how)


@records("client.guardian.ended", "{actor} ended somebody's authority over a client", resource_type="guardian",
         severity="critical")  # fmt: skip
def end_guardian(*, client_id: UUID, guardian_id: UUID, access_day: date) -> ClientGuardian:
    """They act for the client no longer; what they saw through it is cut off with this transaction."""
    guardian = _standing(client_id, guardian_id, access_day)
    return guardian.write(end_date=max(access_day, guardian.start_date))


def _set_portal(client_id: UUID, by: Actor, **values: Any) -> ClientPortalAccess:
    client = Client.objects.visible(client_id)
    values |= {"changed_by_id": by.person, "since": clock.now()}
    access = ClientPortalAccess.objects.filter(client=client).first()
    if access is not None:
        return ClientPortalAccess.objects.for_change(access.pk).write(**values)
    access = ClientPortalAccess(practice_id=by.practice, client=client, **values)
    access.save(force_insert=True)
    return access


def _standing(client_id: UUID, guardian_id: UUID, access_day: date) -> ClientGuardian:
    """The client's guardian, locked for a change, who has not ended yet."""
    Client.objects.visible(client_id)
    rows = ClientGuardian.objects.select_for_update(of=("self",)).filter(pk=guardian_id, client_id=client_id)
    if (guardian := rows.first()) is None:
        raise NotAllowed("This authority is not there, or your role may not change it.")
    if guardian.end_date is not None and guardian.end_date <= access_day:
        raise AuthorityEnded
    return guardian


def _account(values: dict[str, Any]) -> dict[str, Any]:
    """The form's values, with the portal account its address belongs to instead of the address."""
    values = dict(values)
    address = values.pop("account_email")
    if address:
        person = Profile.objects.filter(email__iexact=address, audience=CLIENT, is_active=True).first()
        if person is None:
            raise BadInput(fields={"account_email": ["No portal account has this address."]})
        values["person_id"] = person.pk
    return values


def _check(guardian: ClientGuardian) -> None:
    fields = {}
    if not any(getattr(guardian, name) for name in PERMISSIONS):
        fields["can_view_record"] = ["Somebody who acts for a client may do at least one of these."]
    if not guardian.ends_at_majority and not guardian.court_document:
        fields["court_document"] = ["An authority that outlasts childhood rests on a document: say which."]
    if guardian.person_id == guardian.client_id:
        fields["account_email"] = ["This is the client's own account."]
    if fields:
        raise BadInput(fields=fields)


def _check_span(guardian: ClientGuardian, today: date) -> None:
    problem = rules.problem_with_authority(guardian.start_date, guardian.end_date, guardian.ages_out_on, today)
    if problem:
        field = (
            "end_date"
            if guardian.end_date is not None and guardian.end_date <= guardian.start_date
            else "ends_at_majority"
        )
        raise BadInput(fields={field: [problem]})
