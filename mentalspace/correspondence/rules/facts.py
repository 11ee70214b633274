"""What a rule is held against: the thing that happened, as it is now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.access.actor import own_practice
from mentalspace.correspondence.rules.conditions import Field, Value
from mentalspace.correspondence.rules.vocabulary import Recipient, Timing, Trigger
from mentalspace.notify.fields import Said
from mentalspace.practices.models import Practice


class Point(NamedTuple):
    """A thing, when it began to be so, and when its event is."""

    entity: UUID
    begins: datetime
    moment: datetime


STAFF = (Recipient.CLINICIAN, Recipient.SUPERVISOR, Recipient.ADMINISTRATOR, Recipient.ROLE, Recipient.USER)


@dataclass(frozen=True)
class Facts:
    """One thing, as it is now. It began to be so at `begins`; its event is at `moment`, the same unless it lies ahead.

    `occasion` tells two events of one thing apart, such as two dates on which a licence expires. `known_at` is since
    when the product has known of it, where being told late would be no use. `about` is what a notification leads to.
    """

    entity: UUID
    begins: datetime
    moment: datetime
    zone: ZoneInfo
    about: tuple[str, UUID]
    occasion: str = ""
    known_at: datetime | None = None
    client: UUID | None = None
    clinician: UUID | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cause:
    """A trigger whose cause exists: what may be asked and said about it, and where it is found.

    `facts(entity, now)` is the thing as it stood at that moment, None when it was not, or no longer, so.
    `between(start, end)` are the things whose moment lies in that span, whatever became of them. `is_event`: the
    room that does it says so (`notify.happenings`), else it is looked for. `lead`: how long before its moment it
    begins. `catches_up`: worth telling late, as long as its moment has not come. `repeats`: it lasts until somebody
    acts.
    """

    trigger: Trigger
    explains: str
    facts: Callable[[UUID, datetime], Facts | None]
    between: Callable[[datetime, datetime], Iterable[Point]]
    asks: Mapping[str, Field]
    says: Mapping[str, Said]
    timings: tuple[Timing, ...]
    recipients: tuple[Recipient, ...] = STAFF
    is_event: bool = False
    lead: timedelta = timedelta(0)
    catches_up: bool = False
    repeats: bool = False

    @property
    def fields(self) -> dict[str, Said]:
        """Everything a text may name."""
        return {"practice": Said("Riverbend Counseling", in_subject=True), **self.says}

    @property
    def in_subject(self) -> list[str]:
        return [name for name, said in self.fields.items() if said.in_subject]


def zone_of_practice() -> ZoneInfo:
    """The clock of the acting person's practice."""
    return ZoneInfo(Practice.objects.values_list("timezone", flat=True).get(pk=own_practice()))
