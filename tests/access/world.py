"""The rows the matrix speaks of, each standing in a known relationship to the people of the cast.

Beside the cast: Pia was Ana's client until today, Fred will be from tomorrow. Ben, an associate, treats Lex; Sam
supervised him until today and will supervise Ana from tomorrow. Vic is supervisor and clinician, treats Vera, and
supervises Ash too. Eve wears every hat and treats nobody. Everything is written by somebody who may write it.

The portal is on for Cleo, Noor and Fred, was turned off for Pia, and Theo never had one. For Cleo act: Gus; Lou, until
today; Ned, from tomorrow; Max, whom nobody has verified. Kim only pays for Noor. Lex is of age tomorrow, so Pam still
acts for him; Pia is today, so Nan no longer does. Vera's guardian has no account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Model

from mentalspace.access.actor import IDENTITY, Actor, acting_as, identity_of
from mentalspace.access.audiences import (
    BILLING,
    CLIENT,
    CLINICIAN,
    EVERY_HAT,
    IMPORT,
    JOBS,
    SUPERVISOR,
    SYSTEM,
    audience_for,
)
from mentalspace.access.catalog import table_name
from mentalspace.audit.models import AuditChain, AuditLog
from mentalspace.charting.models import ClinicalNote, NoteAmendment, NoteVersion
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.clients import models as clients
from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.exchange.models import ExternalIdentifier, ImportRun
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people import models as people
from mentalspace.practices.models import Location, Practice, Room
from mentalspace.scheduling.models import Appointment, AppointmentSeries, ClinicianHours
from tests.access.counted_and_told import counted_and_told
from tests.access.outside import authority
from tests.access.reminders import reminders
from tests.cast import CLEO, HERE, ID, JOINED, NEXT_DOOR, NOOR, OFFICE, OFFICE_NEXT_DOOR, OLEG, ROLES, ROOM, THEO
from tests.cast import actor as cast_actor

PIA, FRED, LEX, VERA = (UUID(int=(7 << 64) + number) for number in range(1, 5))
EXTRA = {
    "ben": ["associate"],
    "vic": ["supervisor", "clinician"],
    "eve": ["administrator", "supervisor", "clinician", "associate", "billing", "front_desk"],
    **{name: ["client"] for name in ("lou", "ned", "max", "kim", "pam", "nan")},
}
WHO = ID | {name: UUID(int=(7 << 64) + 16 + number) for number, name in enumerate(EXTRA)}
NAMES = {CLEO: "Cleo", NOOR: "Noor", THEO: "Theo", PIA: "Pia", FRED: "Fred", LEX: "Lex", VERA: "Vera", OLEG: "Oleg"}


def actor(name: str) -> Actor:
    """How a person of the matrix acts; `ida` is identity once Ana is known, `job` her enqueueing, `anyone` nobody."""
    special = {
        "sys": Actor(HERE, HERE, SYSTEM),
        "imp": Actor(HERE, HERE, IMPORT),
        "id": IDENTITY,
        "ida": identity_of(WHO["ana"]),
        "job": Actor(HERE, WHO["ana"], JOBS),
        "sys-next-door": Actor(NEXT_DOOR, NEXT_DOOR, SYSTEM),
        "imp-next-door": Actor(NEXT_DOOR, NEXT_DOOR, IMPORT),
        "ana as supervisor": Actor(HERE, WHO["ana"], SUPERVISOR),
        "ana as billing": Actor(HERE, WHO["ana"], BILLING),
        "eve as clinician": Actor(HERE, WHO["eve"], CLINICIAN),
        "sam as billing": Actor(HERE, WHO["sam"], BILLING),
        "vic as clinician": Actor(HERE, WHO["vic"], CLINICIAN),
        "cleo as billing": Actor(HERE, WHO["cleo"], BILLING),
        **{NAMES[pk].lower(): Actor(HERE, pk, CLIENT) for pk in (THEO, PIA, FRED)},
    }
    if name in special:
        return special[name]
    return cast_actor(name) if name in ROLES else Actor(HERE, WHO[name], audience_for(EXTRA[name]))


@dataclass(frozen=True)
class Row:
    """One row as SQL needs it. A row that does not stand in the table is only ever tried to be added."""

    table: str
    values: dict[str, Any]
    key: tuple[str, ...]
    stands: bool = True

    @property
    def touch(self) -> str:
        """A column that no key, policy or trigger looks at."""
        for name in (
            "created_at",
            "viewed_at",
            "updated_at",
            "last_active_at",
            "timezone",
            "digest",
            "primary",
            "data",
        ):
            if name in self.values and name not in self.key:
                return name
        return next(name for name in reversed(self.values) if name not in self.key)


Maker = Callable[[UUID], Row]
"""A row that names whoever asks, e.g. as its author."""


def row(instance: Model, *, stands: bool = True) -> Row:
    """The row of a model instance."""
    meta = instance._meta
    fields = [field for field in meta.concrete_fields if not field.generated]
    values = {
        str(field.column): field.get_db_prep_save(getattr(instance, field.attname), connection) for field in fields
    }
    return Row(meta.db_table, values, tuple(str(field.column) for field in meta.pk_fields), stands)


class World:
    """`rows[table][label]` is a row, or makes one for whoever asks."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row | Maker]] = {}
        self.today: date = _database_today()
        self._kept: dict[str, Any] = {}
        from tests.access.world_documents import DOCUMENTS  # which need this module's people and rows
        from tests.access.world_watched import WATCHED

        for build in (*BUILDERS, *WATCHED, *DOCUMENTS):
            build(self)

    def put(self, who: str, label: str, instance: Any) -> Any:
        """Insert as this person, who therefore may."""
        with acting_as(actor(who)):
            instance.save(force_insert=True)
        self.know(label, instance)
        self._kept[f"{table_name(type(instance))}: {label}"] = instance
        return instance

    def know(self, label: str, instance: Model) -> None:
        """Name a row that stands already."""
        self.rows.setdefault(table_name(type(instance)), {})[label] = row(instance)

    def would(self, label: str, make: Callable[[UUID], Model]) -> None:
        """Name a row that somebody might add."""
        table = table_name(type(make(WHO["ana"])))
        self.rows.setdefault(table, {})[label] = lambda me: row(make(me), stands=False)

    def kept(self, table: str, label: str) -> Any:
        return self._kept[f"{table}: {label}"]


def _database_today() -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def _people(w: World) -> None:
    for name in EXTRA:
        profile = people.Profile(id=WHO[name], practice_id=HERE, first_name=name.title(), last_name="Extra")
        with acting_as(actor("ada")):
            profile.save(force_insert=True)
    with acting_as(actor("ada")):
        for name in ("ana", "cleo"):
            w.know(f"{name.title()}'s", people.Profile.objects.get(pk=WHO[name]))
            w.know(f"{name.title()}'s", people.UserRole.objects.get(person_id=WHO[name]))
        w.know("the practice's own", people.Profile.objects.get(pk=HERE))
        w.know("here", Practice.objects.get())
        w.know("office", Location.objects.get(pk=OFFICE))
        w.know("room", Room.objects.get(pk=ROOM))
        w.know("Sam's of Ash", people.SupervisionRelationship.objects.get(supervisor_id=WHO["sam"]))
    with acting_as(actor("olga")):
        w.know("next door", people.Profile.objects.get(pk=WHO["otto"]))
        w.know("next door", people.UserRole.objects.get(person_id=WHO["otto"]))
        w.know("next door", Practice.objects.get())
        w.know("next door", Location.objects.get(pk=OFFICE_NEXT_DOOR))
    w.put("olga", "next door", Room(practice_id=NEXT_DOOR, location_id=OFFICE_NEXT_DOOR, name="Room 1"))
    _let_supervise("ada", HERE, "vic")
    _let_supervise("olga", NEXT_DOOR, "olga")
    spans = {
        "Vic's of Ash": ("vic", "ash", JOINED, None),
        "Sam's of Ben, ended": ("sam", "ben", JOINED, w.today),
        "Sam's of Ana, to come": ("sam", "ana", w.today + timedelta(1), None),
    }
    for label, (supervisor, supervisee, start, end) in spans.items():
        w.put("ada", label, _supervision(HERE, supervisor, supervisee, start, end))
    w.put("olga", "next door", _supervision(NEXT_DOOR, "olga", "otto", JOINED, None))


def _let_supervise(who: str, practice: UUID, name: str) -> None:
    with acting_as(actor(who)):
        people.Profile.objects.filter(pk=WHO[name]).update(license_number="L1")
        people.UserRole.objects.create(practice_id=practice, person_id=WHO[name], role="supervisor")


def _supervision(practice: UUID, supervisor: str, supervisee: str, start: date, end: date | None) -> Model:
    pair = {"supervisor_id": WHO[supervisor], "supervisee_id": WHO[supervisee]}
    return people.SupervisionRelationship(practice_id=practice, start_date=start, end_date=end, **pair)


def _credentials(w: World) -> None:
    for label, name in (("Ana's", "ana"), ("next door", "otto")):
        user = WHO[name]
        with acting_as(IDENTITY):
            w.know(label, people.User.objects.get(pk=user))
            address = EmailAddress.objects.get(user_id=user)
            w.know(label, address)
        w.put("id", label, EmailConfirmation(email_address=address, key=f"k{name}", created=datetime.now(UTC)))
        w.put("id", label, Authenticator(user_id=user, type="totp", data={}))
        w.put("id", label, people.LoginAttempt(user_id=user, email=f"{name}@example.org", success=False))
        w.put("id", label, people.PasswordHistory(user_id=user, password_hash="x"))
        device = people.TrustedDevice(user_id=user, device_fingerprint=name, expires_at=datetime.now(UTC))
        w.put("id", label, device)
        session = people.Session(session_key=f"s{name}", session_data="", user_id=user, expire_date=datetime.now(UTC))
        w.put("id", label, session)
    nobodys = people.Session(session_key="s", session_data="", expire_date=datetime.now(UTC))
    w.put("id", "nobody's yet", nobodys)
    w.put("id", "of an unknown address", people.LoginAttempt(email="who@example.org", success=False))


def _clients(w: World) -> None:
    for number, pk in enumerate((PIA, FRED, LEX, VERA)):
        w.put("ada", NAMES[pk], _client(pk, number, w.today))
    with acting_as(actor("ada")):
        for pk in (CLEO, NOOR, THEO):
            w.know(NAMES[pk], clients.Client.objects.get(pk=pk))
    with acting_as(actor("olga")):
        w.know("next door", clients.Client.objects.get(pk=OLEG))
        w.know("next door", clients.CareTeamMember.objects.get(client_id=OLEG))
        w.know("next door", clients.ClientAccess.objects.get(client_id=OLEG, staff_id=WHO["otto"]))
    spans = {
        "Ana of Pia, ended": ("ana", PIA, JOINED, w.today),
        "Ana of Fred, to come": ("ana", FRED, w.today + timedelta(1), None),
        "Ben of Lex": ("ben", LEX, JOINED, None),
        "Vic of Vera": ("vic", VERA, JOINED, None),
    }
    for label, (name, pk, start, end) in spans.items():
        member = {"client_id": pk, "person_id": WHO[name], "start_date": start, "end_date": end}
        w.put("ada", label, clients.CareTeamMember(practice_id=HERE, **member))
    with acting_as(actor("ada")):
        for name, pk in (("Ana", CLEO), ("Ash", NOOR)):
            w.know(f"{name} of {NAMES[pk]}", clients.CareTeamMember.objects.get(client_id=pk))
        for name, pk in (("Ana", CLEO), ("Ash", NOOR), ("Sam", NOOR), ("Vic", NOOR), ("Vic", VERA)):
            pair = {"client_id": pk, "staff_id": WHO[name.lower()]}
            w.know(f"{name} of {NAMES[pk]}", clients.ClientAccess.objects.get(**pair))


def _client(pk: UUID, number: int, today: date) -> Model:
    born = {LEX: _eighteen_years_before(today, later=1), PIA: _eighteen_years_before(today, later=0)}
    name = {"first_name": NAMES[pk], "last_name": "Client", "date_of_birth": born.get(pk, date(1980, 1, 1))}
    return clients.Client(id=pk, practice_id=HERE, medical_record_number=f"X{number}", **name)


def _eighteen_years_before(today: date, *, later: int) -> date:
    """The birthday of somebody who comes of age so many days after today; no 29 February, which not every year has."""
    day = today + timedelta(later)
    if (day.month, day.day) == (2, 29):
        day += timedelta(1 if later else -1)
    return day.replace(year=day.year - 18)


def _about_clients(w: World) -> None:
    for who, label, practice, pk in (*_each(), ("olga", "next door", NEXT_DOOR, OLEG)):
        w.put(who, label, clients.EmergencyContact(practice_id=practice, client_id=pk, name="Kin", phone="1"))
    imported = (("imp", f"{NAMES[pk]}'s", HERE, pk) for pk in (CLEO, NOOR, THEO, VERA))
    for who, label, practice, pk in (*imported, ("imp-next-door", "next door", NEXT_DOOR, OLEG)):
        key = {"practice_id": practice, "client_id": pk}
        result = {"instrument": "PHQ-9", "loinc_code": "44261-6", "score": 7, "taken_at": datetime.now(UTC)}
        w.put(who, label, MeasureResult(**key, **result))
    for label, who, pk in (("Cleo's, Ana's", "ana", CLEO), ("Noor's, Ash's", "ash", NOOR), ("next door", "otto", OLEG)):
        w.put(who, label, _diagnosis(pk, WHO[who]))
        w.put(who, label, _alert(pk, WHO[who]))
    w.put("imp", "Noor's, Vic's", _diagnosis(NOOR, WHO["vic"]))
    w.put("sam", "Noor's, Sam's", _alert(NOOR, WHO["sam"]))
    w.put("vic", "Vera's, Vic's", _diagnosis(VERA, WHO["vic"]))
    w.put("vic", "Vera's, Vic's", _alert(VERA, WHO["vic"]))
    w.put("ada", "Theo's, Ada's", _alert(THEO, WHO["ada"]))
    w.put("imp", "Theo's, nobody's", _diagnosis(THEO, None))
    w.put("fay", "Theo's, Fay's", _alert(THEO, WHO["fay"]))
    for pk in (CLEO, NOOR, THEO):
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _diagnosis(pk, me))  # type: ignore[misc]
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _alert(pk, me))  # type: ignore[misc]


def _each() -> list[tuple[str, str, UUID, UUID]]:
    return [("ada", f"{NAMES[pk]}'s", HERE, pk) for pk in (CLEO, NOOR, THEO, VERA)]


def _practice(pk: UUID) -> UUID:
    return NEXT_DOOR if pk == OLEG else HERE


def _diagnosis(pk: UUID, by: UUID | None) -> Model:
    return clients.Diagnosis(practice_id=_practice(pk), client_id=pk, code="F41.1", description="x", noted_by_id=by)


def _alert(pk: UUID, by: UUID) -> Model:
    return clients.ClientAlert(practice_id=_practice(pk), client_id=pk, text="x", created_by_id=by)


def _shortcuts(w: World) -> None:
    """Written with every hat on, so that rows stand which their person's own hat would no longer let them make."""
    for model in (clients.ClientFavorite, clients.ClientView):
        for name, pk in SHORTCUTS[model]:
            with acting_as(Actor(HERE, WHO[name], EVERY_HAT)):
                shortcut = _shortcut(model, pk, WHO[name])
                shortcut.save(force_insert=True)
            w.know(f"{name.title()}'s of {NAMES[pk]}", shortcut)
        w.put("otto", "next door", _shortcut(model, OLEG, WHO["otto"]))
        for pk in (CLEO, NOOR, THEO):
            w.would(f"{NAMES[pk]}, one's own", lambda me, m=model, pk=pk: _shortcut(m, pk, me))  # type: ignore[misc]
        away = lambda me, m=model: m(practice_id=HERE, client_id=OLEG, person_id=me)  # noqa: E731
        w.would("Oleg of next door, one's own", away)


_SEEN = (("ana", CLEO), ("fay", THEO), ("ada", THEO), ("sam", NOOR), ("ash", NOOR), ("bea", CLEO), ("cleo", CLEO))
_UNSEEN = {
    clients.ClientFavorite: (("ana", PIA), ("sam", CLEO), ("ash", CLEO)),
    clients.ClientView: (("ben", CLEO),),  # few: one statement over all of somebody's rows shows what it may do
}
SHORTCUTS = {model: (*_SEEN, *unseen) for model, unseen in _UNSEEN.items()}


def _shortcut(model: Any, pk: UUID, me: UUID) -> Model:
    return model(practice_id=_practice(pk), client_id=pk, person_id=me)  # type: ignore[no-any-return]


def _calendar(w: World) -> None:
    for label, by, pk, clinician in (
        ("Cleo with Ana, Ana's", "ana", CLEO, "ana"),
        ("Cleo with Mia, Fay's", "fay", CLEO, "mia"),
        ("Noor with Ash, Fay's", "fay", NOOR, "ash"),
        ("Theo with Ana, Fay's", "fay", THEO, "ana"),
        ("Theo with Ana, Ada's", "ada", THEO, "ana"),
        ("Lex with Ben, Ben's", "ben", LEX, "ben"),
        ("next door", "otto", OLEG, "otto"),
    ):
        w.put(by, label, _series(pk, WHO[clinician], WHO[by]))
        w.put(by, label, _appointment(w, pk, WHO[clinician], WHO[by]))
    w.put("vic", "Vera with Vic, Vic's", _appointment(w, VERA, WHO["vic"], WHO["vic"]))
    for pk in (CLEO, NOOR, THEO, VERA):
        for make in (_series, lambda *args: _appointment(w, *args)):
            label = f"{NAMES[pk]} with oneself, one's own"
            w.would(label, lambda me, pk=pk, make=make: make(pk, me, me))  # type: ignore[misc]
            if pk != VERA:
                label = f"{NAMES[pk]} with Ana, one's own"
                w.would(label, lambda me, pk=pk, make=make: make(pk, WHO["ana"], me))  # type: ignore[misc]
    for label, who in (("Ana's", "ana"), ("Ash's", "ash"), ("next door", "otto")):
        w.put(who, label, _hours(who))


def _hours(who: str) -> Model:
    span = {"weekday": 1, "starts_at": time(9), "ends_at": time(17)}
    return ClinicianHours(practice_id=_practice_of(who), person_id=WHO[who], **span)


def _practice_of(who: str) -> UUID:
    return NEXT_DOOR if who in ("otto", "olga") else HERE


def _series(pk: UUID, clinician: UUID, by: UUID) -> Model:
    people_of = {"client_id": pk, "clinician_id": clinician, "created_by_id": by}
    when = {"first_date": date(2026, 3, 2), "start_time": time(9), "duration_minutes": 50, "timezone": "UTC"}
    return AppointmentSeries(practice_id=_practice(pk), occurrence_count=4, **people_of, **when)


def _appointment(w: World, pk: UUID, clinician: UUID, by: UUID) -> Model:
    """Each at an hour of its own, so that nothing is double-booked."""
    w._kept["hours"] = hours = w._kept.get("hours", 0) + 1
    start = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hours)
    people_of = {"client_id": pk, "clinician_id": clinician, "created_by_id": by}
    when = {"starts_at": start, "ends_at": start + timedelta(minutes=50), "timezone": "UTC"}
    return Appointment(practice_id=_practice(pk), **people_of, **when)


def _notes(w: World) -> None:
    with acting_as(actor("ada")):  # for one moment everybody treats everybody, so that they may write what stands
        passing = [(CLEO, "mia"), (THEO, "ash"), (PIA, "ana")]
        members = clients.CareTeamMember.objects
        for pk, name in passing[:2]:
            members.create(practice_id=HERE, client_id=pk, person_id=WHO[name], start_date=JOINED)
        members.filter(client_id=PIA).update(end_date=None)
    pairs = (("ana", CLEO), ("mia", CLEO), ("ash", NOOR), ("ash", THEO), ("ana", PIA), ("ben", LEX), ("vic", VERA))
    for name, pk in pairs:
        of = f"{NAMES[pk]}'s, {name.title()}'s"
        w.put(name, f"{of} draft", _note(pk, WHO[name]))
        w.put(name, f"{of} signed", _note(pk, WHO[name]))
    w.put("otto", "next door", _note(OLEG, WHO["otto"]))
    w.put("imp", "Cleo's, imported", _signed(_note(CLEO, WHO["ana"]), is_imported=True))
    _written_with_notes(w)
    for name, pk in (("ana", CLEO), ("ash", NOOR), ("vic", VERA), ("ana", PIA), ("otto", OLEG)):
        label = "next door" if pk == OLEG else f"{NAMES[pk]}'s, {name.title()}'s"
        w.put(name, label, _private(pk, WHO[name]))
    with acting_as(actor("ada")):
        for pk, name in passing:
            members.filter(client_id=pk, person_id=WHO[name]).update(end_date=w.today)
    for pk in (CLEO, NOOR, THEO):
        w.would(f"{NAMES[pk]}'s, one's own draft", lambda me, pk=pk: _note(pk, me))  # type: ignore[misc]
        w.would(f"{NAMES[pk]}'s, one's own signed", lambda me, pk=pk: _signed(_note(pk, me)))  # type: ignore[misc]
    w.would("Noor's, Vic's draft", lambda me: _note(NOOR, WHO["vic"]))
    w.would("Vera's, one's own draft", lambda me: _note(VERA, me))
    for pk in (CLEO, NOOR, THEO, VERA):
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _private(pk, me))  # type: ignore[misc]
    w.would("Cleo's, Ana's to be", lambda me: _private(CLEO, WHO["ana"]))


def _private(pk: UUID, author: UUID) -> Model:
    of = {"client_id": pk, "author_id": author, "about_date": date(2026, 3, 2)}
    return PsychotherapyNote(practice_id=_practice(pk), sealed=b"x", **of)


def _note(pk: UUID, author: UUID) -> ClinicalNote:
    return ClinicalNote(practice_id=_practice(pk), client_id=pk, author_id=author, service_date=date(2026, 3, 2))


def _signed(note: ClinicalNote, *, is_imported: bool = False) -> ClinicalNote:
    note.signed_at, note.signed_name, note.content_hash = datetime(2026, 3, 3, tzinfo=UTC), "x", "x"
    note.is_imported = is_imported
    return note


def _sign(w: World, who: str, label: str) -> None:
    note = _signed(w.kept("clinical_notes", label))
    with acting_as(actor(who)):
        note.save(update_fields=["signed_at", "signed_name", "content_hash"])
    w.know(label, note)


def _written_with_notes(w: World) -> None:
    def version(label: str, me: UUID) -> NoteVersion:
        note = w.kept("clinical_notes", label)
        kept = {"version": 1, "sections": {}, "kept_because": "checkpoint"}
        return NoteVersion(practice_id=note.practice_id, note=note, saved_by_id=me, **kept)

    def amendment(label: str, me: UUID) -> NoteAmendment:
        note = w.kept("clinical_notes", label)
        said = {"author_name": "x", "reason": "x", "text": "x"}
        return NoteAmendment(practice_id=note.practice_id, note=note, author_id=me, **said)

    writers = {
        "Cleo's, Ana's": "ana",
        "Cleo's, Mia's": "mia",
        "Noor's, Ash's": "ash",
        "Theo's, Ash's": "ash",
        "Pia's, Ana's": "ana",
        "Lex's, Ben's": "ben",
        "Vera's, Vic's": "vic",
    }
    for of, name in writers.items():
        for state in ("draft", "signed"):
            w.put(name, f"{of} {state}", version(f"{of} {state}", WHO[name]))
    w.put("otto", "next door", version("next door", WHO["otto"]))
    for of, name in writers.items():
        _sign(w, name, f"{of} signed")
        w.put(name, f"{of} signed", amendment(f"{of} signed", WHO[name]))
    _sign(w, "otto", "next door")
    w.put("otto", "next door", amendment("next door", WHO["otto"]))
    w.put("imp", "Cleo's, imported", amendment("Cleo's, imported", WHO["ana"]))
    for of in ("Cleo's, Ana's", "Noor's, Ash's"):
        for state in ("draft", "signed"):
            label = f"{of} {state}"
            w.would(f"{label}, one's own", lambda me, label=label: version(label, me))  # type: ignore[misc]
            w.would(f"{label}, one's own", lambda me, label=label: amendment(label, me))  # type: ignore[misc]
            w.would(f"{label}, Mia's", lambda me, label=label: version(label, WHO["mia"]))  # type: ignore[misc]
            w.would(f"{label}, Mia's", lambda me, label=label: amendment(label, WHO["mia"]))  # type: ignore[misc]


def _emergencies(w: World) -> None:
    for name in ("ana", "ben", "sam", "ash"):
        with acting_as(actor(name)), connection.cursor() as cursor:
            cursor.execute("SELECT access.break_glass('X3', '1980-01-01', 'Vera is in danger.', '60 minutes')")
            access = BreakGlassAccess.objects.get(pk=cursor.fetchone()[0])
            if name == "ash":
                BreakGlassAccess.objects.filter(pk=access.pk).update(ended_at=datetime.now(UTC))
                access.refresh_from_db()
        w.know(f"{name.title()} of Vera, {'ended' if name == 'ash' else 'running'}", access)
    reviewed: dict[str, Any] = {"reviewed_at": datetime.now(UTC), "review_outcome": "appropriate"}
    w.put("imp", "Ana of Lex, expired", _emergency(HERE, "ana", LEX))
    w.put("imp", "Ben of Theo, reviewed", _emergency(HERE, "ben", THEO, reviewed_by_id=WHO["ada"], **reviewed))
    w.put("imp-next-door", "next door", _emergency(NEXT_DOOR, "olga", OLEG))
    w.would("Vera, one's own", lambda me: _emergency(HERE, None, VERA, staff_id=me, hours_ago=-1))


def _emergency(practice: UUID, who: str | None, pk: UUID, *, hours_ago: int = 3, **values: Any) -> BreakGlassAccess:
    began = datetime.now(UTC) - timedelta(hours=hours_ago, minutes=1)
    of = {"client_id": pk, "reason": "Somebody is in danger."} | ({"staff_id": WHO[who]} if who else {})
    span = {"started_at": began, "expires_at": began + timedelta(minutes=60)}
    return BreakGlassAccess(practice_id=practice, **of, **span, **values)


def _trail(w: World) -> None:
    for who in ("ana", "ada", "sam", "ash", "bea", "fay", "cleo", "imp", "job"):
        w.put(who, f"{who.title()}'s", _event(HERE, actor(who).person))
    w.put("otto", "next door", _event(NEXT_DOOR, WHO["otto"]))
    w.put("id", "nobody's", _event(HERE, None))
    w.would("one's own", lambda me: _event(HERE, me))
    for who, label, practice in (("sys", "here", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        link = {"position": 9_000_000, "logged_at": datetime.now(UTC), "digest": "x", "hash": "x"}
        w.put(who, label, AuditChain(log_id=uuid4(), practice_id=practice, **link))


def _event(practice: UUID, user: UUID | None) -> Model:
    what = {"action_type": "X", "event": "x", "resource_type": "x", "action_description": "x"}
    return AuditLog(practice_id=practice, user_id=user, **what)


def _exchange(w: World) -> None:
    for who, label, practice in (("imp", "here", HERE), ("imp-next-door", "next door", NEXT_DOOR)):
        name = {"external_id": "x", "resource_type": "Patient", "system": "x", "object_id": uuid4()}
        w.put(who, label, ExternalIdentifier(practice_id=practice, **name))
        w.put(who, label, ImportRun(practice_id=practice, is_dry_run=True, started_at=datetime(2026, 1, 1, tzinfo=UTC)))


def _queue(w: World) -> None:
    for label, person, practice in (("Ana's", "ana", HERE), ("Ada's", "ada", HERE), ("next door", "otto", NEXT_DOOR)):
        args = f'{{"actor": "{actor(person)}"}}'
        with acting_as(Actor(practice, WHO[person], JOBS)), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, args, priority) VALUES ('x', 'q', %s::jsonb, 0)"
                " RETURNING id",
                [args],
            )
            pk = cursor.fetchone()[0]
        values = {"id": pk, "task_name": "x", "queue_name": "q", "args": args, "priority": 0}
        w.rows.setdefault("procrastinate_jobs", {})[label] = Row("procrastinate_jobs", values, ("id",))
    event = {"job_id": pk, "type": "deferred"}
    w.rows["procrastinate_events"] = {"of any job": Row("procrastinate_events", event, ("job_id",))}


BUILDERS = (
    _people,
    _credentials,
    _clients,
    authority,
    _about_clients,
    _shortcuts,
    _calendar,
    reminders,
    _notes,
    _emergencies,
    _trail,
    lambda w: counted_and_told(w, actor, WHO),
    _exchange,
    _queue,
)
