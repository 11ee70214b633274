"""What people do about incidents: open one, take it on, move it on, and write down what is done about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.models import SecurityIncident
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.ops.alerts import actions as alerts
from mentalspace.ops.alerts.models import SystemAlert
from mentalspace.ops.alerts.rules import Stage
from mentalspace.ops.incidents import severities, taking, telling
from mentalspace.ops.incidents.errors import (
    AlreadyCommanded,
    AlreadyLinked,
    CannotFollow,
    IncidentChangedElsewhere,
    PostMortemMissing,
    PostMortemPublished,
)
from mentalspace.ops.incidents.holding import locked
from mentalspace.ops.incidents.models import (
    IncidentActionItem,
    IncidentRule,
    OperationsIncident,
    OperationsIncidentLine,
    OperationsIncidentLink,
    PostMortem,
)
from mentalspace.ops.incidents.opening import Opening, link, note, open_incident, take_turns
from mentalspace.ops.incidents.rules import GRAVE, Happened, Role, Severity, Source, Status, may_follow, post_mortem_due
from mentalspace.people.abilities import can, staff_who

KIND = "operations_incident"


@records("operations_incident.opened", "{actor} opened an incident", resource_type=KIND)
def open_by_person(
    *,
    by: Actor,
    incident_id: UUID,
    title: str,
    severity: Severity,
    detected_at: datetime | None,
    note: str,
    alert: UUID | None,
    security_incident: UUID | None,
) -> OperationsIncident:
    """Open an incident, of an alert's or a security incident's if one is named. Twice the same id is one incident.

    Raises AlreadyLinked, whose data names the incident there is about it already.
    """
    _can(by)
    take_turns(by.practice)
    if (before := OperationsIncident.objects.filter(pk=incident_id).first()) is not None:
        return before
    about = _about(alert, security_incident)
    source = Source.PERSON if about is None else Source.ALERT if isinstance(about, SystemAlert) else Source.SECURITY
    if source is not Source.PERSON and title:
        note = f"{title}. {note}".strip()
    now = clock.now()
    what = Opening(
        id=incident_id,
        title=title if about is None else _title_of(about),
        severity=severity,
        source=source,
        detected_at=detected_at or (now if about is None else _began(about)),
        note=note,
    )
    incident = open_incident(what, by=by)
    if about is not None and not link(incident, about, by=by, opened_it=True):
        _refuse_linked(about)
    return incident


def _about(alert: UUID | None, security_incident: UUID | None) -> SystemAlert | SecurityIncident | None:
    """What is to be linked. Raises Http404 for what is not there, AlreadyLinked for what belongs to an incident."""
    about: SystemAlert | SecurityIncident | None = None
    if alert is not None:
        about = SystemAlert.objects.exclude(stage=Stage.PENDING).visible(alert)
    elif security_incident is not None:
        about = SecurityIncident.objects.visible(security_incident)
    if about is not None and _links_of(about).exists():
        _refuse_linked(about)
    return about


def _links_of(about: SystemAlert | SecurityIncident) -> Any:
    links = OperationsIncidentLink.objects
    if isinstance(about, SystemAlert):
        return links.filter(alert=about)
    return links.filter(security_incident=about)


def _refuse_linked(about: SystemAlert | SecurityIncident) -> None:
    there = _links_of(about).values_list("incident", flat=True).first()
    raise AlreadyLinked(data={"incident": str(there)})


def _title_of(about: SystemAlert | SecurityIncident) -> str:
    """The product's own words; what somebody reported stays with the security incident."""
    if isinstance(about, SystemAlert):
        return f"{about.title}: {about.says}"
    return "Somebody reported a security incident" if about.incident_type == "reported" else about.description


def _began(about: SystemAlert | SecurityIncident) -> datetime:
    return about.since if isinstance(about, SystemAlert) else about.detected_at


@records("operations_incident.linked", "{actor} linked something to an incident", resource_type=KIND)
def add_link(*, incident_id: UUID, by: Actor, alert: UUID | None, security_incident: UUID | None) -> OperationsIncident:
    """Say that the incident is about this too. Raises AlreadyLinked and IncidentClosed."""
    incident = locked(incident_id)
    about = _about(alert, security_incident)
    if about is None:
        raise BadInput(fields={"alert_id": ["Choose an alert or a security incident."]})
    if not link(incident, about, by=by):
        _refuse_linked(about)
    return incident


@records("operations_incident.taken", "{actor} took an incident on", resource_type=KIND)
def take(*, incident_id: UUID, by: Actor) -> OperationsIncident:
    """Command it from now on: nobody further is called, and its open alerts are taken on as well.

    Twice by the same person is once. Raises AlreadyCommanded and IncidentClosed.
    """
    alert_ids = _hold_open_alerts(incident_id)
    incident = locked(incident_id)
    if incident.taken_at is None:
        _take(incident, alert_ids, by)
    elif incident.commander != by.person:
        raise AlreadyCommanded
    return incident


def _take(incident: OperationsIncident, alert_ids: list[UUID], by: Actor) -> None:
    taking.take(incident, by=by)
    for alert in alert_ids:
        alerts.acknowledge(alert_id=alert, by=by, note=f"By {incident.number}.")


def _hold_open_alerts(incident_id: UUID) -> list[UUID]:
    """Alerts first, then the incident: in this order whoever evaluates locks them, too."""
    rows = SystemAlert.objects.filter(incident_links__incident=incident_id, stage=Stage.OPEN)
    return [row.pk for row in rows.select_for_update(of=("self",), no_key=True).order_by("id")]


@records("operations_incident.noted", "{actor} noted something about an incident", resource_type=KIND)
def add_note(*, incident_id: UUID, by: Actor, line_id: UUID, text: str) -> OperationsIncident:
    """Keep it in the timeline. Twice the same id is one note."""
    incident = locked(incident_id)
    line = OperationsIncidentLine(id=line_id, practice_id=by.practice, incident=incident, happened=Happened.NOTE)
    line.person, line.note, line.created_at = by.person, text, clock.now()
    OperationsIncidentLine.objects.bulk_create([line], ignore_conflicts=True)
    return incident


@records("operations_incident.severity_changed", "{actor} changed how grave an incident is", resource_type=KIND)
def change_severity(*, incident_id: UUID, by: Actor, version: int, to: Severity, why: str) -> OperationsIncident:
    """Graver or less so, and why. Raises IncidentChangedElsewhere."""
    incident = _as_seen(incident_id, version)
    if incident.severity == to:
        raise BadInput(fields={"severity": ["It is that already."]})
    return severities.change(incident, to, by=by, why=why)


@records("operations_incident.moved", "{actor} changed the status of an incident", resource_type=KIND)
def move(*, incident_id: UUID, by: Actor, version: int, to: Status, text: str) -> OperationsIncident:
    """The next status. Whoever moves what nobody has taken on takes it on. Raises CannotFollow,
    IncidentChangedElsewhere and PostMortemMissing."""
    alert_ids = _hold_open_alerts(incident_id)
    incident = _as_seen(incident_id, version)
    before = Status(incident.status)
    if not may_follow(before, to):
        raise CannotFollow(data={"status": incident.status})
    if to is Status.CLOSED and incident.severity in GRAVE and incident.post_mortem_at is None:
        raise PostMortemMissing
    if incident.taken_at is None:
        _take(incident, alert_ids, by)
    incident.write(status=to, **_moments(incident, to), **incident.next_version(clock.now()))
    note(incident, Happened.STATUS, by=by, before=before, after=to, note=text)
    return incident


def _moments(incident: OperationsIncident, to: Status) -> dict[str, Any]:
    now = clock.now()
    if to is Status.CLOSED:
        return {"closed_at": now}
    if to is Status.RESOLVED:
        return {"resolved_at": now, "post_mortem_due_at": post_mortem_due(Severity(incident.severity), now)}
    return {"resolved_at": None, "post_mortem_due_at": None}


@records("operations_incident.roles_changed", "{actor} gave out the roles of an incident", resource_type=KIND)
def set_roles(
    *, incident_id: UUID, by: Actor, version: int, commander: UUID | None, communications: UUID | None,
    scribe: UUID | None,
) -> OperationsIncident:  # fmt: skip
    """Who commands, who speaks, who writes. What is commanded stays so.

    Naming oneself is taking it on. Naming somebody else tells them, and others are called until they take it on. Raises
    BadInput, IncidentChangedElsewhere.
    """
    alert_ids = _hold_open_alerts(incident_id)
    incident = _as_seen(incident_id, version)
    chosen = {Role.COMMANDER: commander, Role.COMMUNICATIONS: communications, Role.SCRIBE: scribe}
    changed = {role: person for role, person in chosen.items() if getattr(incident, role) != person}
    if incident.commander is not None and commander is None:
        raise BadInput(fields={"commander": ["Somebody must go on commanding it."]})
    _run_operations([person for person in changed.values() if person], "commander")
    if commander == by.person and incident.taken_at is None:
        _take(incident, alert_ids, by)
        changed.pop(Role.COMMANDER, None)
    incident.write(**{str(role): person for role, person in chosen.items()}, **incident.next_version(clock.now()))
    for role, person in changed.items():
        note(incident, Happened.ROLE, by=by, before=role, after=str(person or ""))
    if (named := changed.get(Role.COMMANDER)) is not None and named != by.person:
        telling.call_person(incident, telling.NAMED, named, by=by.person)
    return incident


@records("operations_incident.action_added", "{actor} added an action item", resource_type="incident_action_item")
def add_action_item(
    *, incident_id: UUID, by: Actor, item_id: UUID, what: str, assignee: UUID, due_on: Any
) -> IncidentActionItem:
    """What is to be done, by whom, until when. Twice the same id is one. A closed incident's can be added to."""
    incident = OperationsIncident.objects.visible(incident_id)
    _run_operations([assignee], "assignee")
    item = IncidentActionItem(id=item_id, practice_id=by.practice, incident=incident, what=what, assignee=assignee)
    item.due_on, item.added_by = due_on, by.person
    before = IncidentActionItem.objects.filter(pk=item_id).first()
    if before is None:
        item.save(force_insert=True)
        note(incident, Happened.ACTION, by=by, note=what)
        telling.ring_assignee(item, by=by.person)
    return before or item


@records("operations_incident.action_changed", "{actor} changed an action item", resource_type="incident_action_item")
def change_action_item(
    *, item_id: UUID, by: Actor, version: int, what: str, assignee: UUID, due_on: Any, is_done: bool
) -> IncidentActionItem:
    """Change it, or say that it is done. Raises IncidentChangedElsewhere and BadInput."""
    item = IncidentActionItem.objects.for_change(item_id)
    if item.version != version:
        raise IncidentChangedElsewhere(data={"version": item.version})
    is_handed_on = assignee != item.assignee
    if is_handed_on:
        _run_operations([assignee], "assignee")
    now, values = clock.now(), {"what": what, "assignee": assignee, "due_on": due_on}
    if is_done != (item.done_at is not None):
        values |= {"done_at": now if is_done else None, "done_by": by.person if is_done else None}
        note(item.incident, Happened.ACTION, by=by, after="done" if is_done else "open", note=what)
    item.write(**values, **item.next_version(now))
    if is_handed_on:
        telling.ring_assignee(item, by=by.person)
    return item


@records("post_mortem.saved", "{actor} wrote a post-mortem", resource_type="post_mortem")
def save_post_mortem(*, incident_id: UUID, by: Actor, version: int | None, texts: dict[str, str]) -> PostMortem:
    """Keep it as far as it is written; `version` None: nobody has begun. Raises IncidentChangedElsewhere,
    PostMortemPublished and IncidentClosed."""
    incident = locked(incident_id)
    row = PostMortem.objects.filter(incident=incident).first()
    _refuse_other(row, version)
    if row is not None:
        return row.write(**texts, **row.next_version(clock.now()))
    row = PostMortem(practice_id=by.practice, incident=incident, written_by=by.person, **texts)
    row.save(force_insert=True)
    return row


@records("post_mortem.published", "{actor} published a post-mortem", resource_type="post_mortem")
def publish_post_mortem(*, incident_id: UUID, by: Actor, version: int) -> PostMortem:
    """Everybody who runs operations reads it; nothing changes it any more. Raises BadInput, PostMortemPublished,
    IncidentChangedElsewhere."""
    incident, now = locked(incident_id), clock.now()
    row = PostMortem.objects.filter(incident=incident).first()
    _refuse_other(row, version)
    assert row is not None
    if incident.resolved_at is None:
        raise BadInput("Resolve the incident first: what is not over cannot be looked back on.")
    missing = [name for name in ("summary", "impact", "root_cause") if not getattr(row, name).strip()]
    if missing:
        raise BadInput(fields={name: ["Write this before you publish it."] for name in missing})
    row.write(published_at=now, published_by=by.person, **row.next_version(now))
    incident.write(post_mortem_at=now, **incident.next_version(now))
    note(incident, Happened.POST_MORTEM, by=by)
    return row


def _refuse_other(row: PostMortem | None, version: int | None) -> None:
    if row is not None and row.published_at is not None:
        raise PostMortemPublished
    if (row.version if row else None) != version:
        raise IncidentChangedElsewhere(data={"version": row.version if row else None})


@records(
    "operations_incident.rule_changed",
    "{actor} changed what opens an incident by itself",
    resource_type="operations_incident_rule",
    severity="warning",
)
def change_rule(*, rule_id: UUID, by: Actor, version: int, opens: str) -> IncidentRule:
    """What this opens from now on; "" is nothing. Raises IncidentChangedElsewhere."""
    _can(by)
    row = IncidentRule.objects.for_change(rule_id)
    if row.version != version:
        raise IncidentChangedElsewhere(data={"version": row.version})
    return row.write(opens=opens, **row.next_version(clock.now()))


def _as_seen(incident_id: UUID, version: int) -> OperationsIncident:
    row = locked(incident_id)
    if row.version != version:
        raise IncidentChangedElsewhere(data={"version": row.version})
    return row


def _run_operations(people: list[UUID], field: str) -> None:
    if staff_who("run_operations").filter(pk__in=people).count() != len(set(people)):
        raise BadInput(fields={field: ["Choose somebody who runs operations."]})


def _can(by: Actor) -> None:
    if not can(by.audience, "run_operations"):
        raise NotAllowed
