"""What charting's tests start from: a session of Ana's with Cleo, notes on it, and a proof of identity."""

import io
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pypdf import PdfReader

from mentalspace.access.actor import acting_as
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.rules import AppointmentStatus
from tests.cast import CLEO, ID, NOW, ROLES, actor

TEXT = {
    "subjective": "Slept six hours.",
    "objective": "Calm, oriented.",
    "assessment": "Progress on sleep.",
    "plan": "Weekly sessions.",
}
ANXIETY = {"code": "F41.1", "description": "Generalized anxiety disorder"}


def held_session(
    who: str = "ana", client: UUID = CLEO, *, starts_at: datetime = NOW - timedelta(hours=1), **values: Any
) -> Appointment:
    """A session that began two minutes late and ended three late."""
    made = {
        "practice_id": ROLES[who][0],
        "client_id": client,
        "clinician_id": ID[who],
        "created_by_id": ID[who],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=50),
        "timezone": "America/New_York",
        "status": AppointmentStatus.COMPLETED,
        "actual_started_at": starts_at + timedelta(minutes=2),
        "actual_ended_at": starts_at + timedelta(minutes=53),
    } | values
    with acting_as(actor(who)):
        return Appointment.objects.create(**made)


def begun(http: Any, appointment: Appointment | None = None) -> Any:
    """A draft on a session, by its clinician's browser."""
    held = appointment or held_session()
    answer = http.call("post", "/notes", {"appointment_id": held.pk})
    assert answer.status_code == 201, answer.content
    return answer.json()


def draft_of(note: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What an editor that shows this note would send."""
    names = ("version", "note_format", "sections", "diagnoses", "service_date", "started_at", "ended_at")
    return {name: note[name] for name in names} | {"base": note["sections"]} | changes


def saved(http: Any, note: Any, **changes: Any) -> Any:
    answer = http.call("put", f"/notes/{note['id']}/draft", draft_of(note, **changes))
    assert answer.status_code == 200, answer.content
    return answer.json()


def written(http: Any, appointment: Appointment | None = None) -> Any:
    """A complete draft."""
    return saved(http, begun(http, appointment), sections=TEXT, diagnoses=[ANXIETY])


def prove(http: Any, *, seconds_ago: float = 0) -> None:
    """Leave in the session what allauth leaves after the password was entered again."""
    session = http.session
    session["account_authentication_methods"] = [
        *session["account_authentication_methods"],
        {"method": "password", "at": time.time() - seconds_ago, "reauthenticated": True},
    ]
    session.save()


def signed(http: Any, note: Any = None) -> Any:
    """A signed note of Ana's."""
    note = note or written(http)
    prove(http)
    answer = http.call("post", f"/notes/{note['id']}/signature", {"version": note["version"]})
    assert answer.status_code == 200, answer.content
    return answer.json()


def printed(http: Any, note: Any) -> str:
    """The words of a note's PDF."""
    answer = http.call("get", f"/notes/{note['id']}/document")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def of_anas(http: Any, make: Callable[[Any], Any] = written) -> tuple[Any, Any]:
    """Ana's browser, and a note of hers in the state that `make` leaves it in: `begun`, `written` or `signed`."""
    ana = http("ana")
    return ana, make(ana)
