"""PHQ-9 and GAD-7 totals of the demo: most clients get better, unevenly; a few do not."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT
from mentalspace.exchange.fhir.measures import INSTRUMENTS
from mentalspace.ops.demo.caseload import CONDITIONS, Person, since
from mentalspace.ops.demo.cast import HOUSES
from mentalspace.ops.demo.schedule import Held
from mentalspace.outcomes.models import MeasureResult
from mentalspace.scheduling.rules import AppointmentStatus as Status

TOTAL = {instrument.name: instrument.total for instrument in INSTRUMENTS}
EVERY = timedelta(weeks=3)
MOST_BEFORE = 7
"""Results that were taken before the weeks which the calendar shows."""

Scores = dict[UUID, tuple[int, int | None]]
"""By appointment: the score taken there, and the one before it."""


def score(held: list[Held], rng: Random) -> Scores:
    """Write every client's results; return those taken at the appointments."""
    rows: list[MeasureResult] = []
    scores: Scores = {}
    by_client: dict[UUID, list[Held]] = {}
    for each in held:
        if each.row.status == Status.COMPLETED:
            by_client.setdefault(each.person.id, []).append(each)
    for sessions in by_client.values():
        rows += _course(sessions, rng, scores)
    for house in HOUSES:
        with acting_as(Actor(house.id, house.id, IMPORT)):
            MeasureResult.objects.bulk_create([row for row in rows if row.practice_id == house.id])
    return scores


def _course(sessions: list[Held], rng: Random, scores: Scores) -> list[MeasureResult]:
    """One client's results: every three weeks before these sessions, then at every second of them."""
    first, at_sessions = sessions[0], sessions[::2]
    began = since(first.person, first.row.starts_at.date())
    before = [first.row.starts_at - EVERY * number for number in range(MOST_BEFORE, 0, -1)]
    times = [at for at in before if at.date() >= began] + [each.row.starts_at for each in at_sessions]
    values = _values(len(times), rng)
    earlier: list[int | None] = [None, *values]
    for each, value, last in zip(
        at_sessions, values[-len(at_sessions) :], earlier[-len(at_sessions) - 1 :], strict=False
    ):
        scores[each.row.id] = (value, last)
    house = first.practitioner.member.house
    return [_result(house.id, first.person, at, value) for at, value in zip(times, values, strict=True)]


def _values(count: int, rng: Random) -> list[int]:
    """Falling from moderate or severe, with setbacks."""
    level, per_step = rng.uniform(11, 19), rng.choice((0.1, 0.8, 1.2, 1.6))
    return [max(1, round(level - per_step * number + rng.uniform(-1.5, 1.5))) for number in range(count)]


def _result(practice: UUID, person: Person, at: datetime, value: int) -> MeasureResult:
    instrument = CONDITIONS[person.theme][1]
    return MeasureResult(
        practice_id=practice,
        client_id=person.id,
        instrument=instrument,
        loinc_code=TOTAL[instrument],
        score=Decimal(value),
        taken_at=at,
        created_at=at,
        source="entered",
    )
