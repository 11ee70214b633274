"""The shapes of the people API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable

RoleName = Literal["administrator", "supervisor", "clinician", "associate", "billing", "front_desk", "client"]


class PracticeOut(Schema):
    id: UUID
    name: str
    timezone: str
    opens_at: str
    closes_at: str


class MeOut(Schema):
    """Who is signed in. `roles` are all of theirs, `acting_in` those they act in now; `can` lists what the frontend may
    offer them; the database decides."""

    id: UUID
    name: str
    initials: str
    email: str
    roles: list[str]
    acting_in: list[str]
    practice: PracticeOut
    can: list[str]


class HatIn(Schema):
    """The roles to act in; none means all."""

    hats: Annotated[list[RoleName], Field(max_length=7)]


class SessionOut(Schema):
    """When the session ends by itself, so that the browser can warn in time."""

    idle_expires_at: datetime
    absolute_expires_at: datetime
    server_time: datetime


class StaffOut(Schema):
    id: UUID
    name: str
    credentials: str
    roles: list[str]
    calendar_color: int
    is_schedulable: bool


class SetUpIn(Schema):
    """The first administrator's form, with the token of the set-up link."""

    token: Annotated[str, StringConstraints(max_length=500), Storable]
    practice_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Storable]
    timezone: Annotated[str, StringConstraints(max_length=60), Storable]
    first_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable]
    last_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable]
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), Storable]
    password: Annotated[str, StringConstraints(max_length=1000), Storable]


class AccountOut(Schema):
    """What protects one's own account, and what must be done before the product opens.

    `factors` holds `totp`, `webauthn` and `recovery_codes`, whichever the account has. `ended_elsewhere`: so many older
    sessions ended when this one began, because there may be `most_sessions` at a time.
    """

    email: str
    is_email_verified: bool
    factors: list[str]
    recovery_codes_left: int | None
    has_given_second_factor: bool
    is_password_change_due: bool
    password_changed_at: datetime | None
    password_expires_at: datetime | None
    is_trusted_device: bool
    most_sessions: int
    ended_elsewhere: int


class SignedInOut(Schema):
    """A browser in which one is signed in."""

    id: UUID
    browser: str
    ip_address: str | None
    started_at: datetime
    last_active_at: datetime
    is_current: bool
    is_on_trusted_device: bool


class DeviceIn(Schema):
    """What to call this browser; empty for a name made from what it says of itself."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), Storable] = ""


class DeviceOut(Schema):
    """A browser that stands for one's second factor."""

    id: UUID
    name: str
    browser: str
    ip_address: str | None
    trusted_at: datetime
    last_used_at: datetime
    expires_at: datetime
    is_current: bool


class EndedOut(Schema):
    """How many were ended."""

    ended: int


class InvitationIn(Schema):
    """The token of an invitation's link."""

    token: Annotated[str, StringConstraints(max_length=500), Storable]


class InvitationOut(Schema):
    """Who is invited to what."""

    first_name: str
    email: str
    practice: str


class AcceptanceIn(InvitationIn):
    """Taking up an account: the link's token and the password its owner has chosen."""

    password: Annotated[str, StringConstraints(max_length=1000), Storable]
