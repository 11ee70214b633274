"""The rows of the world about reminders: what is set, who agreed, what is planned, and which links were used."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from mentalspace.access.actor import acting_as
from mentalspace.scheduling.reminders.links import ReminderLink
from mentalspace.scheduling.reminders.models import (
    ContactConsent,
    NoticeSettings,
    ReminderLog,
    ReminderPreferences,
    ReminderSettings,
)
from tests.access.rows import NAMES, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, HERE, NEXT_DOOR, NOOR, OLEG, THEO

THEN = datetime(2026, 3, 1, tzinfo=UTC)


def reminders(w: Rows) -> None:
    for who, label, practice in (("ada", "here", HERE), ("olga", "next door", NEXT_DOOR)):
        w.put(who, label, ReminderSettings(practice_id=practice, quiet_from=time(20), quiet_until=time(9)))
        w.put(who, label, NoticeSettings(practice_id=practice))
    _agreed(w)
    _planned(w)
    _linked(w)


def _agreed(w: Rows) -> None:
    for who, label, pk in (
        ("ana", "Cleo's, Ana's", CLEO),
        ("fay", "Noor's, Fay's", NOOR),
        ("fay", "Theo's, Fay's", THEO),
        ("otto", "next door", OLEG),
    ):
        w.put(who, label, _consent(pk, WHO[who]))
    revoked = w.put("ana", "Cleo's, Ana's, revoked", _consent(CLEO, WHO["ana"], address="old@example.org"))
    with acting_as(actor("fay")):
        revoked.write(revoked_at=THEN, revoked_by_id=WHO["fay"])
    w.know("Cleo's, Ana's, revoked", revoked)
    w.put("ada", "Theo's, Ada's", _consent(THEO, WHO["ada"], address="ada@example.org"))
    for pk in (CLEO, NOOR, THEO):
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _consent(pk, me))  # type: ignore[misc]
    w.would("Cleo's, one's own, revoked", lambda me: _consent(CLEO, me, revoked_at=THEN, revoked_by_id=me))
    for who, label, pk in (
        ("ana", "Cleo's", CLEO),
        ("fay", "Noor's", NOOR),
        ("fay", "Theo's", THEO),
        ("vic", "Vera's", VERA),
        ("otto", "next door", OLEG),
    ):
        w.put(who, label, ReminderPreferences(practice_id=practice_of(pk), client_id=pk, email_timing=[48]))


def _consent(pk: UUID, by: UUID, address: str = "x@example.org", **ended: Any) -> Model:
    of = {"client_id": pk, "channel": "email", "address": address, "recorded_by_id": by}
    return ContactConsent(practice_id=practice_of(pk), given_at=THEN, **of, **ended)


def _planned(w: Rows) -> None:
    for who, label, of in (
        ("ana", "Cleo with Ana", "Cleo with Ana, Ana's"),
        ("fay", "Cleo with Mia", "Cleo with Mia, Fay's"),
        ("fay", "Noor with Ash", "Noor with Ash, Fay's"),
        ("fay", "Noor with Mia", "Noor with Mia, Fay's"),
        ("fay", "Theo with Ana", "Theo with Ana, Fay's"),
        ("fay", "Theo with Ash", "Theo with Ash, Fay's"),
        ("vic", "Vera with Vic", "Vera with Vic, Vic's"),
        ("otto", "next door", "next door"),
    ):
        w.put(who, label, _reminder(w, of, 24))
    sent: dict[str, Any] = {"status": "sent", "sent_at": THEN}
    w.put("sys", "Cleo with Ana, sent", _reminder(w, "Cleo with Ana, Ana's", 48, **sent))
    w.put("sys", "Cleo with Ana, held", _reminder(w, "Cleo with Ana, held", 48, **sent))
    w.put("sys", "Noor with Ash, sent", _reminder(w, "Noor with Ash, Fay's", 48, **sent))
    w.put("sys", "Cleo with Ana, handed over", _reminder(w, "Cleo with Ana, Ana's", 72, notification_id=uuid4()))


def _reminder(w: Rows, of: str, hours: int, **values: Any) -> Model:
    row = w.kept("appointments", of)
    about = {"appointment": row, "client_id": row.client_id, "clinician_id": row.clinician_id}
    when = {"starts_at": row.starts_at, "due_at": THEN, "hours_before": hours}
    return ReminderLog(practice_id=row.practice_id, reminder_type="email", **about, **when, **values)


def _linked(w: Rows) -> None:
    for who, label, of, used_at in (
        ("sys", "Cleo with Ana, asked", "Cleo with Ana", THEN),
        ("sys", "Theo with Ana, unused", "Theo with Ana", None),
        ("sys", "Noor with Ash, asked", "Noor with Ash", THEN),
        ("sys-next-door", "next door", "next door", THEN),
    ):
        w.put(who, label, _link(w.kept("reminder_logs", of), "reschedule", used_at))
    for label in ("Cleo with Ana", "Cleo with Ana, held", "Noor with Ash"):
        w.put("sys", f"{label}, confirmed", _link(w.kept("reminder_logs", label), "confirm", THEN))
    w.put("sys", "Noor with Ash, unused", _link(w.kept("reminder_logs", "Noor with Ash, sent"), "reschedule", None))
    w.put("sys", "Cleo with Ana, cancelled", _link(w.kept("reminder_logs", "Cleo with Ana"), "cancel", THEN))


def _link(of: Any, action: str, used_at: datetime | None) -> Model:
    about = {"appointment_id": of.appointment_id, "client_id": of.client_id, "clinician_id": of.clinician_id}
    token = {"token_hash": f"{of.pk}{action}"[:64], "starts_at": of.starts_at, "used_at": used_at}
    return ReminderLink(practice_id=of.practice_id, reminder_id=of.pk, action=action, **about, **token)
