"""What administrators do with the people who work here. Each is one transaction of theirs and names its event.

The database has the last word on who may be given which role, on the last administrator and on supervisors; here its
refusals get their sentences. What concerns credentials, identity does afterwards (`account_upkeep`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404

from mentalspace.access.actor import Actor
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import origin, record
from mentalspace.core import clock
from mentalspace.core.api import constraint_of
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.notify import outbox
from mentalspace.people import limits
from mentalspace.people.abilities import can
from mentalspace.people.models import Profile, SupervisionRelationship, UserRole
from mentalspace.people.notices import moment


class LastAdministrator(Refusal):
    code, status = "last_administrator", 409
    message = "Not done: a practice keeps at least one administrator who can sign in. Make somebody else one first."


class RolesDoNotFit(Refusal):
    code, status = "roles_do_not_fit", 409
    message = "Not saved: these roles cannot be held by one person."


class SupervisorUnfit(Refusal):
    code, status = "supervisor_unfit", 409
    message = "Not saved: this person cannot supervise now."


class NeedsSupervisor(Refusal):
    code, status = "needs_supervisor", 409
    message = "Not saved: an associate works under supervision. Choose a supervisor."


class AlreadySupervised(Refusal):
    code, status = "already_supervised", 409
    message = "These two work together already."


class NotYourself(Refusal):
    code, status = "not_yourself", 409
    message = "Not done: ask another administrator to do this to your own account."


class Deactivated(Refusal):
    code, status = "user_deactivated", 409
    message = "Not done: this account is deactivated. Reactivate it first."


class AddressKnown(Refusal):
    code, status = "address_known", 409
    message = "Not saved: somebody in this practice has this e-mail address already."


class AddressSignsIn(Refusal):
    code, status = "address_signs_in", 409
    message = "Not changed: this person signs in with the address already."


class AddressChangedElsewhere(Refusal):
    code, status = "changed_elsewhere", 409
    message = "The e-mail address was not changed: somebody else has just changed it. Reload and try again."


class NoAddress(Refusal):
    code, status = "no_address", 409
    message = "Not sent: there is no e-mail address on file. Enter one first."


REFUSED_BY = {
    "last_administrator": LastAdministrator(),
    "client_wears_no_other_hat": RolesDoNotFit(
        "Not saved: a client's account works in the portal and has no role here."
    ),
    "associate_or_supervisor": RolesDoNotFit(
        "Not saved: an associate works under supervision, so nobody is associate and supervisor at once."
    ),
    "supervisor_is_active": SupervisorUnfit("Not saved: this person is no active supervisor."),
    "supervisor_is_licensed": SupervisorUnfit(
        "Not saved: a supervisor needs a license in force. Enter its number and expiry on their page first."
    ),
    "supervisor_has_room": SupervisorUnfit("Not saved: this supervisor has ten supervisees, which is the most."),
    "supervision_once": AlreadySupervised(),
    "nobody_supervises_themselves": SupervisorUnfit("Not saved: nobody supervises themselves."),
}
"""The database's constraints, and what a person is told of them."""


def add_user(*, by: Actor, today: date, values: dict[str, Any]) -> Profile:
    """Somebody new, with roles, and supervised where that is due. Their account and invitation follow."""
    _check_may(by)
    limits.check("create_user", user=by.person)
    roles, supervisor = values.pop("roles"), values.pop("supervisor_id")
    values["email"] = _address(values["email"])
    person = Profile(practice_id=by.practice, **values)
    person.save(force_insert=True)
    _wear(person, roles)
    if supervisor is not None:
        _supervise(person.pk, supervisor, by, today)
    elif "associate" in roles:
        raise NeedsSupervisor(fields={"supervisor_id": ["Choose a supervisor."]})
    _note("user.added", "{actor} added {name} to the practice", person, roles=sorted(roles))
    return person


def change_details(*, person_id: UUID, by: Actor, values: dict[str, Any]) -> Profile:
    """Names, license and so on. What is not given stays. Says in the trail which fields changed, not how."""
    person = _staff(person_id, by)
    changed = {name: value for name, value in values.items() if getattr(person, name) != value}
    if not changed:
        return person
    person.write(**changed)
    _note("user.changed", "{actor} changed the details of {name}", person, fields=sorted(changed))
    return person


def check_address(*, person_id: UUID, by: Actor, email: str) -> str:
    """Whether somebody may be given this address, as it would be kept. Counted: the answer tells who has an account."""
    _staff(person_id, by)
    limits.check("change_address", user=by.person)
    return _address(email)


def change_address(*, person_id: UUID, by: Actor, before: str, email: str) -> Profile:
    """Another e-mail address, for somebody who has not signed in yet; their account has it already."""
    person = _staff(person_id, by)
    if person.email != before:
        raise AddressChangedElsewhere
    person.write(email=_address(email))
    _note("user.address_changed", "{actor} changed the e-mail address of {name}", person)
    return person


def set_roles(
    *, person_id: UUID, by: Actor, today: date, roles: list[str], reason: str, supervisor_id: UUID | None
) -> Profile:
    """All the roles somebody has from now on; their next request acts by them."""
    person = _staff(person_id, by)
    before = {hat.role for hat in person.roles.all()}
    wanted = set(roles)
    with _refusals():
        person.roles.filter(role__in=before - wanted).delete()
        _wear(person, wanted - before)
    if supervisor_id is not None:
        _supervise(person.pk, supervisor_id, by, today)
    elif "associate" in wanted - before and not _is_supervised(person.pk, today):
        raise NeedsSupervisor(fields={"supervisor_id": ["Choose a supervisor."]})
    details = {"before": sorted(before), "roles": sorted(wanted)}
    _note("user.roles_changed", "{actor} changed the roles of {name}", person, reason=reason, **details)
    _tell(person, f"changed your roles to: {_named(wanted)}")
    for supervisor in _supervisors_of(person.pk, today):
        _tell(supervisor, f"changed the roles of {person.full_name}, whom you supervise, to: {_named(wanted)}")
    return person


def deactivate(*, person_id: UUID, by: Actor, reason: str) -> Profile:
    """Somebody is out: at once for whatever they have open, and until somebody lets them back in.

    Supervision of and by them ends; what they wrote stays theirs. May be asked for again when what follows failed.
    """
    person = _other(person_id, by)
    with _refusals():
        person.write(is_active=False, deactivated_at=person.deactivated_at or clock.now())
    _note("user.deactivated", "{actor} deactivated the account of {name}", person, reason=reason)
    _tell(person, "closed your account, so you are signed out and cannot sign in any more")
    return person


def reactivate(*, person_id: UUID, by: Actor) -> Profile:
    """Somebody may sign in again, with the roles they had; supervision has to be assigned anew."""
    person = _person(person_id, by)
    person.write(is_active=True, deactivated_at=None)
    _note("user.reactivated", "{actor} reactivated the account of {name}", person)
    _tell(person, "opened your account again, so you can sign in")
    return person


def unlock(*, person_id: UUID, by: Actor) -> Profile:
    """The lock after wrong passwords or codes is lifted before its half hour is over."""
    person = _person(person_id, by)
    _note("user.unlocked", "{actor} unlocked the account of {name}", person)
    _tell(person, "lifted the lock that too many wrong passwords or codes had put on your account")
    return person


def reset_factors(*, person_id: UUID, by: Actor, reason: str) -> Profile:
    """The second factor is lost: everything of it is forgotten, and all sessions end."""
    person = _active(_other(person_id, by))
    _note("user.factors_reset", "{actor} reset the second factor of {name}", person, reason=reason)
    _tell(person, "removed your second factor and signed you out; your next sign-in sets up a new one")
    return person


def invite(*, person_id: UUID, by: Actor) -> Profile:
    """Send the link by which somebody takes up their account; a new one makes the one before useless."""
    person = _staff(person_id, by)
    if person.deactivated_at is not None:
        raise Deactivated
    if not person.email:
        raise NoAddress(fields={"email": ["Enter an e-mail address first."]})
    if not person.roles.exists():
        raise BadInput("Not sent: give this person a role first.", fields={"roles": ["Choose at least one role."]})
    limits.check("send_invitation", user=by.person)
    if not person.is_active:
        person.write(is_active=True)
    _note("user.invited", "{actor} invited {name}", person)
    return person


def send_reset(*, person_id: UUID, by: Actor) -> Profile:
    """Send the link by which somebody sets a new password. Nobody else ever sets or sees one."""
    person = _active(_person(person_id, by))
    _note("user.reset_sent", "{actor} sent {name} a link to set a new password", person)
    return person


def send_verification(*, person_id: UUID, by: Actor) -> Profile:
    """Send the link by which somebody confirms their e-mail address."""
    person = _active(_person(person_id, by))
    _note("user.verification_sent", "{actor} sent {name} a link to confirm the e-mail address", person)
    return person


def link_account(person_id: UUID) -> None:
    """The account that was opened is this person's. It stays so: the database lets nobody change it."""
    person = Profile.objects.for_change(person_id)
    if person.user_id is None:
        person.write(user_id=person_id)


def assign_supervisor(*, supervisor_id: UUID, supervisee_id: UUID, by: Actor, today: date) -> SupervisionRelationship:
    """Somebody supervises somebody from today on, and may see that person's clients."""
    supervisee = _active(_staff(supervisee_id, by))
    made = _supervise(supervisee.pk, supervisor_id, by, today)
    supervisor = Profile.objects.visible(supervisor_id)
    _note("supervision.assigned", f"{{actor}} gave {{name}} {supervisor.full_name} as supervisor", supervisee)
    _tell(supervisee, f"made {supervisor.full_name} your supervisor, who sees your clients from now on")
    _tell(supervisor, f"made you the supervisor of {supervisee.full_name}, whose clients you see from now on")
    return made


def end_supervision(*, supervision_id: UUID, by: Actor, today: date) -> SupervisionRelationship:
    """From today on no longer. An associate keeps one supervisor at least."""
    _check_may(by)
    row = SupervisionRelationship.objects.select_for_update().filter(pk=supervision_id).first()
    if row is None:
        raise Http404
    if row.end_date is not None and row.end_date <= today:
        return row
    supervisee = Profile.objects.for_change(row.supervisee_id)
    row.end_date = today
    row.save(update_fields=["end_date"], force_update=True)
    is_associate = supervisee.is_active and supervisee.roles.filter(role="associate").exists()
    if is_associate and not _is_supervised(supervisee.pk, today):
        raise NeedsSupervisor("Not ended: an associate works under supervision. Give them another supervisor first.")
    _note("supervision.ended", "{actor} ended a supervision of {name}", supervisee)
    supervisor = Profile.objects.visible(row.supervisor_id)
    _tell(supervisee, f"ended your supervision by {supervisor.full_name}")
    _tell(supervisor, f"ended your supervision of {supervisee.full_name}")
    return row


@contextmanager
def _refusals() -> Iterator[None]:
    """What the database refuses, in words."""
    try:
        yield
    except IntegrityError as error:
        raise REFUSED_BY.get(constraint_of(error), error) from None


def _check_may(by: Actor) -> None:
    if not can(by.audience, "administer_people"):
        raise NotAllowed


def _person(person_id: UUID, by: Actor) -> Profile:
    """Anybody with a profile here, portal clients too, locked. Raises Http404, NotAllowed."""
    _check_may(by)
    person = Profile.objects.for_change(person_id)
    if person.is_system:
        raise Http404
    return person


def _staff(person_id: UUID, by: Actor) -> Profile:
    """Somebody who works here, or worked here."""
    person = _person(person_id, by)
    if person.roles.filter(role="client").exists():
        raise Http404
    return person


def _other(person_id: UUID, by: Actor) -> Profile:
    if person_id == by.person:
        _check_may(by)
        raise NotYourself
    return _person(person_id, by)


def _active(person: Profile) -> Profile:
    if not person.is_active:
        raise Deactivated
    return person


def _address(email: str) -> str:
    address = email.strip().lower()
    if not address:
        raise BadInput(fields={"email": ["Enter an e-mail address."]})
    if Profile.objects.filter(email__iexact=address).exists():
        raise AddressKnown(fields={"email": ["Somebody in this practice has this address already."]})
    return address


def _wear(person: Profile, roles: set[str] | list[str]) -> None:
    with _refusals():
        UserRole.objects.bulk_create(
            UserRole(practice_id=person.practice_id, person=person, role=role) for role in sorted(set(roles))
        )


def _is_supervised(person: UUID, today: date) -> bool:
    rows = SupervisionRelationship.objects.filter(supervisee_id=person)
    return rows.exclude(end_date__lte=today).exists()


def _supervise(supervisee: UUID, supervisor: UUID, by: Actor, today: date) -> SupervisionRelationship:
    if not Profile.objects.staff().filter(pk=supervisor).exists():
        raise BadInput(fields={"supervisor_id": ["This person does not work here."]})
    pair = {"supervisor_id": supervisor, "supervisee_id": supervisee}
    made = SupervisionRelationship(practice_id=by.practice, start_date=today, **pair)
    with _refusals():
        made.save(force_insert=True)
    return made


def _supervisors_of(person: UUID, today: date) -> list[Profile]:
    rows = SupervisionRelationship.objects.filter(supervisee_id=person).exclude(end_date__lte=today)
    return [row.supervisor for row in rows.select_related("supervisor")]


def _named(roles: set[str]) -> str:
    return ", ".join(sorted(roles)).replace("_", " ")


def _tell(person: Profile, what: str) -> None:
    """By mail, in words that follow the administrator's name. Who has no address is told by nobody."""
    if person.email:
        outbox.queue(
            kind="account.administered",
            recipient=person.pk,
            email=person.email,
            values={
                "name": person.first_name,
                "when": moment(person.practice.timezone),
                "who": origin().name,
                "what": what,
            },
            about=("account", person.pk),
        )


def _note(event: str, sentence: str, person: Profile, **details: Any) -> None:
    """What administration does is critical, and says about whom."""
    record(
        event,
        sentence.replace("{name}", person.full_name),
        resource_type="account",
        action_type=ADMIN_ACTION,
        resource=person.pk,
        details=details,
        severity="critical",
    )
