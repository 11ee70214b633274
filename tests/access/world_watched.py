"""The rows of oversight that the matrix speaks of: incidents, rules, retention, checks of the chain, saved searches."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from mentalspace.access.actor import NOBODY, Actor, acting_as
from mentalspace.access.audiences import EVERY_HAT
from mentalspace.audit.models import (
    AlertRule,
    AuditRetention,
    AuditVerification,
    IncidentStep,
    SavedAuditQuery,
    SecurityIncident,
)
from tests.access.rows import WHO, Rows, actor
from tests.cast import HERE, NEXT_DOOR

THEN = datetime(2026, 1, 1, tzinfo=UTC)


def incidents(w: Rows) -> None:
    for who in ("ana", "sam", "ash", "bea", "fay", "cleo"):
        w.put(who, f"{who.title()}'s, open", _incident(HERE, WHO[who]))
    w.put("id", "nobody's", _incident(HERE, NOBODY))
    w.put("otto", "next door", _incident(NEXT_DOOR, WHO["otto"]))
    w.put("ada", "Ada's, resolved", _incident(HERE, WHO["ada"]))
    ended = w.kept("security_incidents", "Ada's, resolved")
    with acting_as(actor("ada")):
        for name, value in _RESOLVED.items():
            setattr(ended, name, value)
        ended.save(update_fields=list(_RESOLVED))
    w.know("Ada's, resolved", ended)
    told = w.put("sys", "the practice's, announced", _incident(HERE, HERE))
    with acting_as(actor("sys")):
        told.write(announced_at=THEN)
    w.know("the practice's, announced", told)
    w.would("one's own", lambda me: _incident(HERE, me))
    w.would("one's own, resolved", lambda me: SecurityIncident(**_RAISED, practice_id=HERE, raised_by=me, **_RESOLVED))
    for who, label, of in (("ada", "Ada's", "Ana's, open"), ("olga", "next door", "next door")):
        incident = w.kept("security_incidents", of)
        w.put(who, label, _step(incident, WHO[who]))
    w.would("one's own", lambda me: _step(w.kept("security_incidents", "Ana's, open"), me))


def oversight(w: Rows) -> None:
    rule = {"name": "x", "threshold": 1, "window_minutes": 60, "severity": "low"}
    for who, practice, names in (
        ("ada", HERE, ("bulk", "everything", "Ada's", "Ada's")),
        ("olga", NEXT_DOOR, ("next door",) * 4),
    ):
        w.put(who, names[0], AlertRule(practice_id=practice, **rule))
        w.put(who, names[1], AuditRetention(practice_id=practice, years=6))
        w.put(who, names[2], AuditVerification(practice_id=practice, asked_by=WHO[who]))
        w.put(who, names[3], SavedAuditQuery(practice_id=practice, saved_by=WHO[who], name="x"))
    w.put("ada", "Ada's, finished", AuditVerification(practice_id=HERE, asked_by=WHO["ada"], finished_at=THEN))
    w.put("sys", "the practice's", AuditVerification(practice_id=HERE, asked_by=HERE))
    w.put("sys", "the practice's, finished", AuditVerification(practice_id=HERE, asked_by=HERE, finished_at=THEN))
    was_administrator = SavedAuditQuery(practice_id=HERE, saved_by=WHO["ana"], name="x")
    with acting_as(Actor(HERE, WHO["ana"], EVERY_HAT)):
        was_administrator.save(force_insert=True)
    w.know("Ana's, once administrator", was_administrator)
    w.would("one's own", lambda me: AuditVerification(practice_id=HERE, asked_by=me))
    w.would("one's own", lambda me: SavedAuditQuery(practice_id=HERE, saved_by=me, name="y"))


_RAISED = {"incident_type": "x", "severity": "low", "description": "x"}
_RESOLVED = {
    "status": "resolved",
    "investigated_by": WHO["ada"],
    "investigated_at": THEN,
    "resolved_by": WHO["ada"],
    "resolved_at": THEN,
    "resolution_notes": "x",
    "announced_at": THEN,
}


def _incident(practice: UUID, by: UUID) -> Model:
    return SecurityIncident(practice_id=practice, raised_by=by, **_RAISED)


def _step(incident: Any, by: UUID) -> Model:
    return IncidentStep(practice_id=incident.practice_id, incident=incident, taken_by=by, step="noted", note="x")
