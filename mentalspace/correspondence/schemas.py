"""The shapes of the API over what the practice sends, and over who carries it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Email, Storable, Telephone

State = Literal["waiting", "failed", "sent", "called_off"]
Channel = Literal["Email", "SMS"]
Provider = Literal["resend", "twilio"]
Secret = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Storable]
Sender = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254), Storable]


class MessageRow(Schema):
    """A message in the outbox. `state`: waiting (for its time or its next attempt), failed (given up), sent, or called
    off. `problem` says in plain words why it has not gone; `delivery_status` is what the provider told since.
    `client_id` is the client it goes to, if it goes to one."""

    id: UUID
    kind: str
    channel: Channel
    recipient_name: str
    client_id: UUID | None
    address: str
    subject: str
    state: State
    created_at: datetime
    next_attempt_at: datetime | None
    sent_at: datetime | None
    attempts: int
    problem: str
    provider: str
    delivery_status: str
    opened: bool
    clicked: bool


class MessageOut(MessageRow):
    """One message with its text; where its links were stands their name.

    `html` is how mail programs show it, in the look that mails have now; empty for a text message.
    """

    content: str
    html: str
    delivery_status_at: datetime | None
    opened_date: datetime | None
    clicked_date: datetime | None
    cancelled_at: datetime | None
    external_id: str


class MessageFilter(Schema):
    """Which messages a list shows."""

    state: State | Literal[""] = ""
    channel: Channel | Literal[""] = ""
    cursor: str | None = None


class StoppedClientOut(Schema):
    """A client who has a stopped address in the chart."""

    id: UUID
    name: str


class StopOut(Schema):
    """An address that nothing is sent to. Only what bounced may be lifted here; `may_lift` says so."""

    id: UUID
    channel: Channel
    address: str
    reason: Literal["bounced", "complained", "stopped"]
    detail: str
    since: datetime
    may_lift: bool
    clients: list[StoppedClientOut]


class ProblemOut(Schema):
    """Something that went wrong lately, how often, and when last."""

    problem: str
    times: int
    last_at: datetime


class CarrierOut(Schema):
    """Who carries the messages of a channel, and how that went in the last seven days.

    `provider` is `resend` or `twilio` when the practice has connected an account, else `smtp` or `folder`: the
    installation's own. `delivered` is null where nothing tells. `webhooks` are the addresses to enter with the
    channel's provider, connected or not.
    """

    channel: Channel
    provider: Literal["resend", "twilio", "smtp", "folder"]
    sender: str
    since: datetime | None
    sent: int
    delivered: int | None
    bounced: int
    failed: int
    waiting: int
    problems: list[ProblemOut]
    webhooks: list[str]
    sender_domain: str


class AccountIn(Schema):
    """An account with a provider: Resend's `key` and `signing_secret`, or Twilio's `account` and `token`."""

    sender: Sender
    key: Secret = ""
    signing_secret: Secret = ""
    account: Secret = ""
    token: Secret = ""


class TestIn(Schema):
    """Where a test message goes: an e-mail address or a telephone number (+1…)."""

    __test__ = False

    email: Email = ""
    phone: Telephone = ""
