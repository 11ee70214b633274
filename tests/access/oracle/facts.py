"""What a plain-Python policy goes by: people and rows of a made-up practice, and who stands how to whom.

Days count from today: an `end` of 0 is over today.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

HATS = ("administrator", "supervisor", "clinician", "associate", "billing", "front_desk")
OFFICE = ("administrator", "front_desk")
TREATING = ("supervisor", "clinician", "associate")


@dataclass(frozen=True)
class Person:
    id: UUID
    practice: UUID
    hats: tuple[str, ...]

    def has(self, *hats: str) -> bool:
        return any(hat in self.hats for hat in hats)


@dataclass(frozen=True)
class Thing:
    """A row: its table, and the facts that decide. `of` are the ids it names, by role; `flags` what it says yes to."""

    table: str
    id: UUID
    practice: UUID
    of: dict[str, UUID | None] = field(default_factory=dict)
    start: int = 0
    end: int | None = None
    is_signed: bool = False
    flags: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash((self.table, self.id))

    @property
    def is_on(self) -> bool:
        return self.start <= 0 and (self.end is None or self.end > 0)


@dataclass
class Universe:
    people: list[Person]
    things: list[Thing]

    def all(self, table: str) -> Iterator[Thing]:
        return (thing for thing in self.things if thing.table == table)

    def supervises(self, me: Person, other: UUID | None) -> bool:
        pairs = self.all("supervision_relationships")
        return any(s.is_on and s.of["supervisor"] == me.id and s.of["supervisee"] == other for s in pairs)

    def team(self, client: UUID | None) -> list[UUID | None]:
        return [c.of["person"] for c in self.all("care_team") if c.is_on and c.of["client"] == client]

    def treats_personally(self, me: Person, client: UUID | None) -> bool:
        return me.id in self.team(client)

    def treats(self, me: Person, client: UUID | None) -> bool:
        """Or supervises somebody who does: that is enough to read, and not to write as a clinician."""
        return self.treats_personally(me, client) or any(self.supervises(me, other) for other in self.team(client))

    def writes_about(self, me: Person, client: UUID | None) -> bool:
        return me.has("clinician", "associate") and self.treats_personally(me, client)

    def is_in_portal(self, me: Person, client: UUID | None) -> bool:
        """The client themself, while their portal is on."""
        rows = self.all("client_portal_access")
        return me.id == client and any("enabled" in p.flags and p.of["client"] == client for p in rows)

    def acts_for(self, me: Person, client: UUID | None, purpose: str) -> bool:
        """A guardian whose authority is verified, covers this and is on today."""
        mine = (g for g in self.all("client_guardians") if g.of["person"] == me.id and g.of["client"] == client)
        return any({"verified", purpose} <= g.flags and g.is_on for g in mine)

    def may(self, me: Person, verb: str, thing: Thing) -> bool:
        """`verb` is r(ead), a(dd), c(hange) or d (remove)."""
        return thing.practice == me.practice and RULES[thing.table](self, me, verb, thing)

    def note_of(self, thing: Thing) -> Thing:
        return next(note for note in self.all("clinical_notes") if note.id == thing.of["note"])

    def meets(self, me: Person, client: UUID | None) -> bool:
        """The client has an appointment with them, whether they treat the client or not."""
        return any(a.of["client"] == client and a.of["clinician"] == me.id for a in self.all("appointments"))

    def keeps_chart(self, me: Person, client: UUID | None) -> bool:
        """The office, and clinicians who treat the client themselves."""
        treats = me.has("clinician") and self.treats_personally(me, client)
        return me.has(*OFFICE) or treats

    def reads_chart(self, me: Person, client: UUID | None) -> bool:
        return me.has(*OFFICE) or (me.has(*TREATING) and self.treats(me, client))


Rule = Callable[[Universe, Person, str, Thing], bool]
RULES: dict[str, Rule] = {}


def rule(table: str) -> Callable[[Rule], Rule]:
    def decorate(function: Rule) -> Rule:
        RULES[table] = function
        return function

    return decorate
