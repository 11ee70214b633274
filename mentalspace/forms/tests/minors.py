"""Cleo as a child, and her mother, in tests."""

from datetime import date
from typing import Any

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client, ClientGuardian
from tests.cast import CLEO, NOW, actor

MOTHERS = "mona@home.example"
MOTHER = {
    "name": "Mona Client",
    "relationship": "parent",
    "start_date": "2026-01-05",
    "can_sign": True,
    "email": MOTHERS,
}


def change(**values: object) -> None:
    """Cleo's chart says this instead."""
    with acting_as(actor("ada")):
        Client.objects.filter(pk=CLEO).update(**values)


def a_minor(http: Any) -> ClientGuardian:
    """Cleo as a child of ten, and her mother, whom nobody has verified yet."""
    change(date_of_birth=date(NOW.year - 10, 1, 1), state="NY")
    made = http("fay").call("post", f"/clients/{CLEO}/guardians", MOTHER)
    assert made.status_code == 201, made.content
    with acting_as(actor("ada")):
        return ClientGuardian.objects.get(client_id=CLEO, email=MOTHERS)


def verify(http: Any, row: ClientGuardian) -> None:
    answer = http("ada").call("post", f"/clients/{CLEO}/guardians/{row.pk}/verification", {"how": "Court papers"})
    assert answer.status_code in (200, 201), answer.content
