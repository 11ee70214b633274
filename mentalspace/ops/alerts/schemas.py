"""The API's shapes of alerts."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from mentalspace.core.fields import Storable, Version
from mentalspace.ops.alerts.models import LONGEST_MINUTES

KindName = Literal["check", "metric"]
ConditionName = Literal["bad", "attention", "unknown"]
SeverityName = Literal["warning", "critical"]
ChannelName = Literal["in_product", "email", "sms", "webhook"]
RoleName = Literal["administrator"]
"""Those who see alerts and can take one on (`run_operations`)."""

HappenedName = Literal["opened", "escalated", "acknowledged", "reopened", "resolved"]
Minutes = Annotated[int, Field(ge=0, le=LONGEST_MINUTES)]
MOST_STEPS, MOST_PEOPLE = 5, 20


class AlertLineOut(Schema):
    """A line of an alert's history: who was told by what, or who did what."""

    at: datetime
    happened: HappenedName
    person: str | None
    people: list[str]
    channels: list[ChannelName]
    note: str


class OfIncident(Schema):
    """The incident that an alert belongs to."""

    id: UUID
    number: str


class SystemAlertOut(Schema):
    """An alert. `page` is where it is put right; `next_step_at` when somebody else is told, if nobody takes it on;
    `good_since` since when it is good again, `unknown_since` since when nobody knows."""

    id: UUID
    rule: str
    severity: SeverityName
    stage: Literal["open", "acknowledged", "resolved"]
    title: str
    says: str
    fix: str
    page: str
    since: datetime
    last_at: datetime
    count: int
    good_since: datetime | None
    unknown_since: datetime | None
    opened_at: datetime
    next_step_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    note: str
    resolved_at: datetime | None
    incident: OfIncident | None
    history: list[AlertLineOut]


class SystemAlertFilter(Schema):
    """Which alerts a list shows: those that stand, those that are over, or all."""

    stage: Literal["", "standing", "resolved"] = ""
    severity: SeverityName | Literal[""] = ""
    cursor: str | None = None


class AlertSummaryOut(Schema):
    """What the frame shows: alerts that stand, critical ones that nobody has taken on, and whether nothing is evaluated
    any more."""

    open: int
    untaken: int
    is_silent: bool
    silent_seconds: float | None


class AcknowledgementIn(Schema):
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Storable] = ""


class AlertStepOut(Schema):
    """So many minutes after the step before, these are told: everybody of a role, and people who run operations."""

    minutes: int
    roles: list[RoleName]
    people: list[UUID]


class AlertStepIn(Schema):
    minutes: Minutes
    roles: Annotated[list[RoleName], Field(max_length=1)]
    people: Annotated[list[UUID], Field(max_length=MOST_PEOPLE)]


class SystemAlertRuleOut(Schema):
    """A rule. An empty `subject` is every check, or every metric. What a rule of the product's own (`default_key`)
    looks at stays as it is."""

    id: UUID
    version: int
    name: str
    default_key: str
    kind: KindName
    subject: str
    condition: ConditionName
    severity: SeverityName
    hold_minutes: int
    clear_minutes: int
    channels: list[ChannelName]
    steps: list[AlertStepOut]
    is_active: bool


class WatchableOut(Schema):
    key: str
    title: str


class SystemAlertRulesOut(Schema):
    """The practice's rules, and what a rule can be about."""

    rules: list[SystemAlertRuleOut]
    checks: list[WatchableOut]
    metrics: list[WatchableOut]


class SystemAlertRuleIn(Schema):
    """A rule as somebody wants it. The first step is told at once, whatever its minutes."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), Storable]
    kind: KindName
    subject: Annotated[str, StringConstraints(max_length=40), Storable] = ""
    condition: ConditionName
    severity: SeverityName
    hold_minutes: Minutes
    clear_minutes: Minutes
    channels: Annotated[list[ChannelName], Field(min_length=1, max_length=4)]
    steps: Annotated[list[AlertStepIn], Field(min_length=1, max_length=MOST_STEPS)]
    is_active: bool = True

    @model_validator(mode="after")
    def _as_kept(self) -> Self:
        self.channels = list(dict.fromkeys(self.channels))
        self.steps[0].minutes = 0
        return self

    def kept(self) -> dict[str, object]:
        """The columns: steps as JSON."""
        return self.model_dump(exclude={"steps", "version"}) | {
            "steps": [step.model_dump(mode="json") for step in self.steps]
        }


class SystemAlertRuleChange(SystemAlertRuleIn):
    version: Version


class WebhookIn(Schema):
    """An https address."""

    url: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^https?://[^\s\x00-\x1f]+$")]


class DeliveryOut(Schema):
    """One thing told there, or to be. Without `delivered_at` and `next_attempt_at` it was given up."""

    id: UUID
    event: str
    created_at: datetime
    attempts: int
    next_attempt_at: datetime | None
    delivered_at: datetime | None
    last_error: str


class WebhookOut(Schema):
    """The webhook, if there is one, and its latest deliveries."""

    url: str | None
    since: datetime | None
    set_by: str | None
    deliveries: list[DeliveryOut]


class WebhookSetOut(WebhookOut):
    """As `WebhookOut`, with the secret that deliveries are signed with: nothing shows it again."""

    secret: str


class AlertTestOut(Schema):
    """By what a test alert was sent."""

    channels: list[ChannelName]
