"""Incidents as the pages show them, with names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from mentalspace.audit.models import IncidentStatus, SecurityIncident
from mentalspace.core import clock
from mentalspace.core.paging import page
from mentalspace.ops.alerts.models import STANDING, SystemAlert
from mentalspace.ops.incidents import on_call
from mentalspace.ops.incidents.models import (
    IncidentActionItem,
    IncidentRule,
    OnCallOverride,
    OnCallRotation,
    OperationsIncident,
    OperationsIncidentLine,
    OperationsIncidentLink,
    PostMortem,
)
from mentalspace.ops.incidents.rules import AT_WORK, GRAVE, OVER, Whom
from mentalspace.people.models import Profile

KEYS = ("-created_at", "-id")
LEFT, PRODUCT = "Somebody who left", "The product"
WEEKS_AHEAD = 6
TEXTS = ("summary", "impact", "root_cause", "went_well", "went_badly", "lessons")

Names = dict[UUID, str]
Found = dict[str, Any]


GRAVEST_FIRST = ("critical", "high", "warning", "medium", "low")
"""Of alerts and security incidents together."""


def listed(*, state: str, severity: str, cursor: str | None) -> tuple[list[Found], str | None]:
    """A page of incidents, the latest first: those at work, those that are over, or all. Two statements."""
    rows = OperationsIncident.objects.all()
    if state:
        rows = rows.filter(status__in=AT_WORK if state == "open" else OVER)
    if severity:
        rows = rows.filter(severity=severity)
    found, following = page(rows, keys=KEYS, cursor=cursor)
    named = _names(person for row in found for person in (row.commander, row.opened_by))
    return [_row(row, named) for row in found], following


def summary(me: UUID) -> Found:
    """What stands: open incidents, those nobody has taken, post-mortems and action items that are late, and whether the
    acting person is on call."""
    now = clock.now()
    open_ = list(OperationsIncident.objects.filter(status__in=AT_WORK).values_list("severity", "taken_at"))
    return {
        "open": len(open_),
        "grave": sum(severity in GRAVE for severity, _ in open_),
        "untaken": sum(taken is None for _, taken in open_),
        "late_post_mortems": late_post_mortems(now).count(),
        "late_action_items": late_items(now).count(),
        "on_call": [_name(person) for person in on_call.people_for(Whom.ON_CALL, now)],
        "is_me": on_call.person_now(now) == me,
    }


def _name(person: Profile) -> str:
    return person.full_name


def late_post_mortems(now: datetime) -> Any:
    """Incidents whose post-mortem is due and not published."""
    return OperationsIncident.objects.filter(post_mortem_due_at__lt=now, post_mortem_at__isnull=True)


def late_items(now: datetime) -> Any:
    """Action items whose day is over, on the practice's wall."""
    today = now.astimezone(on_call.zone_here()).date()
    return IncidentActionItem.objects.filter(done_at__isnull=True, due_on__lt=today)


def shown(incident_id: UUID) -> Found:
    """One incident with everything that belongs to it. 404 when there is none. Six statements."""
    row = OperationsIncident.objects.visible(incident_id)
    lines = list(OperationsIncidentLine.objects.filter(incident=row).order_by("created_at", "id"))
    items = list(IncidentActionItem.objects.filter(incident=row).order_by("due_on", "created_at"))
    written = PostMortem.objects.filter(incident=row).first()
    named = _names(_everybody(row, lines, items, written))
    return _row(row, named) | {
        "communications": _person(row.communications, named),
        "scribe": _person(row.scribe, named),
        "lines": [_line(line, named) for line in lines],
        "links": _links(row),
        "action_items": [_item(item, named) for item in items],
        "post_mortem": _post_mortem(written, named) if written else None,
    }


def _everybody(
    row: OperationsIncident,
    lines: list[OperationsIncidentLine],
    items: list[IncidentActionItem],
    written: PostMortem | None,
) -> Iterable[UUID | None]:
    yield from (row.commander, row.communications, row.scribe, row.opened_by)
    for line in lines:
        yield from (line.person, *line.people, _id(line.after))
    for item in items:
        yield from (item.assignee, item.done_by)
    if written is not None:
        yield written.published_by


def _row(row: OperationsIncident, named: Names) -> Found:
    same = (
        "id", "version", "number", "title", "severity", "status", "source", "is_automatic", "detected_at", "created_at",
        "due_at", "next_call_at", "taken_at", "resolved_at", "closed_at", "post_mortem_due_at", "post_mortem_at",
    )  # fmt: skip
    people = {"opened_by": _who(row.opened_by, row.practice_id, named), "commander": _person(row.commander, named)}
    return {name: getattr(row, name) for name in same} | people


def _line(line: OperationsIncidentLine, named: Names) -> Found:
    same = {name: getattr(line, name) for name in ("id", "happened", "before", "channels", "note")}
    chosen = _id(line.after)
    return same | {
        "at": line.created_at,
        "person": _who(line.person, line.practice_id, named),
        "after": named.get(chosen, LEFT) if chosen else line.after,
        "people": [named.get(person, LEFT) for person in line.people],
    }


def _links(row: OperationsIncident) -> list[Found]:
    rows = OperationsIncidentLink.objects.filter(incident=row).select_related("alert", "security_incident")
    return [_link(each) for each in rows.order_by("created_at", "id")]


def _link(row: OperationsIncidentLink) -> Found:
    if row.alert is not None:
        said = {"kind": "alert", "about": row.alert.pk, "title": row.alert.title, "says": row.alert.says}
        return said | {"state": row.alert.stage, "at": row.alert.opened_at, "id": row.pk}
    about = row.security_incident
    assert about is not None
    said = {"kind": "security_incident", "about": about.pk, "title": about.incident_type, "says": about.description}
    return said | {"state": about.status, "at": about.detected_at, "id": row.pk}


def _item(item: IncidentActionItem, named: Names) -> Found:
    same = {name: getattr(item, name) for name in ("id", "version", "what", "due_on", "done_at")}
    return same | {
        "assignee": _person(item.assignee, named),
        "done_by": named.get(item.done_by) if item.done_by else None,
    }


def _post_mortem(row: PostMortem, named: Names) -> Found:
    same = {name: getattr(row, name) for name in (*TEXTS, "version", "published_at", "updated_at")}
    return same | {"published_by": named.get(row.published_by, LEFT) if row.published_by else None}


def rules() -> list[IncidentRule]:
    """What opens an incident by itself, alerts first, the grave ones first."""
    rules = IncidentRule.objects.order_by("source", "-subject")
    return sorted(rules, key=lambda rule: (rule.source, GRAVEST_FIRST.index(rule.grade), not rule.subject))


def duty(now: datetime) -> Found:
    """The rotation, who steps in, and who is on call when in the coming weeks."""
    row = OnCallRotation.objects.first()
    instead = list(
        OnCallOverride.objects.filter(called_off_at__isnull=True, ends_at__gt=now).order_by("starts_at", "id")
    )
    ahead = on_call.ahead(now, WEEKS_AHEAD)
    people = row.people if row else []
    named = _names([*people, *(each.person for each in instead), *(shift.person for shift in ahead)])
    return {
        "version": row.version if row else None,
        "people": [_person(person, named) for person in people],
        "starts_on": row.starts_on if row else None,
        "hands_over": f"{row.hands_over:%H:%M}" if row else None,
        "overrides": [
            {
                "id": each.pk,
                "person": named.get(each.person, LEFT),
                "starts_at": each.starts_at,
                "ends_at": each.ends_at,
            }
            for each in instead
        ],
        "now": [_name(person) for person in on_call.people_for(Whom.ON_CALL, now)],
        "ahead": [
            {
                "starts_at": shift.starts_at,
                "ends_at": shift.ends_at,
                "person": named.get(shift.person, LEFT) if shift.person else None,
                "is_instead": shift.is_instead,
            }
            for shift in ahead
        ],
    }


def linkable() -> Found:
    """Alerts and security incidents that belong to no incident yet, the latest first."""
    alerts = SystemAlert.objects.filter(stage__in=STANDING, incident_links__isnull=True).order_by("-opened_at")[:50]
    waiting = SecurityIncident.objects.filter(~Q(status=IncidentStatus.RESOLVED), incident_links__isnull=True)
    return {
        "alerts": [{"id": each.pk, "title": each.title, "says": each.says} for each in alerts],
        "security_incidents": [
            {"id": each.pk, "title": each.incident_type, "says": each.description}
            for each in waiting.order_by("-detected_at")[:50]
        ],
    }


def _who(person: UUID, practice: UUID, named: Names) -> str:
    return PRODUCT if person == practice else named.get(person, LEFT)


def _person(person: UUID | None, named: Names) -> Found | None:
    return {"id": person, "name": named.get(person, LEFT)} if person else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _names(people: Iterable[UUID | None]) -> Names:
    found = Profile.objects.in_bulk({person for person in people if person})
    return {pk: person.full_name for pk, person in found.items()}
