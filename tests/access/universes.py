"""Random practices for the oracle, and their way into the database, each row by somebody who may write it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from hypothesis import strategies as st

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import ADMINISTRATOR, CLINICIAN, EVERY_HAT, IMPORT, audience_for
from mentalspace.charting.models import ClinicalNote, NoteAmendment, NoteVersion
from mentalspace.clients import models as clients
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people.models import Profile, SupervisionRelationship, UserRole
from mentalspace.scheduling.models import Appointment
from tests.access.oracle import HATS, Person, Thing, Universe
from tests.cast import HERE, NEXT_DOOR

PRACTICES = (HERE, NEXT_DOOR)
OF_UNIVERSES = [UUID(int=9 << 64), UUID(int=(9 << 64) + 10_000)]
"""The ids that generated rows have, and nothing else."""

HAT_SETS = st.sets(st.sampled_from(HATS), min_size=1, max_size=3).map(lambda hats: tuple(sorted(hats, key=HATS.index)))
SPANS = st.sampled_from([(-9, None), (-9, 5), (-9, 1), (0, None), (-9, 0), (-9, -3), (1, None), (1, 4)])

Ids = st.SearchStrategy[UUID]
FLAGS = st.frozensets(st.sampled_from(["enabled", "verified", "view_record", "schedule"]))

ABOUT_ONE_CLIENT = {
    "client_status_changes": ("changed_by",),
    "emergency_contacts": (),
    "measure_results": (),
    "client_alerts": ("created_by",),
    "diagnoses": ("noted_by",),
    "appointments": ("clinician", "created_by"),
    "client_favorites": ("person",),
    "client_views": ("person",),
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


def _one_practice(draw: st.DrawFn, practice: UUID, u: Universe, new: Callable[[], UUID]) -> None:
    staff = [Person(new(), practice, draw(HAT_SETS)) for _ in range(draw(st.integers(2, 5)))]
    pairs = st.tuples(st.sampled_from(staff), st.sampled_from(staff)).filter(lambda pair: pair[0] != pair[1])
    treated = [new() for _ in range(draw(st.integers(1, 4)))]
    portals = [Person(pk, practice, ("client",)) for pk in treated if draw(st.booleans())]
    portals.append(Person(new(), practice, ("client",)))  # somebody who is no client, and acts for one or for nobody
    u.people += [*staff, *portals]
    add = u.things.append
    for person in (*staff, *portals):
        add(Thing("profiles", person.id, practice))
    for pk in treated:
        add(Thing("clients", pk, practice))
    for one, other in draw(st.lists(pairs, max_size=4, unique=True)):
        start, end = draw(SPANS)
        add(
            Thing(
                "supervision_relationships", new(), practice, {"supervisor": one.id, "supervisee": other.id}, start, end
            )
        )
    someone, client = st.sampled_from([p.id for p in staff]), st.sampled_from(treated)
    for treating, pk in draw(st.lists(st.tuples(someone, client), max_size=6, unique=True)):
        start, end = draw(SPANS)
        add(Thing("care_team", new(), practice, {"client": pk, "person": treating}, start, end))
    u.things += _authorities(draw, practice, new, client, someone, st.sampled_from([p.id for p in portals]))
    for table, names in ABOUT_ONE_CLIENT.items():
        rows = st.tuples(client, *(someone for _ in names))
        for pk, *named in draw(st.lists(rows, max_size=4, unique=True)):
            add(Thing(table, new(), practice, {"client": pk, **dict(zip(names, named, strict=True))}))
    for author, pk, signed in draw(st.lists(st.tuples(someone, client, st.booleans()), max_size=5)):
        note = Thing("clinical_notes", new(), practice, {"client": pk, "author": author}, is_signed=signed)
        add(note)
        add(Thing("note_versions", new(), practice, {"note": note.id, "saved_by": author}))
        if signed:
            add(Thing("note_amendments", new(), practice, {"note": note.id, "author": author}))


def _authorities(
    draw: st.DrawFn, practice: UUID, new: Callable[[], UUID], client: Ids, staff: Ids, acting: Ids
) -> Iterator[Thing]:
    """Portals, one for each client at most, and who acts for whom."""
    portals = st.lists(st.tuples(client, staff, FLAGS), max_size=3, unique_by=lambda row: row[0])
    for pk, by, flags in draw(portals):
        named: dict[str, UUID | None] = {"client": pk, "changed_by": by}
        yield Thing("client_portal_access", new(), practice, named, flags=flags & {"enabled"})
    for pk, who, by, (start, end), flags in draw(st.lists(st.tuples(client, acting, staff, SPANS, FLAGS), max_size=4)):
        named = {"client": pk, "person": who, "created_by": by}
        yield Thing("client_guardians", new(), practice, named, start, end, flags=flags - {"enabled"})


def actor_of(person: Person) -> Actor:
    return Actor(person.practice, person.id, audience_for(list(person.hats)))


MODELS: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "profiles": (Profile, {"first_name": "x", "last_name": "x", "license_number": "x"}),
    "clients": (clients.Client, {"first_name": "x", "last_name": "x", "date_of_birth": date(1990, 1, 1)}),
    "supervision_relationships": (SupervisionRelationship, {}),
    "care_team": (clients.CareTeamMember, {}),
    "client_portal_access": (clients.ClientPortalAccess, {"reason": "x"}),
    "client_guardians": (
        clients.ClientGuardian,
        {"name": "x", "relationship": "legal_guardian", "ends_at_majority": False, "court_document": "x"},
    ),
    "client_status_changes": (
        clients.StatusChange,
        {"status": "Active", "reason": "x", "effective_date": date(2026, 1, 1)},
    ),
    "emergency_contacts": (clients.EmergencyContact, {"name": "x", "phone": "1"}),
    "client_alerts": (clients.ClientAlert, {"text": "x"}),
    "diagnoses": (clients.Diagnosis, {"code": "F41.1", "description": "x"}),
    "measure_results": (
        MeasureResult,
        {"instrument": "PHQ-9", "loinc_code": "x", "score": 1, "taken_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ),
    "appointments": (
        Appointment,
        {
            "starts_at": datetime(2026, 1, 1, 9, tzinfo=UTC),
            "ends_at": datetime(2026, 1, 1, 10, tzinfo=UTC),
            "timezone": "UTC",
            "is_imported": True,  # imported history may overlap
        },
    ),
    "clinical_notes": (ClinicalNote, {"service_date": date(2026, 1, 1)}),
    "note_versions": (NoteVersion, {"version": 1, "sections": {}, "kept_because": "checkpoint"}),
    "note_amendments": (NoteAmendment, {"author_name": "x", "reason": "x", "text": "x"}),
    "client_favorites": (clients.ClientFavorite, {}),
    "client_views": (clients.ClientView, {}),
}
VERIFIED = {"verified_at": datetime(2026, 1, 2, tzinfo=UTC), "verified_how": "x"}
SIGNED = {"signed_at": datetime(2026, 1, 2, tzinfo=UTC), "signed_name": "x", "content_hash": "x"}


def model_of(thing: Thing, today: date) -> Model:
    """The thing as a row."""
    model, values = MODELS[thing.table]
    named = {f"{name}_id": pk for name, pk in thing.of.items()}
    if thing.table in ("supervision_relationships", "care_team", "client_guardians"):
        named["start_date"] = today + timedelta(thing.start)  # type: ignore[assignment]
        named["end_date"] = None if thing.end is None else today + timedelta(thing.end)  # type: ignore[assignment]
    if thing.table == "clients":
        named["medical_record_number"] = str(thing.id)  # type: ignore[assignment]
    said = SIGNED if thing.is_signed else {}
    if thing.table == "client_portal_access":
        said = {"enabled": "enabled" in thing.flags}
    if thing.table == "client_guardians":
        said = {f"can_{purpose}": purpose in thing.flags for purpose in ("view_record", "schedule")}
        said |= VERIFIED | {"verified_by_id": thing.of["created_by"]} if "verified" in thing.flags else {}
    return model(**{"id": thing.id, "practice_id": thing.practice, **values, **named, **said})


def load(u: Universe, today: date) -> None:
    """Write a universe. Notes come while their authors still treat the client; care teams as generated come after."""
    for practice in PRACTICES:
        mine = Universe(u.people, [thing for thing in u.things if thing.practice == practice])
        office, importer = Actor(practice, practice, ADMINISTRATOR), Actor(practice, practice, IMPORT)
        _insert(office, mine.all("profiles"), today)
        _insert(importer, mine.all("clients"), today)
        for table in ("measure_results", "diagnoses", "appointments"):
            _insert(importer, mine.all(table), today)
        _insert(office, mine.all("emergency_contacts"), today)
        for table, name in (("client_portal_access", "changed_by"), ("client_status_changes", "changed_by")):
            for thing in mine.all(table):
                _insert(Actor(practice, thing.of[name], ADMINISTRATOR), [thing], today)  # type: ignore[arg-type]
        _appoint_guardians(mine, today)
        for alert in mine.all("client_alerts"):
            _insert(Actor(practice, alert.of["created_by"], ADMINISTRATOR), [alert], today)  # type: ignore[arg-type]
        for table in ("client_favorites", "client_views"):
            for thing in mine.all(table):
                _insert(Actor(practice, thing.of["person"], EVERY_HAT), [thing], today)  # type: ignore[arg-type]
        _write_notes(mine, office, today)
        _give_hat(office, {thing.of["supervisor"] for thing in mine.all("supervision_relationships")})
        _insert(office, mine.all("supervision_relationships"), today)
        _insert(office, mine.all("care_team"), today)


def _insert(who: Actor, things: Iterable[Thing], today: date) -> None:
    rows = [model_of(thing, today) for thing in things]
    if rows:
        with acting_as(who):
            type(rows[0])._default_manager.bulk_create(rows)


def _give_hat(office: Actor, supervisors: set[Any]) -> None:
    """Only supervisors supervise. How people act does not go by these rows: it is signed."""
    with acting_as(office):
        UserRole.objects.bulk_create(
            UserRole(practice_id=office.practice, person_id=person, role="supervisor") for person in supervisors
        )


def _appoint_guardians(mine: Universe, today: date) -> None:
    """Entered by somebody first, verified by them afterwards."""
    for thing in mine.all("client_guardians"):
        unverified = replace(thing, flags=thing.flags - {"verified"})
        with acting_as(Actor(thing.practice, thing.of["created_by"], ADMINISTRATOR)):  # type: ignore[arg-type]
            model_of(unverified, today).save(force_insert=True)
            if "verified" in thing.flags:
                verified = VERIFIED | {"verified_by_id": thing.of["created_by"]}
                clients.ClientGuardian.objects.filter(pk=thing.id).update(**verified)


def _write_notes(mine: Universe, office: Actor, today: date) -> None:
    notes = list(mine.all("clinical_notes"))
    with acting_as(office):
        for author, client in {(note.of["author"], note.of["client"]) for note in notes}:
            of: dict[str, Any] = {"client_id": client, "person_id": author}
            clients.CareTeamMember.objects.create(practice_id=office.practice, start_date=today - timedelta(9), **of)
    for note in notes:
        with acting_as(Actor(note.practice, note.of["author"], CLINICIAN)):  # type: ignore[arg-type]
            draft = Thing(note.table, note.id, note.practice, note.of)
            model_of(draft, today).save(force_insert=True)
            _write_parts(mine, note, today)
    with acting_as(office):
        clients.CareTeamMember.objects.filter(created_at__isnull=False, end_date=None, client__in=_ids(notes)).update(
            end_date=today
        )


def _ids(notes: list[Thing]) -> list[Any]:
    return [note.of["client"] for note in notes]


def _write_parts(mine: Universe, note: Thing, today: date) -> None:
    for version in mine.all("note_versions"):
        if version.of["note"] == note.id:
            model_of(version, today).save(force_insert=True)
    if note.is_signed:
        ClinicalNote.objects.filter(pk=note.id).update(**SIGNED)
    for amendment in mine.all("note_amendments"):
        if amendment.of["note"] == note.id:
            model_of(amendment, today).save(force_insert=True)
