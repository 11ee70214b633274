"""The shapes of the API of forms that clients are given."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.documents.schemas import Uploading
from mentalspace.forms.building.schemas import FormCategory
from mentalspace.forms.details.fields import Detail
from mentalspace.forms.files.schemas import FormFileOut
from mentalspace.forms.spec import MOST_FIELDS, FormDefinition

FormStatus = Literal["open", "submitted", "returned", "accepted", "rejected", "withdrawn", "in_error"]
FormPriority = Literal["low", "normal", "high", "urgent"]
FormOutcome = Literal["accepted", "returned", "rejected"]


class AssignmentIn(Schema):
    """Which form a client is given, and what is said of it."""

    template_id: UUID
    due_date: date | None = None
    priority: FormPriority = "normal"
    instructions: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""


class PacketPlace(Schema):
    """In which packet a form was given, at which place, and how many of those that count are sent or decided."""

    bundle: UUID
    title: str
    place: int
    done: int
    total: int


class FormRow(Schema):
    """A form that was given to a client, without the answers. `done` and `total` count the questions that need one."""

    id: UUID
    client_id: UUID
    client_name: str
    title: str
    number: int
    category: FormCategory
    status: FormStatus
    priority: FormPriority
    due_date: date | None
    instructions: str
    assigned_by: str
    assigned_at: datetime
    changed_at: datetime
    done: int
    total: int
    packet: PacketPlace | None


class FormPage(Schema):
    """One page of forms; `next` is the cursor of the following page, or null at the end."""

    items: list[FormRow]
    next: str | None = None


class ScoreOut(Schema):
    """What a score came to; no total while an answer is missing."""

    key: str
    label: str
    total: float | None
    missing: int
    band: str


class TakenOut(Schema):
    """A detail of the chart that was taken over from an answer, as it was before and as it is since."""

    what: Detail
    label: str
    before: str
    after: str


class RoundOut(Schema):
    """The answers of one round, and what became of them."""

    id: UUID
    round: int
    answers: dict[str, Any]
    version: int
    typed_by: str
    saved_at: datetime | None
    submitted_at: datetime | None
    scores: list[ScoreOut]
    outcome: FormOutcome | Literal[""]
    reviewed_by: str
    reviewed_at: datetime | None
    review_note: str
    taken: list[TakenOut]


class SignedConsentOut(Schema):
    """A consent in a form that waits for a review. `wrong` says why it cannot be accepted as it is dated; one that
    was revoked since becomes no record."""

    title: str
    signer: str
    effective: date
    wrong: str
    is_revoked: bool


class FormSignerOut(Schema):
    """Somebody who may have signed, the client unless a guardian is named, and whether it most likely was they."""

    guardian_id: UUID | None
    name: str
    is_presumed: bool


class DetailOffer(Schema):
    """A detail of the chart that an answer would change: what the chart says `now`, what it would become, and why that
    cannot be, or empty."""

    what: Detail
    label: str
    now: str
    becomes: str
    wrong: str


class DetailsOut(Schema):
    """What can be taken over into the chart, and whether the person may. `changed_at`: when the chart's details were
    changed after the form was sent, and so may be newer than the answers."""

    may_take: bool
    changed_at: datetime | None
    offers: list[DetailOffer]


class FormErrorOut(Schema):
    """Why what was sent counts for nothing, who said so, and when."""

    reason: str
    by: str
    at: datetime


class FormOut(FormRow):
    """A form with what it asks and its rounds, the newest first. While it waits for a review: the consents that were
    signed in it, by whom that may have been, and which answers the chart could take over. `files` are those that any
    round names; `uploading` what may be added, where files are asked for."""

    definition: FormDefinition
    rounds: list[RoundOut]
    may_write: bool
    consents: list[SignedConsentOut]
    signers: list[FormSignerOut]
    details: DetailsOut | None
    files: list[FormFileOut]
    uploading: Uploading | None
    error: FormErrorOut | None


class AnswersIn(Schema):
    """Every answer there is so far, and the version they were built on."""

    version: Version
    answers: Annotated[dict[str, Any], Field(max_length=MOST_FIELDS)]


class FormReviewIn(Schema):
    """What was decided about a round. `note` says what is to be changed, or why it was rejected; `signed_by` who
    signed the consents in what is accepted: "client", or a guardian's id. `taken`: the details that the chart takes
    over, each with what the chart said when that was decided; where it says something else by now, nothing is done."""

    round: Annotated[int, Field(ge=1, le=1000)]
    outcome: FormOutcome
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""
    signed_by: Literal["client"] | UUID | None = None
    taken: dict[Detail, Annotated[str, StringConstraints(max_length=1000), Storable]] = {}


class FormErrorIn(Schema):
    """Why it is in error, say because it is another client's."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1000), Storable]


class ClientFormFilter(Schema):
    """Without `in_error` what counts; with it, what was entered in error."""

    in_error: bool = False
    cursor: str | None = None


class FormFilter(Schema):
    cursor: str | None = None
