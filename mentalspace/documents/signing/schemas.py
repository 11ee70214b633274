"""The shapes of the API of signatures."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.documents.signing.rules import HIGH, LONGEST, MOST_POINTS, MOST_SIGNERS, MOST_STROKES, WIDE, Role

Sha256 = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Storable]
Coordinate = Annotated[int, Field(ge=0, le=max(WIDE, HIGH))]
Stroke = Annotated[list[Coordinate], Field(min_length=2, max_length=2 * MOST_POINTS)]
Drawn = Annotated[list[Stroke], Field(min_length=1, max_length=MOST_STROKES)]


class SignerIn(Schema):
    """`id`: of a colleague, of the client for the role Client, of the guardian's entry for the role Guardian."""

    id: UUID
    role: Role


class SignatureRequestIn(Schema):
    """Whom to ask, in this order when it is `is_ordered`. `id` is chosen by the page: sent twice, it is one request."""

    id: UUID
    signers: Annotated[list[SignerIn], Field(min_length=1, max_length=MOST_SIGNERS)]
    is_ordered: bool = True
    message: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable] = ""
    days: Annotated[int, Field(ge=1, le=LONGEST.days)] = 14


class SignatureMail(Schema):
    """The last mail about a place, as the outbox has it; `at` is when it was sent, called off, or else written."""

    what: Literal["link", "copy"]
    address: str
    state: Literal["waiting", "failed", "sent", "called_off"]
    at: datetime
    delivery_status: str
    problem: str


class SignerOut(Schema):
    """One signer's place. `waiting`: somebody else signs first; `closed`: the request ended before they had signed.

    `email`: where a client or guardian was first asked; `address_now`: where their next mail goes, empty when the chart
    has no address any more. `is_gone`: the colleague's account is closed, or they do not see this chart any more, so
    they cannot sign (in lists: the account alone).
    """

    id: UUID
    position: int
    role: Role
    person_id: UUID | None
    name: str
    email: str
    address_now: str
    mail: SignatureMail | None
    state: Literal["waiting", "asked", "signed", "declined", "closed"]
    asked_at: datetime | None
    decided_at: datetime | None
    method: Literal["", "typed", "drawn"]
    signed_name: str
    decline_reason: str
    is_gone: bool


class SignatureRequestOut(Schema):
    """A request as its document and its list show it. `sealed_id`: the version that holds the signatures;
    `gives_copy`: links give it now, so that it can be sent again; `copy_given_up_at`: since when it is not tried to
    make it any more, after many times.

    `consent` and `intent` are what a signer agrees to, each by itself.
    """

    id: UUID
    client_id: UUID
    client_name: str
    document_id: UUID
    document_sha256: str
    title: str
    status: Literal["open", "signed", "declined", "withdrawn", "expired"]
    is_ordered: bool
    message: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    sealed_id: UUID | None
    gives_copy: bool
    copy_given_up_at: datetime | None
    consent: str
    intent: str
    places: list[SignerOut]


class SignatureRequests(Schema):
    """The requests of one document, the latest first."""

    items: list[SignatureRequestOut]


class SignatureRequestPage(Schema):
    """One page; `next` is the cursor of the following page, or null at the end."""

    items: list[SignatureRequestOut]
    next: str | None = None


class WaitingFilter(Schema):
    """`mine`: what waits for one's own signature; `sent`: what one has sent and others are to sign."""

    whose: Literal["mine", "sent"] = "mine"
    cursor: str | None = None


class SignatureIn(Schema):
    """One's name as it stands in the place, what one drew, and the digest of the file one looked at.

    `drawing`: strokes of x, y, x, y … on a paper of 600 by 200.
    """

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]
    drawing: Drawn | None = None
    document_sha256: Sha256
    consents: Literal[True]
    intends: Literal[True]


class DeclineIn(Schema):
    reason: Reason


class SignerOption(Schema):
    """Somebody who could be asked to sign in this chart. `why_not`: why they cannot be, or empty."""

    id: UUID
    kind: Literal["staff", "client", "guardian"]
    name: str
    detail: str
    email: str
    why_not: str
