"""How incidents are answered: severities, clocks, who is called when, and what may follow what. No clock, no database.

Source: operations runbook, "Incident Response". Its "immediate" is the five minutes of *Identify and Triage*, its
"notify stakeholders" the fifteenth minute, its business day Monday to Friday on the practice's wall. No holidays are
kept: on one, a P3 is due as on any weekday.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Severity(StrEnum):
    """P0: system down, data breach. P1: a major feature broken. P2: a minor one. P3: cosmetic."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


GRAVE = (Severity.P0, Severity.P1)
"""What is told by text as well, and needs a post-mortem."""


class Status(StrEnum):
    TRIAGE = "triage"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CLOSED = "closed"


AT_WORK = (Status.TRIAGE, Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)
OVER = (Status.RESOLVED, Status.CLOSED)


class Source(StrEnum):
    """What an incident was opened by."""

    ALERT = "alert"
    SECURITY = "security_incident"
    PERSON = "person"


class Role(StrEnum):
    COMMANDER = "commander"
    COMMUNICATIONS = "communications"
    SCRIBE = "scribe"


class Happened(StrEnum):
    """A line of an incident's timeline. `ALERT`: a linked alert is over, or came back."""

    OPENED = "opened"
    SEVERITY = "severity"
    STATUS = "status"
    ROLE = "role"
    NOTE = "note"
    TOLD = "told"
    LINKED = "linked"
    ALERT = "alert"
    ACTION = "action"
    POST_MORTEM = "post_mortem"
    EXTRACT = "extract"
    BREACH = "breach"


class Whom(StrEnum):
    """Who is called: who is on call, whoever has the next week, or everybody who runs operations."""

    ON_CALL = "on_call"
    NEXT = "next"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class Call:
    """So long after the clock began these are called, unless somebody has taken the incident on. `after` None: when
    the response is due."""

    after: timedelta | None
    whom: Whom


NOW, TRIAGED, NOTIFIED = timedelta(0), timedelta(minutes=5), timedelta(minutes=15)
RESPONSE = {Severity.P0: TRIAGED, Severity.P1: timedelta(hours=1), Severity.P2: timedelta(hours=4)}
"""How soon somebody must have taken it on; a P3 has one business day."""

CALLS: dict[Severity, tuple[Call, ...]] = {
    Severity.P0: (Call(NOW, Whom.EVERYBODY), Call(TRIAGED, Whom.EVERYBODY), Call(NOTIFIED, Whom.EVERYBODY)),
    Severity.P1: (Call(NOW, Whom.ON_CALL), Call(NOTIFIED, Whom.EVERYBODY), Call(None, Whom.EVERYBODY)),
    Severity.P2: (Call(NOW, Whom.ON_CALL), Call(None, Whom.NEXT), Call(timedelta(hours=8), Whom.EVERYBODY)),
    Severity.P3: (Call(NOW, Whom.ON_CALL), Call(None, Whom.NEXT)),
}

POST_MORTEM_WITHIN = timedelta(hours=48)
STORM = timedelta(minutes=30)
"""Alerts that open so soon after an incident that alerts opened are linked to it: one fault sets off many."""

SATURDAY = 5


def response_due(severity: Severity, since: datetime, zone: ZoneInfo) -> datetime:
    """When somebody must have taken it on, if its clock began at `since`."""
    within = RESPONSE.get(severity)
    return since + within if within else _a_business_day_after(since, zone)


def _a_business_day_after(since: datetime, zone: ZoneInfo) -> datetime:
    """The same time on the wall of the next weekday; what begins on a weekend has all of Monday."""
    wall = since.astimezone(zone)
    if wall.weekday() >= SATURDAY:
        tuesday = wall.date() + timedelta(days=8 - wall.weekday())
        return datetime.combine(tuesday, time(0), zone).astimezone(since.tzinfo)
    then = wall.date() + timedelta(days=1)
    while then.weekday() >= SATURDAY:
        then += timedelta(days=1)
    return datetime.combine(then, wall.time(), zone).astimezone(since.tzinfo)


def call_at(severity: Severity, number: int, since: datetime, zone: ZoneInfo) -> datetime | None:
    """When the call of this number (0 is the first) is made; None when there is none."""
    calls = CALLS[severity]
    if number >= len(calls):
        return None
    after = calls[number].after
    return response_due(severity, since, zone) if after is None else since + after


def calls_come(severity: Severity, since: datetime, now: datetime, zone: ZoneInfo) -> int:
    """How many calls' time has come."""
    times = (call_at(severity, number, since, zone) for number in range(len(CALLS[severity])))
    return sum(at is not None and at <= now for at in times)


def may_follow(before: Status, after: Status) -> bool:
    """Work goes back and forth, what is resolved may turn out not to be, and what is closed stays so."""
    if before == after or before is Status.CLOSED:
        return False
    if after is Status.CLOSED:
        return before is Status.RESOLVED
    return after is not Status.TRIAGE


def is_graver(one: Severity, other: Severity) -> bool:
    return tuple(Severity).index(one) < tuple(Severity).index(other)


def post_mortem_due(severity: Severity, resolved_at: datetime) -> datetime | None:
    """Runbook: "within 48 hours for P0/P1"."""
    return resolved_at + POST_MORTEM_WITHIN if severity in GRAVE else None
