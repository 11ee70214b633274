"""Random practices for the oracle: who there is, who treats and supervises whom, and what is written about clients."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from tests.access.oracle import HATS, Person, Thing, Universe
from tests.cast import HERE, NEXT_DOOR

PRACTICES = (HERE, NEXT_DOOR)
OF_UNIVERSES = [UUID(int=9 << 64), UUID(int=(9 << 64) + 10_000)]
"""The ids that generated rows have, and nothing else."""

HAT_SETS = st.sets(st.sampled_from(HATS), min_size=1, max_size=3).map(lambda hats: tuple(sorted(hats, key=HATS.index)))
SPANS = st.sampled_from([(-9, None), (-9, 5), (-9, 1), (0, None), (-9, 0), (-9, -3), (1, None), (1, 4)])

Ids = st.SearchStrategy[UUID]

ABOUT_ONE_CLIENT = {
    "client_status_changes": ("changed_by",),
    "emergency_contacts": (),
    "measure_results": (),
    "client_alerts": ("created_by",),
    "diagnoses": ("noted_by",),
    "appointments": ("clinician", "created_by"),
    "client_favorites": ("person",),
    "client_views": ("person",),
    "contact_consents": ("recorded_by",),
    "client_reminder_preferences": (),
}
"""Tables whose rows name a client, and whom else."""


@st.composite
def universes(draw: st.DrawFn) -> Universe:
    """Two practices, each with staff, clients (some with a portal), and what is written about them."""
    numbers = iter(range(1, 10_000))
    u = Universe([], [])
    for practice in PRACTICES:
        _one_practice(draw, practice, u, lambda: UUID(int=OF_UNIVERSES[0].int + next(numbers)))
    return u


@dataclass(frozen=True)
class Hand:
    """What the rows of one practice are drawn from."""

    draw: st.DrawFn
    practice: UUID
    new: Callable[[], UUID]
    staff: Ids
    client: Ids
    acting: Ids
    """People who sign in as clients."""

    def some(self, *of: st.SearchStrategy[Any], most: int = 4, **how: Any) -> list[tuple[Any, ...]]:
        """A few rows' worth of what they name."""
        return self.draw(st.lists(st.tuples(*of), max_size=most, **how))

    def thing(self, table: str, of: dict[str, UUID | None], **facts: Any) -> Thing:
        return Thing(table, self.new(), self.practice, of, **facts)


def _flags(*words: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words))


def _one_practice(draw: st.DrawFn, practice: UUID, u: Universe, new: Callable[[], UUID]) -> None:
    staff = [Person(new(), practice, draw(HAT_SETS)) for _ in range(draw(st.integers(2, 5)))]
    treated = [new() for _ in range(draw(st.integers(1, 4)))]
    portals = [Person(pk, practice, ("client",)) for pk in treated if draw(st.booleans())]
    portals.append(Person(new(), practice, ("client",)))  # somebody who is no client, and acts for one or for nobody
    u.people += [*staff, *portals]
    u.things += [Thing("profiles", person.id, practice) for person in (*staff, *portals)]
    u.things += [Thing("clients", pk, practice) for pk in treated]
    of_staff, acting = ([person.id for person in some] for some in (staff, portals))
    hand = Hand(draw, practice, new, *map(st.sampled_from, (of_staff, treated, acting)))
    for rows in (_teams, _authorities, _about_clients, _notes):
        u.things += rows(hand)
    u.things += _reminders(hand, [t for t in u.all("appointments") if t.practice == practice])
    for rows in (_documents, _outbox):
        u.things += rows(hand)


def _teams(hand: Hand) -> Iterator[Thing]:
    pairs = {(one, other) for one, other in hand.some(hand.staff, hand.staff) if one != other}
    for one, other in sorted(pairs):
        start, end = hand.draw(SPANS)
        yield hand.thing("supervision_relationships", {"supervisor": one, "supervisee": other}, start=start, end=end)
    for treating, pk in hand.some(hand.staff, hand.client, most=6, unique=True):
        start, end = hand.draw(SPANS)
        yield hand.thing("care_team", {"client": pk, "person": treating}, start=start, end=end)


def _authorities(hand: Hand) -> Iterator[Thing]:
    """Portals, one for each client at most, and who acts for whom."""
    portals = hand.some(hand.client, hand.staff, _flags("enabled"), most=3, unique_by=lambda row: row[0])
    for pk, by, flags in portals:
        yield hand.thing("client_portal_access", {"client": pk, "changed_by": by}, flags=flags)
    may = _flags("verified", "view_record", "schedule")
    for pk, who, by, (start, end), flags in hand.some(hand.client, hand.acting, hand.staff, SPANS, may):
        named = {"client": pk, "person": who, "created_by": by}
        yield hand.thing("client_guardians", named, start=start, end=end, flags=flags)


def _about_clients(hand: Hand) -> Iterator[Thing]:
    for table, names in ABOUT_ONE_CLIENT.items():
        flags = _flags("revoked") if table == "contact_consents" else st.just(frozenset())
        for pk, *named in hand.some(hand.client, *(hand.staff for _ in names), unique=True):
            yield hand.thing(table, {"client": pk, **dict(zip(names, named, strict=True))}, flags=hand.draw(flags))


def _notes(hand: Hand) -> Iterator[Thing]:
    for author, pk, signed in hand.some(hand.staff, hand.client, st.booleans(), most=5):
        note = hand.thing("clinical_notes", {"client": pk, "author": author}, is_signed=signed)
        yield note
        yield hand.thing("note_versions", {"note": note.id, "saved_by": author})
        if signed:
            yield hand.thing("note_amendments", {"note": note.id, "author": author})


def _reminders(hand: Hand, appointments: list[Thing]) -> Iterator[Thing]:
    """How the practice reminds, what is planned, called off, handed over and sent, and what was asked by link."""
    for table in ("reminder_settings", "appointment_notification_settings"):
        if hand.draw(st.booleans()):
            yield hand.thing(table, {})
    if not appointments:
        return
    steps = st.sampled_from([set(), {"off"}, {"off", "handed over"}, {"handed over"}, {"sent", "handed over"}])
    for appointment, clinician, step in hand.some(st.sampled_from(appointments), hand.staff, steps):
        of = {"appointment": appointment.id, "client": appointment.of["client"], "clinician": clinician}
        reminder = hand.thing("reminder_logs", of, flags=frozenset(step))
        yield reminder
        for (flags,) in hand.some(_flags("reschedule", "used"), most=2):
            yield hand.thing("reminder_links", {"reminder": reminder.id, **of}, flags=flags)


def _documents(hand: Hand) -> Iterator[Thing]:
    """Files, and the documents of charts that name them: each brought by the same person."""
    for pk, by, flags in hand.some(hand.client, hand.staff, _flags("quarantined", "named by nothing")):
        kept = hand.thing("storage.objects", {"owner": by})
        yield kept
        if "named by nothing" not in flags:
            yield hand.thing("client_documents", {"client": pk, "uploader": by, "object": kept.id}, flags=flags)


def _outbox(hand: Hand) -> Iterator[Thing]:
    """What is told to whom, what became of it, and through whose account."""
    for to, flags in hand.some(hand.staff, _flags("sent")):
        yield hand.thing("notification_logs", {"recipient": to}, flags=flags)
    for (flags,) in hand.some(_flags("bounced", "lifted")):
        yield hand.thing("suppressed_addresses", {}, flags=flags)
    for by, flags in hand.some(hand.staff, _flags("retired"), unique_by=lambda row: row[1]):
        yield hand.thing("provider_accounts", {"added_by": by}, flags=flags)
    for _ in hand.some(st.none(), most=1):
        yield hand.thing("provider_events", {})


@st.composite
def questions(draw: st.DrawFn, u: Universe) -> tuple[Person, str, Thing]:
    """May this person do this to this row? Every table is asked about as often, whom the row names more than others."""
    table = draw(st.sampled_from(sorted({thing.table for thing in u.things})))
    thing = draw(st.sampled_from(list(u.all(table))))
    near = [person for person in u.people if person.practice == thing.practice]
    named = [person for person in near if person.id in thing.of.values()]
    person = draw(st.one_of(*map(st.sampled_from, filter(None, (named, near, u.people)))))
    return person, draw(st.sampled_from("racd")), thing
