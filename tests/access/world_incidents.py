"""Rows of incidents, of what was kept with them, and of who is on call."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import SecurityIncident
from mentalspace.ops.models import (
    BreachAffected,
    BreachAssessment,
    IncidentActionItem,
    IncidentExtract,
    IncidentRule,
    OnCallOverride,
    OnCallRotation,
    OperationsIncident,
    OperationsIncidentLine,
    OperationsIncidentLink,
    PostMortem,
)
from tests.access.rows import WHO, Rows, actor
from tests.cast import CLEO, HERE, NEXT_DOOR, OLEG

DAY = date(2026, 1, 5)


def operations_incidents(w: Rows) -> None:
    """Ada's, the product's, one that is closed, and one next door, with everything that belongs to them."""
    for who, label, practice in (("ada", "Ada's", HERE), ("olga", "next door", NEXT_DOOR)):
        incident = w.put(who, label, _incident(practice, WHO[who]))
        w.put(who, label, _line(incident, WHO[who]))
        w.put(who, label, _item(incident, WHO[who]))
        w.put(who, label, PostMortem(practice_id=practice, incident=incident, written_by=WHO[who]))
        w.put(who, label, _extract(incident, WHO[who]))
        w.put(who, "here" if practice == HERE else label, _rotation(practice))
        w.put(who, label, _override(practice, WHO[who]))
        w.put(who, label, _link(incident, _raised(w, who, practice), WHO[who]))
    product = w.put("sys", "the product's", _incident(HERE, HERE, source="alert", is_automatic=True))
    w.put("sys", "the product's", _line(product, HERE))
    for who, label, practice in (("sys", "the product's", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        w.put(who, label, _rule(practice, "critical"))
    closed = w.put("ada", "Ada's, closed", _incident(HERE, WHO["ada"]))
    _close(closed)
    w.know("Ada's, closed", closed)
    published = {"summary": "x", "root_cause": "x", "written_by": WHO["ada"]}
    written = PostMortem(practice_id=HERE, incident=closed, **published)
    w.put("ada", "Ada's, published", written)
    with acting_as(actor("ada")):
        written.write(published_at=datetime.now(UTC), published_by=WHO["ada"])
    w.know("Ada's, published", written)
    _breaches(w, closed, product)
    _would(w, product)


def _would(w: Rows, product: OperationsIncident) -> None:
    """What somebody might add in their own name."""
    raised = _raised(w, "ada", HERE)
    w.would("one's own", lambda me: _incident(HERE, me))
    w.would("one's own", lambda me: _line(product, me))
    w.would("one's own", lambda me: _item(product, me))
    w.would("one's own", lambda me: PostMortem(practice_id=HERE, incident=product, written_by=me))
    w.would("one's own", lambda me: _extract(product, me))
    w.would("one's own", lambda me: _override(HERE, me))
    w.would("one's own", lambda me: _link(product, raised, me))
    w.would("another", lambda me: _rule(HERE, "high"))


def _breaches(w: Rows, closed: OperationsIncident, product: OperationsIncident) -> None:
    ours = w.put("ada", "Ada's", _breach(w.kept("operations_incidents", "Ada's"), WHO["ada"]))
    w.put("ada", "of an open one", _affected(ours, CLEO))
    w.would("another", lambda me: _affected(ours, OLEG))
    theirs = w.put("olga", "next door", _breach(w.kept("operations_incidents", "next door"), WHO["olga"]))
    w.put("olga", "next door", _affected(theirs, OLEG))
    decided = w.put("ada", "Ada's, decided", _breach(closed, WHO["ada"]))
    w.put("ada", "of a decided one", _affected(decided, CLEO))
    with acting_as(actor("ada")):
        decided.write(decision="breach", reasons="x", decided_by=WHO["ada"], decided_at=datetime.now(UTC))
    w.know("Ada's, decided", decided)
    w.would("one's own", lambda me: _breach(product, me))


def _incident(practice: UUID, by: UUID, **more: Any) -> OperationsIncident:
    now = datetime.now(UTC)
    what = {"title": "x", "severity": "P2", "source": "person"} | more
    moments = dict.fromkeys(("detected_at", "clock_at", "due_at"), now)
    return OperationsIncident(practice_id=practice, opened_by=by, **moments, **what)


def _close(incident: OperationsIncident) -> None:
    """As Ada would: she takes it on, resolves it, closes it."""
    now = datetime.now(UTC)
    with acting_as(actor("ada")):
        incident.write(commander=WHO["ada"], taken_at=now, status="resolved", resolved_at=now)
        incident.write(status="closed", closed_at=now)


def _line(of: OperationsIncident, by: UUID) -> OperationsIncidentLine:
    return OperationsIncidentLine(practice_id=of.practice_id, incident=of, happened="note", person=by, note="x")


def _item(of: OperationsIncident, by: UUID) -> IncidentActionItem:
    what = {"what": "x", "assignee": by, "due_on": DAY, "added_by": by}
    return IncidentActionItem(practice_id=of.practice_id, incident=of, **what)


def _extract(of: OperationsIncident, by: UUID) -> IncidentExtract:
    what = {"search": {}, "lines": 1, "content": "x", "taken_by": by}
    return IncidentExtract(practice_id=of.practice_id, incident=of, **what)


def _rotation(practice: UUID) -> OnCallRotation:
    return OnCallRotation(practice_id=practice, starts_on=DAY, hands_over=time(9))


def _override(practice: UUID, by: UUID) -> OnCallOverride:
    now = datetime.now(UTC)
    span = {"starts_at": now, "ends_at": now + timedelta(hours=1)}
    return OnCallOverride(practice_id=practice, person=by, added_by=by, **span)


def _rule(practice: UUID, grade: str) -> IncidentRule:
    return IncidentRule(practice_id=practice, source="alert", grade=grade, subject="x")


def _raised(w: Rows, who: str, practice: UUID) -> SecurityIncident:
    row = SecurityIncident(practice_id=practice, incident_type="x", severity="low", description="x")
    row.raised_by = WHO[who]
    with acting_as(actor(who)):
        row.save(force_insert=True)
    return row


def _link(of: OperationsIncident, about: SecurityIncident, by: UUID) -> OperationsIncidentLink:
    return OperationsIncidentLink(practice_id=of.practice_id, incident=of, security_incident=about, linked_by=by)


def _breach(of: OperationsIncident, by: UUID) -> BreachAssessment:
    now = datetime.now(UTC)
    what = {"discovered_on": DAY, "due_on": DAY + timedelta(days=60), "search": {}, "counted_at": now}
    return BreachAssessment(practice_id=of.practice_id, incident=of, declared_by=by, **what)


def _affected(of: BreachAssessment, client: UUID) -> BreachAffected:
    now = datetime.now(UTC)
    row = BreachAffected(practice_id=of.practice_id, assessment=of, client_id=client, times=1)
    row.first_at = row.last_at = now
    return row
