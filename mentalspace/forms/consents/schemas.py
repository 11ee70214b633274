"""The shapes of the API of consents."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.forms.consents.rules import State

ConsentKindName = Literal[
    "treatment", "privacy", "release", "electronic", "telehealth", "recording", "financial", "research"
]


def _said(most: int, least: int = 0) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


class ConsentRecordIn(Schema):
    """A consent that was given. The words and title of `template_id`'s version take the place of what is said here;
    `signer` is the client's or guardian's own name unless they gave another. A release names recipient and scope."""

    kind: ConsentKindName
    title: Annotated[str, _said(500, 1), Storable]
    words: Annotated[str, _said(20_000), Storable] = ""
    template_id: UUID | None = None
    form_id: UUID | None = None
    guardian_id: UUID | None = None
    signer: Annotated[str, _said(210), Storable] = ""
    how: Literal["paper", "verbal", "form"]
    recipient: Annotated[str, _said(300), Storable] = ""
    scope: Annotated[str, _said(1000), Storable] = ""
    effective: date
    expires: date | None = None


class ConsentsQuery(Schema):
    """The day on which who is to be recorded gave a consent, for who could sign then; without one, today."""

    on: Annotated[date, Field(ge=date(1900, 1, 1))] | None = None


class ConsentRevocationIn(Schema):
    """From which day, who took it back, and why if they said so."""

    on: date
    through: Annotated[str, _said(210, 1), Storable]
    reason: Annotated[str, _said(1000), Storable] = ""


class ClientConsentOut(Schema):
    """One consent. `expires` is its last day; `number` the version of the form whose words these are."""

    id: UUID
    kind: ConsentKindName
    state: State
    title: str
    words: str
    template_id: UUID | None
    number: int | None
    form_id: UUID | None
    guardian: str
    signer: str
    how: Literal["paper", "verbal", "form"]
    recipient: str
    scope: str
    effective: date
    expires: date | None
    recorded_by: str
    recorded_at: datetime
    revoked_on: date | None
    revoked_through: str
    revoke_reason: str
    revoked_by: str


class ConsentStanding(Schema):
    """How a kind stands; `expected` when a published form says so of every client."""

    kind: ConsentKindName
    state: State
    expected: bool


class ConsentText(Schema):
    """Words of the practice's in their published version; `months` is how long such a consent is good."""

    template_id: UUID
    number: int
    kind: ConsentKindName
    title: str
    words: str
    months: int | None
    expected: bool


class ConsentSigner(Schema):
    """Somebody who may give it: the client, or a guardian who may sign."""

    guardian_id: UUID | None
    name: str


class ClientConsentsOut(Schema):
    client_id: UUID
    may_record: bool
    kinds: list[ConsentStanding]
    consents: list[ClientConsentOut]
    texts: list[ConsentText]
    signers: list[ConsentSigner]
    is_minor: bool
