"""A chart of Ana's to read from: appointment, signed note, viewed client."""

from datetime import date
from functools import partial
from uuid import uuid4

from mentalspace.access.actor import acting_as
from tests.access.oracle import Thing
from tests.access.universes import model_of
from tests.cast import CLEO, HERE, ID, actor

QUERIES = {
    "/api/appointments": "?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
    "/api/clients/search": "?q=cleo",
    "/api/today": "?day=2026-01-01",
}


def prepared(browser, path):
    """The path with ids of Cleo's filled in, after making what they name."""
    make = partial(_make, today=date(2026, 1, 1))
    appointment = make("appointments", clinician=ID["ana"], created_by=ID["ana"])
    note = make("clinical_notes", author=ID["ana"])
    make("note_versions", of={"note": note, "saved_by": ID["ana"]})
    browser.read(f"/clients/{CLEO}")
    return path.format(client_id=CLEO, appointment_id=appointment, note_id=note) + QUERIES.get(path, "")


def _make(table, *, today, of=None, **named):
    thing = Thing(table, uuid4(), HERE, of or {"client": CLEO, **named})
    with acting_as(actor("ana")):
        model_of(thing, today).save(force_insert=True)
    return thing.id
