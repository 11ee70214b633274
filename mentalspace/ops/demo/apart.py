"""What the demo keeps apart: emergency access of the past days, one of it not reviewed yet, and Ana's own notes."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT
from mentalspace.audit.incidents import raise_incident
from mentalspace.charting.psychotherapy import vault
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.ops.demo.cast import ADA, ANA, ASH, MIA, RIVERBEND, Member, named
from mentalspace.ops.demo.schedule import Held
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.rules import AppointmentStatus as Status

CALLED = "Called the practice in acute distress; their own therapist was in session and could not be reached."
WELFARE = "Police asked for the safety plan during a welfare check in the evening."
FOUND = "Spoke with Ana and with Mia: the call and the hand-over are in the chart of the same evening."

THOUGHTS = (
    "The pause after my question about the brother was longer than any before. I filled it, and should not have: my "
    "own unease, I think. Wait next time.\n\nThat laugh when the letter came up. Hypothesis: the anger is nearer than "
    "it was in spring.",
    "Tired afterwards, as every time the father is in the room. What am I handed to carry? Take it to supervision.",
)
"""Invented, like everything in the demo."""


def keep(held: list[Held], now: datetime) -> None:
    """Two emergency accesses, the older one reviewed, and two psychotherapy notes of Ana's."""
    mias, ashes, anas = (latest_clients(held, member) for member in (MIA, ASH, ANA))
    reviewed_at = now - timedelta(days=8, hours=20)
    old = _emergency("reviewed", ANA, mias[0], now - timedelta(days=9), 35, WELFARE)
    old.ended_by_id = ANA.id
    old.reviewed_at, old.reviewed_by_id = reviewed_at, ADA.id
    old.review_outcome, old.review_note = "appropriate", FOUND
    new = _emergency("unreviewed", ANA, ashes[0], now - timedelta(days=1, hours=2), 60, CALLED)
    new.ended_at = None
    with acting_as(Actor(RIVERBEND.id, RIVERBEND.id, IMPORT)):
        BreakGlassAccess.objects.bulk_create([old, new])
    with acting_as(system_actor(RIVERBEND.id)):
        raise_incident(
            kind="emergency_access",
            severity="high",
            description=f"{ANA.first_name} {ANA.last_name} opened a chart by emergency access",
            person=ANA.id,
            resource_type="break_glass_access",
            resource=new.pk,
        )
    with acting_as(ANA.actor):
        for number, text in enumerate(THOUGHTS):
            _private(f"psychotherapy {number}", anas[0], now - timedelta(days=7 * number + 2), text)


def latest_clients(held: list[Held], member: Member) -> list[UUID]:
    """Whom this person saw last, the latest first."""
    seen = [each for each in held if each.practitioner.member is member and each.row.status == Status.COMPLETED]
    seen.sort(key=lambda each: (each.row.starts_at, each.row.id), reverse=True)
    return list(dict.fromkeys(each.row.client_id for each in seen))


def _emergency(name: str, who: Member, client: UUID, at: datetime, minutes: int, reason: str) -> BreakGlassAccess:
    return BreakGlassAccess(
        id=named(f"emergency {name}"),
        practice_id=RIVERBEND.id,
        client_id=client,
        staff_id=who.id,
        reason=reason,
        created_at=at,
        started_at=at,
        expires_at=at + timedelta(minutes=60),
        ended_at=at + timedelta(minutes=minutes),
    )


def _private(name: str, client: UUID, at: datetime, text: str) -> None:
    note = PsychotherapyNote(
        id=named(name),
        practice_id=RIVERBEND.id,
        client_id=client,
        author_id=ANA.id,
        about_date=at.astimezone(ZoneInfo(RIVERBEND.timezone)).date(),
        created_at=at,
        updated_at=at,
    )
    note.sealed = vault.seal(text, vault.Place(RIVERBEND.id, ANA.id, client, note.pk, note.version))
    note.save(force_insert=True)
