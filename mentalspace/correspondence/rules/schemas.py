"""The shapes of the API over notification rules."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.correspondence.rules.conditions import LONGEST
from mentalspace.correspondence.rules.drafts import Draft

Trigger = Literal[
    "Note Due",
    "Note Overdue",
    "Supervisor Review Needed",
    "Appointment Reminder",
    "License Expiring",
    "Form Completed",
    "Critical Assessment Score",
    "Document Uploaded",
    "Client Registered",
]
"""Those of `vocabulary.Trigger` whose cause exists (`causes.CAUSES`); a test holds the two together."""

RuleChannel = Literal["Email", "SMS", "Dashboard Alert", "All"]
RecipientKind = Literal["Specific User", "Client", "Clinician", "Supervisor", "Administrator", "Role"]
TimingKind = Literal["Immediate", "Before Event", "After Event", "Scheduled"]
TimingUnit = Literal["minutes", "hours", "days"]
OperatorName = Literal[
    "equals", "not_equals", "greater_than", "less_than", "contains", "not_contains", "is_null", "is_not_null"
]
Text = Annotated[str, StringConstraints(max_length=2000), Storable]
Small = Annotated[int, Field(ge=0, le=32_000)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Condition(Schema):
    """One thing that must hold. `value` is empty for `is_null` and `is_not_null`."""

    field: Annotated[str, StringConstraints(max_length=40), Storable]
    operator: OperatorName
    value: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST), Storable] = ""


class NotificationRuleIn(Schema):
    """A rule. `recipients` are ids of people for "Specific User", roles for "Role". `repeat_interval` is in hours;
    `max_repeats` counts after the first. `timing_at` is for "Scheduled", by the practice's clock."""

    rule_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=120), Storable]
    rule_type: RuleChannel
    is_active: bool = True
    trigger_event: Trigger
    conditions: Annotated[list[Condition], Field(max_length=20)] = []
    recipient_type: RecipientKind
    recipients: Annotated[list[Annotated[str, StringConstraints(max_length=60), Storable]], Field(max_length=60)] = []
    timing_type: TimingKind = "Immediate"
    timing_offset: Small = 0
    timing_unit: TimingUnit = "hours"
    timing_at: ClockTime | None = None
    message_subject: Text
    message_template: Text
    send_once: bool = True
    send_repeatedly: bool = False
    repeat_interval: Small = 0
    max_repeats: Small = 0

    def draft(self) -> Draft:
        """What the rules of rules look at."""
        values = self.model_dump(exclude={"version"})
        at = values.pop("timing_at")
        return Draft(timing_at=time.fromisoformat(at) if at else None, **values)


class NotificationRuleChange(NotificationRuleIn):
    version: Version


class NotificationRuleOut(Schema):
    """A rule, when it last spoke, and how many it has told."""

    id: UUID
    version: int
    rule_name: str
    rule_type: RuleChannel
    is_active: bool
    trigger_event: Trigger
    conditions: list[Condition]
    recipient_type: RecipientKind
    recipients: list[str]
    timing_type: TimingKind
    timing_offset: int
    timing_unit: TimingUnit
    timing_at: str | None
    message_subject: str
    message_template: str
    send_once: bool
    send_repeatedly: bool
    repeat_interval: int
    max_repeats: int
    last_executed_at: datetime | None
    execution_count: int


class RuleSwitch(Schema):
    """On or off, of the version one has seen."""

    version: Version
    is_active: bool


class AskableOut(Schema):
    """A field that conditions may ask about."""

    field: str
    label: str
    kind: Literal["text", "number", "choice"]
    choices: list[str]
    operators: list[OperatorName]


class TriggerOut(Schema):
    """A trigger whose cause exists, and what a rule on it can be made of. `repeats`: it lasts until somebody acts."""

    trigger_event: Trigger
    explains: str
    conditions: list[AskableOut]
    fields: list[str]
    subject_fields: list[str]
    timings: list[TimingKind]
    recipient_types: list[RecipientKind]
    repeats: bool


class ShownOut(Schema):
    """What a reader would get by one channel."""

    channel: Literal["Email", "SMS", "Dashboard Alert"]
    subject: str
    text: str


class RehearsedOut(Schema):
    """One time the rule would have spoken, and to whom."""

    at: datetime
    readers: list[str]


class RehearsalOut(Schema):
    """What the rule would have done in the last seven days: the latest fifty, and how many in all."""

    items: list[RehearsedOut]
    count: int
