"""Thirty-two people want the same hour: real threads, real connections, real commits."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.tests.conftest import HOUR, TOMORROW, asked
from tests.cast import CLEO, ID, NOOR, OFFICE, ROOM, THEO, actor
from tests.committed import at_once
from tests.http import refused

pytestmark = pytest.mark.usefixtures("really_committed", "stopped_clock")
MANY = 32


def stored(model=Appointment, **where):
    with acting_as(actor("ada")), transaction.atomic():
        return list(model.objects.filter(**where).order_by("created_at", "id"))


def race(ask, who="fay", many=MANY):
    """Everybody books what `ask(number)` says; exactly one may win. Gives the winner's row and who was taken for
    each of the others."""
    answers = at_once([who] * many, lambda http, number: http.call("post", "/appointments", ask(number)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (many - 1), [a.content for a in answers]
    losers = {n: answer.json() for n, answer in enumerate(answers) if refused_or_won(answer)}
    assert len(stored(AuditLog, event="appointment.booked")) == 1
    (winner,) = stored()
    return winner, {n: body["data"]["who"] for n, body in losers.items()}


def refused_or_won(answer):
    return answer.status_code != 201 and refused(answer, 409, "double_booked")


def test_the_clinician_is_booked_once():
    """Everybody has another client."""
    new = {"first_name": "A", "date_of_birth": "1990-01-01"}
    made = at_once(["fay"] * MANY, lambda http, n: http.call("post", "/clients", new | {"last_name": f"Race{n}"}))
    clients = [answer.json()["id"] for answer in made]
    _, taken = race(lambda n: asked(clients[n], clinician_id=ID["ana"]))
    assert set(taken.values()) == {"clinician"}


def test_the_client_is_booked_once():
    clinicians = [ID[name] for name in ("ana", "ash", "mia", "sam")]
    winner, taken = race(lambda n: asked(CLEO, clinician_id=clinicians[n % 4]))
    others = {n: who for n, who in taken.items() if clinicians[n % 4] != winner.clinician_id}
    assert len(others) == MANY * 3 // 4
    assert set(others.values()) == {"client"}


def test_the_room_is_booked_once():
    pairs = [(CLEO, ID["ana"]), (NOOR, ID["ash"]), (THEO, ID["mia"])]

    def ask(n):
        client, clinician = pairs[n % 3]
        return asked(client, clinician_id=clinician, location_id=OFFICE, room_id=ROOM)

    winner, taken = race(ask)
    others = {n: who for n, who in taken.items() if pairs[n % 3][0] != winner.client_id}
    assert len(others) >= MANY // 2
    assert set(others.values()) == {"room"}


def test_overlapping_starts_and_the_same_double_click():
    """One person, many clicks, each a little later: the hours overlap, so one is booked."""
    _, taken = race(lambda n: asked(CLEO, TOMORROW + timedelta(minutes=n)), who="ana")
    assert len(taken) == MANY - 1


def test_series_and_single_bookings_do_not_entangle():
    """Half book weekly series, half single sessions inside them: no 5xx, and no hour is given away twice."""

    def send(http, n):
        if n % 2:
            return http.call("post", "/appointments", asked(CLEO, TOMORROW + timedelta(weeks=n % 8)))
        return http.call("post", "/appointments", asked(CLEO, repeat={"occurrence_count": 8}))

    answers = at_once(["ana"] * 12, send)
    assert {answer.status_code for answer in answers} <= {201, 409}, [answer.content for answer in answers]
    spans = sorted((row.starts_at, row.ends_at) for row in stored())
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_edits_of_one_series_wait_for_each_other():
    at_once(["ana"], lambda http, _: http.call("post", "/appointments", asked(repeat={"occurrence_count": 6})))
    rows = stored()

    def send(http, n):
        row = rows[n % 6]
        body = {"version": 1, "scope": "all", "starts_at": row.starts_at + HOUR, "ends_at": row.ends_at + HOUR}
        return http.call("patch", f"/appointments/{row.pk}", body)

    answers = at_once(["ana"] * 12, send)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 11, [a.content for a in answers]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
        "appointment_changed_elsewhere"
    }
    assert {row.version for row in stored()} == {2}
