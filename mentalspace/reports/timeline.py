"""Everything in a chart, newest first, as one statement over the tables that hold it. Row-level security decides.

A part is left out of the statement when the person's hats have no grant on its table. No part shows note text.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.http import Http404

from mentalspace.core.paging import PAGE_SIZE, encode_cursor, position
from mentalspace.people.abilities import can

NAME: Final = "trim(p.first_name || ' ' || p.last_name)"

PARTS: Final = {
    "appointment": f"""
        SELECT a.id, 'appointment', coalesce(a.actual_started_at, a.starts_at),
               a.appointment_type || ' with ' || {NAME},
               coalesce(nullif(a.cancellation_reason, ''), l.name, ''), a.status
          FROM appointments a JOIN profiles p ON p.id = a.clinician_id LEFT JOIN locations l ON l.id = a.location_id
         WHERE a.client_id = %(client)s""",
    "note": f"""
        SELECT n.id, 'note', coalesce(n.started_at, n.service_date::timestamp AT TIME ZONE %(timezone)s),
               CASE n.kind WHEN 'progress_note' THEN 'Progress note' ELSE 'Note' END,
               n.note_format || ' by ' || {NAME}, CASE WHEN n.signed_at IS NULL THEN 'draft' ELSE 'signed' END
          FROM clinical_notes n JOIN profiles p ON p.id = n.author_id
         WHERE n.client_id = %(client)s""",
    "measure": """
        SELECT m.id, 'measure', m.taken_at, m.instrument || ': ' || trim_scale(m.score)::text,
               CASE m.source WHEN 'import' THEN 'Imported' ELSE 'Entered here' END, ''
          FROM measure_results m
         WHERE m.client_id = %(client)s""",
    "diagnosis": """
        SELECT d.id, 'diagnosis', coalesce(d.onset_date::timestamp AT TIME ZONE %(timezone)s, d.created_at),
               d.description, d.code || ' (' || d.code_system || ')',
               CASE WHEN d.resolved_date IS NULL THEN 'active' ELSE 'resolved' END
          FROM diagnoses d
         WHERE d.client_id = %(client)s""",
    "alert": """
        SELECT c.id, 'alert', c.created_at, c.text, initcap(c.kind) || ' alert',
               CASE WHEN c.ended_at IS NULL THEN 'active' ELSE 'ended' END
          FROM client_alerts c
         WHERE c.client_id = %(client)s""",
}

PAGE: Final = """
WITH found AS (
    SELECT id, kind, at, title, subtitle, status FROM ({parts}) AS t (id, kind, at, title, subtitle, status)
     WHERE (%(words)s::text = '' OR position(%(words)s::text IN lower(title || ' ' || subtitle || ' ' || status)) > 0)
       AND (%(at)s::timestamptz IS NULL OR (at, id) < (%(at)s::timestamptz, %(id)s::uuid))
     ORDER BY at DESC, id DESC LIMIT %(size)s + 1
), shown AS (SELECT * FROM found ORDER BY at DESC, id DESC LIMIT %(size)s)
SELECT (SELECT coalesce(json_agg(shown ORDER BY at DESC, id DESC), '[]')::text FROM shown),
       CASE WHEN (SELECT count(*) FROM found) > %(size)s
            THEN (SELECT array[at::text, id::text] FROM shown ORDER BY at, id LIMIT 1) END
  FROM clients WHERE id = %(client)s"""

NOTHING: Final = "SELECT null::uuid, '', null::timestamptz, '', '', '' WHERE false"
"""In the place of parts that may not be read."""


def parts_for(audience: str, kinds: list[str]) -> list[str]:
    """The kinds that were asked for (none: all) and that this audience may ask the database for."""
    readable = list(PARTS) if can(audience, "read_notes") else ["appointment", "alert"]
    return [kind for kind in readable if kind in kinds or not kinds]


def items(
    *, client_id: UUID, audience: str, timezone: str, kinds: list[str], q: str, cursor: str | None
) -> tuple[str, str | None]:
    """One page of the timeline as JSON, and the cursor of the next. 404 when the client is invisible. One statement."""
    at, pk = position(cursor, datetime.fromisoformat, UUID)
    parts = [PARTS[kind] for kind in parts_for(audience, kinds)]
    values: dict[str, Any] = {
        "client": client_id,
        "timezone": timezone,
        "words": " ".join(q.lower().split()),
        "size": PAGE_SIZE,
    }
    with connection.cursor() as answer:
        answer.execute(PAGE.format(parts=" UNION ALL ".join(parts or [NOTHING])), values | {"at": at, "id": pk})
        found = answer.fetchone()
    if found is None:
        raise Http404
    made, last = found
    return made, encode_cursor(last) if last else None
