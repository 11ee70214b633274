"""Administration of users over HTTP: parse → one action or query → return. Identity's part follows in `afterwards`."""

from functools import partial
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import viewed
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page, Problem
from mentalspace.people import account_upkeep, administration, administration_queries
from mentalspace.people.administration_schemas import (
    AddedOut,
    PeopleReportOut,
    ReasonIn,
    SupervisionIn,
    SupervisorOut,
    UserChange,
    UserFilter,
    UserIn,
    UserOut,
    UserRolesIn,
    UserRow,
)
from mentalspace.people.days import access_day, today_of
from mentalspace.people.invitations import AccountTakenUp
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["users"])
SHOWN: dict[int, Any] = {200: UserOut, **REFUSALS}
LIMITED: dict[int, Any] = {**REFUSALS, 429: Problem}
WAITING = ("no_account", "invited")
"""How those stand who have not taken their account up."""


@router.get("/users", response={200: Page[UserRow], **REFUSALS}, operation_id="list_users")
def list_users(request: StaffRequest, filters: Query[UserFilter]) -> dict[str, Any]:
    """Everybody who works here and how their accounts stand, by last name, a page at a time."""
    now, today = clock.now(), today_of(request)
    items, following = administration_queries.listed(**filters.dict(), now=now, today=today)
    return {"items": items, "next": following}


@router.get("/users/report", response={200: PeopleReportOut, **REFUSALS}, operation_id="get_people_report")
def get_people_report(request: StaffRequest) -> dict[str, Any]:
    """Second factors, accounts nobody uses, people without role or supervisor, licenses that run out. Written down."""
    now = clock.now()
    found = administration_queries.report(now, today_of(request))
    viewed("people", since=None, until=now)
    return found


@router.get("/supervisors", response={200: list[SupervisorOut], **REFUSALS}, operation_id="list_supervisors")
def list_supervisors(request: StaffRequest) -> list[dict[str, Any]]:
    """Whom an associate may be given to, and why not. Not paged: a practice's supervisors fit a list."""
    return administration_queries.supervisors(today_of(request))


@router.post("/users", response={201: AddedOut, **LIMITED}, operation_id="add_user")
def add_user(request: StaffRequest, data: UserIn) -> Status[dict[str, UUID]]:
    """Add somebody and send them an invitation. There is no password to give: they choose one by its link."""
    person = administration.add_user(by=request.actor, today=access_day(), values=data.dict())
    _follow_with_invitation(request, person.pk, person.email)
    return Status(201, {"id": person.pk})


@router.get("/users/{user_id}", response=SHOWN, operation_id="get_user")
def get_user(request: StaffRequest, user_id: UUID) -> dict[str, Any]:
    return _shown(request, user_id)


@router.patch("/users/{user_id}", response={200: UserOut, **LIMITED}, operation_id="change_user")
def change_user(request: StaffRequest, user_id: UUID, data: UserChange) -> dict[str, Any]:
    """Change what is given and nothing else. The address only while nobody has signed in with it."""
    values = data.dict(exclude_unset=True)
    email = values.pop("email", None)
    administration.change_details(person_id=user_id, by=request.actor, values=values)
    person = _shown(request, user_id)
    return person if email is None else person | {"email": _change_address(request, person, email)}


@router.put("/users/{user_id}/roles", response=SHOWN, operation_id="set_user_roles")
def set_user_roles(request: StaffRequest, user_id: UUID, data: UserRolesIn) -> dict[str, Any]:
    administration.set_roles(person_id=user_id, by=request.actor, today=access_day(), **data.dict())
    return _shown(request, user_id)


@router.post("/users/{user_id}/deactivation", response={204: None, **REFUSALS}, operation_id="deactivate_user")
def deactivate_user(request: StaffRequest, user_id: UUID, data: ReasonIn) -> Status[None]:
    """Everything the person has open ends with this request."""
    administration.deactivate(person_id=user_id, by=request.actor, reason=data.reason)
    request.afterwards.append(partial(account_upkeep.close_account, user_id))
    return Status(204, None)


@router.delete("/users/{user_id}/deactivation", response={204: None, **REFUSALS}, operation_id="reactivate_user")
def reactivate_user(request: StaffRequest, user_id: UUID) -> Status[None]:
    administration.reactivate(person_id=user_id, by=request.actor)
    request.afterwards.append(partial(account_upkeep.reopen_account, user_id))
    return Status(204, None)


@router.post("/users/{user_id}/unlock", response={204: None, **REFUSALS}, operation_id="unlock_user")
def unlock_user(request: StaffRequest, user_id: UUID) -> Status[None]:
    administration.unlock(person_id=user_id, by=request.actor)
    request.afterwards.append(partial(account_upkeep.lift_lock, user_id))
    return Status(204, None)


@router.post("/users/{user_id}/mfa-reset", response={204: None, **REFUSALS}, operation_id="reset_user_factors")
def reset_user_factors(request: StaffRequest, user_id: UUID, data: ReasonIn) -> Status[None]:
    administration.reset_factors(person_id=user_id, by=request.actor, reason=data.reason)
    request.afterwards.append(partial(account_upkeep.forget_factors, user_id))
    return Status(204, None)


@router.post("/users/{user_id}/invitation", response={204: None, **LIMITED}, operation_id="invite_user")
def invite_user(request: StaffRequest, user_id: UUID) -> Status[None]:
    """Send the invitation (again); somebody who has no account yet gets one."""
    if _shown(request, user_id)["status"] not in (*WAITING, "deactivated"):
        raise AccountTakenUp
    person = administration.invite(person_id=user_id, by=request.actor)
    _follow_with_invitation(request, person.pk, person.email)
    return Status(204, None)


@router.post("/users/{user_id}/password-reset", response={204: None, **LIMITED}, operation_id="send_password_reset")
def send_password_reset(request: StaffRequest, user_id: UUID) -> Status[None]:
    """Send a link to set a new password; the second factor stays. Nobody but its owner ever sees one."""
    administration.send_reset(person_id=user_id, by=request.actor)
    request.afterwards.append(partial(account_upkeep.send_reset, user_id))
    return Status(204, None)


@router.post("/users/{user_id}/verification", response={204: None, **REFUSALS}, operation_id="send_verification")
def send_verification(request: StaffRequest, user_id: UUID) -> Status[None]:
    """Send a link to confirm the e-mail address."""
    administration.send_verification(person_id=user_id, by=request.actor)
    request.afterwards.append(partial(account_upkeep.send_verification, user_id))
    return Status(204, None)


@router.post("/supervision", response=SHOWN, operation_id="assign_supervisor")
def assign_supervisor(request: StaffRequest, data: SupervisionIn) -> dict[str, Any]:
    """The supervisee's page, as it is now."""
    administration.assign_supervisor(by=request.actor, today=access_day(), **data.dict())
    return _shown(request, data.supervisee_id)


@router.delete("/supervision/{supervision_id}", response=SHOWN, operation_id="end_supervision")
def end_supervision(request: StaffRequest, supervision_id: UUID) -> dict[str, Any]:
    """The supervisee's page, as it is now."""
    row = administration.end_supervision(supervision_id=supervision_id, by=request.actor, today=access_day())
    return _shown(request, row.supervisee_id)


def _shown(request: StaffRequest, user_id: UUID) -> dict[str, Any]:
    return administration_queries.shown(user_id, me=request.actor.person, now=clock.now(), today=today_of(request))


def _change_address(request: StaffRequest, person: dict[str, Any], email: str) -> str:
    """The account first, whose address may be taken, and the profile when that is done: both have it, or neither."""
    who: UUID = person["id"]
    before: str = person["email"]
    if person["status"] not in WAITING:
        if email.lower() != before.lower():
            raise administration.AddressSignsIn
        return before
    request.otherwise.append(partial(account_upkeep.settle_address, who))
    if email.lower() == before.lower():
        request.afterwards.append(partial(account_upkeep.settle_address, who))
        return before
    address = administration.check_address(person_id=who, by=request.actor, email=email)
    keep = partial(administration.change_address, person_id=who, by=request.actor, before=before, email=address)
    request.afterwards += [partial(account_upkeep.change_address, who, address), keep]
    return address


def _follow_with_invitation(request: StaffRequest, user_id: UUID, email: str) -> None:
    """Identity opens the account, the administrator says whose it is, and then the link can be sent."""
    request.afterwards += [
        partial(account_upkeep.open_account, user_id, email),
        partial(administration.link_account, user_id),
        partial(account_upkeep.send_invitation, user_id),
    ]
