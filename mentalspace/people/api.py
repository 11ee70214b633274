"""Who am I, how long am I signed in, who works here; and the first administrator's set-up."""

from functools import partial
from typing import Any

from ninja import Router, Status

from mentalspace.core import clock
from mentalspace.core.api import REFUSALS
from mentalspace.people import abilities, hats, invitations, setup
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.models import Profile
from mentalspace.people.schemas import (
    AcceptanceIn,
    HatIn,
    InvitationIn,
    InvitationOut,
    MeOut,
    SessionOut,
    SetUpIn,
    StaffOut,
)
from mentalspace.people.sessions import absolute_end

router = Router(tags=["people"])


@router.get("/me", response={200: MeOut, **REFUSALS}, operation_id="get_me")
def get_me(request: StaffRequest) -> dict[str, Any]:
    """The signed-in person, their practice, and what to offer them."""
    return abilities.describe(request.me, request.actor.audience)


@router.get("/session", response={200: SessionOut, **REFUSALS}, operation_id="get_session")
def get_session(request: StaffRequest) -> SessionOut:
    """Looking does not extend the session."""
    return _ends(request)


@router.post("/session", response={200: SessionOut, **REFUSALS}, operation_id="extend_session")
def extend_session(request: StaffRequest) -> SessionOut:
    """The person is still there: the idle time starts again."""
    request.session.touch()  # type: ignore[attr-defined]
    return _ends(request)


@router.put("/session/hat", response={200: MeOut, **REFUSALS}, operation_id="choose_hats")
def choose_hats(request: StaffRequest, data: HatIn) -> dict[str, Any]:
    """Act in some of one's roles only, in this session, until one chooses again. It never adds any."""
    audience = hats.choose(request.session, request.me.audience, list(data.hats))
    return abilities.describe(request.me, audience)


@router.get("/staff", response={200: list[StaffOut], **REFUSALS}, operation_id="list_staff")
def list_staff(request: StaffRequest) -> list[dict[str, Any]]:
    """Everybody who works here, by name. Not paged: a practice's staff fits a screen."""
    return [abilities.as_staff(person) for person in Profile.objects.staff()]


@router.post("/setup", response={204: None, **REFUSALS}, operation_id="set_up_practice", auth=None)
def set_up_practice(request: StaffRequest, data: SetUpIn) -> Status[None]:
    """Make the holder of the set-up link the first administrator. Works once.

    Everything is checked here; the practice is named first and the link spent last, each by whom it takes. Should
    one of them fail, the link still works, and doing both again is harmless.
    """
    named = data.dict(exclude={"token", "password"})
    setup.check_form(**named)
    account = {"token": data.token, "email": data.email, "password": data.password}
    about = (data.practice_name, data.first_name, data.last_name)
    administrator = setup.check_account(**account, about=about)
    request.afterwards.append(partial(setup.name_practice, administrator, **named))
    request.afterwards.append(partial(setup.claim_account, **account))
    return Status(204, None)


@router.post(
    "/invitation/reading", response={200: InvitationOut, **REFUSALS}, operation_id="read_invitation", auth=None
)
def read_invitation(request: StaffRequest, data: InvitationIn) -> dict[str, Any]:
    """Who is invited to what. Changes nothing; a POST, because the token would stand in the address of a GET."""
    return invitations.read(data.token)


@router.post("/invitation", response={204: None, **REFUSALS}, operation_id="accept_invitation", auth=None)
def accept_invitation(request: StaffRequest, data: AcceptanceIn) -> Status[None]:
    """Take up the account by setting its password. Then sign in: setting up the second factor is the first step."""
    invitations.accept(token=data.token, password=data.password)
    return Status(204, None)


def _ends(request: StaffRequest) -> SessionOut:
    row = request.session.row  # type: ignore[attr-defined]
    return SessionOut(idle_expires_at=row.expire_date, absolute_expires_at=absolute_end(row), server_time=clock.now())
