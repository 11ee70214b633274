"""Appointments to work on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps

from mentalspace.access.actor import acting_as
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.http import Http

TOMORROW = NOW + timedelta(days=1)
HOUR = timedelta(minutes=50)


def asked(client: UUID = CLEO, starts_at: datetime = TOMORROW, **more: Any) -> dict[str, Any]:
    """The body of a booking."""
    times = {"starts_at": starts_at, "ends_at": more.get("ends_at") or starts_at + HOUR}
    return {"client_id": client} | times | more


@pytest.fixture
def booked(http: Callable[[str], Http], stopped_clock: datetime) -> Callable[..., dict[str, Any]]:
    """`booked("ana")` is an appointment of hers with Cleo tomorrow at 10:00, as the API shows it."""

    def book(who: str = "ana", client: UUID = CLEO, **more: Any) -> dict[str, Any]:
        answer = http(who).call("post", "/appointments", asked(client, **more))
        assert answer.status_code == 201, answer.content
        appointment: dict[str, Any] = answer.json()["appointment"]
        return appointment

    return book


def write_note(appointment_id: str, *, sign: bool = False) -> str:
    """Ana begins (or signs) a note about Cleo for this appointment; its id. By table: notes are above this room."""
    note = apps.get_model("charting", "ClinicalNote")(
        practice_id=HERE,
        client_id=CLEO,
        author_id=ID["ana"],
        appointment_id=appointment_id,
        service_date=TOMORROW.date(),
    )
    with acting_as(actor("ana")):
        note.save(force_insert=True)
        if sign:
            type(note).objects.filter(pk=note.pk).update(signed_at=NOW)
    return str(note.pk)
