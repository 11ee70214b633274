"""The rows of the world about clients: who treats them, and what stands in the head of their chart."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import EVERY_HAT
from mentalspace.clients import models as clients
from mentalspace.outcomes.models import MeasureResult
from tests.access.rows import FRED, LEX, NAMES, PIA, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, HERE, JOINED, NEXT_DOOR, NOOR, OLEG, THEO


def clients_and_teams(w: Rows) -> None:
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


def about_clients(w: Rows) -> None:
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
    w.would("Cleo's, in Mia's name", lambda me: _diagnosis(CLEO, WHO["mia"]))
    w.would("Cleo's, in Mia's name", lambda me: _alert(CLEO, WHO["mia"]))


def _each() -> list[tuple[str, str, UUID, UUID]]:
    return [("ada", f"{NAMES[pk]}'s", HERE, pk) for pk in (CLEO, NOOR, THEO, VERA)]


def _diagnosis(pk: UUID, by: UUID | None) -> Model:
    return clients.Diagnosis(practice_id=practice_of(pk), client_id=pk, code="F41.1", description="x", noted_by_id=by)


def _alert(pk: UUID, by: UUID) -> Model:
    return clients.ClientAlert(practice_id=practice_of(pk), client_id=pk, text="x", created_by_id=by)


def shortcuts(w: Rows) -> None:
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
    return model(practice_id=practice_of(pk), client_id=pk, person_id=me)  # type: ignore[no-any-return]
