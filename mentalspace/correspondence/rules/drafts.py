"""A rule as somebody writes it: what of it cannot be used, and why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import time
from typing import Any
from uuid import UUID

from mentalspace.access.audiences import ROLE_NAMES
from mentalspace.core.errors import BadInput
from mentalspace.correspondence.rules import conditions, wording
from mentalspace.correspondence.rules.causes import CAUSES
from mentalspace.correspondence.rules.facts import Cause
from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.correspondence.rules.timing import When
from mentalspace.correspondence.rules.vocabulary import Channel, Recipient, Timing, Trigger, Unit
from mentalspace.notify.fields import problem
from mentalspace.people.models import Profile

MOST_PEOPLE, MOST_REPEATS, MOST_HOURS = 50, 20, 14 * 24
ROLES = tuple(role for role in ROLE_NAMES if role != "client")


@dataclass(frozen=True)
class Draft:
    """A rule being written; the names are those of `NotificationRule`."""

    rule_name: str
    rule_type: str
    trigger_event: str
    conditions: list[Mapping[str, Any]]
    recipient_type: str
    recipients: list[str]
    timing_type: str
    timing_offset: int
    timing_unit: str
    timing_at: time | None
    message_subject: str
    message_template: str
    send_once: bool
    send_repeatedly: bool
    repeat_interval: int
    max_repeats: int
    is_active: bool = True

    @property
    def cause(self) -> Cause:
        return CAUSES[Trigger(self.trigger_event)]

    @property
    def when(self) -> When:
        return When(Timing(self.timing_type), self.timing_offset, Unit(self.timing_unit), self.timing_at)

    @property
    def values(self) -> dict[str, Any]:
        """What is stored."""
        return asdict(self)

    def unsaved(self, practice: UUID) -> NotificationRule:
        """As a row that is not stored."""
        return NotificationRule(practice_id=practice, **self.values)


def check(draft: Draft) -> None:
    """Raises BadInput, naming every field that cannot be used."""
    check_wording(draft)
    found: dict[str, str | None] = {"conditions": conditions.problem(draft.cause.asks, draft.conditions)}
    found["recipient_type"], found["recipients"] = _recipients(draft)
    found["timing_type"] = None if draft.when.timing in draft.cause.timings else "This trigger has no such moment."
    if wrong := draft.when.problem:
        found[wrong[0]] = wrong[1]
    found["repeat_interval"] = _repeats(draft)
    _raise(found)


def check_wording(draft: Draft) -> None:
    """Raises BadInput for a subject or a text that cannot be used."""
    longest = wording.LONGEST_SMS if draft.rule_type in (Channel.SMS, Channel.ALL) else wording.LONGEST_TEXT
    subject = problem(draft.message_subject, draft.cause.in_subject, wording.LONGEST_SUBJECT)
    text = problem(draft.message_template, draft.cause.fields, longest)
    _raise({"message_subject": subject, "message_template": text})


def _raise(found: Mapping[str, str | None]) -> None:
    if fields := {name: [said] for name, said in found.items() if said}:
        raise BadInput(fields=fields)


def _recipients(draft: Draft) -> tuple[str | None, str | None]:
    kind = Recipient(draft.recipient_type)
    if kind not in draft.cause.recipients:
        return "This trigger tells nobody of that kind.", None
    if kind is Recipient.CLIENT and draft.rule_type == Channel.DASHBOARD:
        return "A client has no bell: choose e-mail or text message.", None
    if kind is Recipient.ROLE:
        known = draft.recipients and set(draft.recipients) <= set(ROLES)
        return None, None if known else "Choose at least one role."
    if kind is Recipient.USER:
        return None, _people(draft.recipients)
    return None, "Nobody is chosen by hand here." if draft.recipients else None


def _people(chosen: list[str]) -> str | None:
    try:
        ids = {UUID(one) for one in chosen}
    except ValueError:
        ids = set()
    if not ids or len(ids) > MOST_PEOPLE:
        return f"Choose between one and {MOST_PEOPLE} people."
    there = Profile.objects.staff().filter(pk__in=ids).count()
    return None if there == len(ids) else "Somebody chosen does not work here any more."


def _repeats(draft: Draft) -> str | None:
    if not draft.send_repeatedly:
        return "Repeats are off." if draft.repeat_interval or draft.max_repeats else None
    if not draft.cause.repeats:
        return "This happens once and does not last, so there is nothing to repeat."
    if not 1 <= draft.repeat_interval <= MOST_HOURS or not 1 <= draft.max_repeats <= MOST_REPEATS:
        return f"Every 1 to {MOST_HOURS} hours, 1 to {MOST_REPEATS} times."
    return None
