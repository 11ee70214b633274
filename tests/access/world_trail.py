"""The rows of the world that work leaves behind: the trail, imports, and the queue."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import connection

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import JOBS
from mentalspace.audit.models import AuditChain, AuditLog
from mentalspace.exchange.models import ExternalIdentifier, ImportRun
from tests.access.rows import WHO, Row, Rows, actor
from tests.cast import HERE, NEXT_DOOR


def trail(w: Rows) -> None:
    for who in ("ana", "ada", "sam", "ash", "bea", "fay", "cleo", "imp", "job"):
        w.put(who, f"{who.title()}'s", _event(HERE, actor(who).person))
    w.put("otto", "next door", _event(NEXT_DOOR, WHO["otto"]))
    w.put("id", "nobody's", _event(HERE, None))
    w.would("one's own", lambda me: _event(HERE, me))
    for who, label, practice in (("sys", "here", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        link = {"position": 9_000_000, "logged_at": datetime.now(UTC), "digest": "x", "hash": "x"}
        w.put(who, label, AuditChain(log_id=uuid4(), practice_id=practice, **link))


def _event(practice: UUID, user: UUID | None) -> AuditLog:
    what = {"action_type": "X", "event": "x", "resource_type": "x", "action_description": "x"}
    return AuditLog(practice_id=practice, user_id=user, **what)


def exchange(w: Rows) -> None:
    for who, label, practice in (("imp", "here", HERE), ("imp-next-door", "next door", NEXT_DOOR)):
        name = {"external_id": "x", "resource_type": "Patient", "system": "x", "object_id": uuid4()}
        w.put(who, label, ExternalIdentifier(practice_id=practice, **name))
        w.put(who, label, ImportRun(practice_id=practice, is_dry_run=True, started_at=datetime(2026, 1, 1, tzinfo=UTC)))


def queue(w: Rows) -> None:
    for label, person, practice in (("Ana's", "ana", HERE), ("Ada's", "ada", HERE), ("next door", "otto", NEXT_DOOR)):
        args = f'{{"actor": "{actor(person)}"}}'
        with acting_as(Actor(practice, WHO[person], JOBS)), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, args, priority) VALUES ('x', 'q', %s::jsonb, 0)"
                " RETURNING id",
                [args],
            )
            pk = cursor.fetchone()[0]
        values = {"id": pk, "task_name": "x", "queue_name": "q", "args": args, "priority": 0}
        w.rows.setdefault("procrastinate_jobs", {})[label] = Row("procrastinate_jobs", values, ("id",))
    event = {"job_id": pk, "type": "deferred"}
    w.rows["procrastinate_events"] = {"of any job": Row("procrastinate_events", event, ("job_id",))}
