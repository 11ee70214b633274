"""The rows of the world about emergency access: running, ended, expired, reviewed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from mentalspace.access.actor import acting_as
from mentalspace.clients.break_glass.models import BreakGlassAccess
from tests.access.rows import LEX, VERA, WHO, Rows, actor
from tests.cast import HERE, NEXT_DOOR, OLEG, THEO


def emergencies(w: Rows) -> None:
    for name in ("ana", "ben", "sam", "ash"):
        with acting_as(actor(name)), connection.cursor() as cursor:
            cursor.execute("SELECT access.break_glass('X3', '1980-01-01', 'Vera is in danger.', '60 minutes')")
            access = BreakGlassAccess.objects.get(pk=cursor.fetchone()[0])
            if name == "ash":
                BreakGlassAccess.objects.filter(pk=access.pk).update(ended_at=datetime.now(UTC))
                access.refresh_from_db()
        w.know(f"{name.title()} of Vera, {'ended' if name == 'ash' else 'running'}", access)
    reviewed: dict[str, Any] = {"reviewed_at": datetime.now(UTC), "review_outcome": "appropriate"}
    w.put("imp", "Ana of Lex, expired", _emergency(HERE, "ana", LEX))
    w.put("imp", "Ben of Theo, reviewed", _emergency(HERE, "ben", THEO, reviewed_by_id=WHO["ada"], **reviewed))
    w.put("imp-next-door", "next door", _emergency(NEXT_DOOR, "olga", OLEG))
    w.would("Vera, one's own", lambda me: _emergency(HERE, None, VERA, staff_id=me, hours_ago=-1))


def _emergency(practice: UUID, who: str | None, pk: UUID, *, hours_ago: int = 3, **values: Any) -> BreakGlassAccess:
    began = datetime.now(UTC) - timedelta(hours=hours_ago, minutes=1)
    of = {"client_id": pk, "reason": "Somebody is in danger."} | ({"staff_id": WHO[who]} if who else {})
    span = {"started_at": began, "expires_at": began + timedelta(minutes=60)}
    return BreakGlassAccess(practice_id=practice, **of, **span, **values)
