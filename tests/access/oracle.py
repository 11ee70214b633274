"""Who may do what, in plain Python: the written policy once more, sharing no SQL with the product.

Days count from today: an `end` of 0 is over today. Source: the intended columns of the role matrix, narrowed to the
care team (a supervisor sees supervisees' clients, not all; billing sees none yet; nobody removes what was written).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

HATS = ("administrator", "supervisor", "clinician", "associate", "billing", "front_desk")


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


Rule = Callable[[Universe, Person, str, Thing], bool]
RULES: dict[str, Rule] = {}


def rule(table: str) -> Callable[[Rule], Rule]:
    def decorate(function: Rule) -> Rule:
        RULES[table] = function
        return function

    return decorate


@rule("profiles")
def _profiles(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Colleagues see everybody, a client themselves; the administrator adds and changes."""
    if verb == "r":
        return me.has(*HATS) or t.id == me.id
    return verb in "ac" and me.has("administrator")


@rule("supervision_relationships")
def _supervision(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    if verb == "r":
        return me.has(*HATS)
    return verb in "ac" and me.has("administrator")


@rule("clients")
def _clients(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office sees and edits all; clinicians edit theirs, associates and supervisors look; outside, who may now."""
    if me.has("administrator", "front_desk"):
        return verb in "rac"
    if me.has("supervisor", "clinician", "associate") and u.treats(me, t.id) and verb == "r":
        return True
    if me.has("clinician") and u.treats_personally(me, t.id) and verb == "c":
        return True
    outside = u.is_in_portal(me, t.id) or u.acts_for(me, t.id, "view_record")
    return me.has("client") and verb == "r" and outside


@rule("client_portal_access")
def _portal(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office and treating clinicians turn it, in their own name; who treats sees it, and the client their own."""
    client = t.of["client"]
    if verb == "r":
        return _reads_chart(u, me, client) or (me.has("client") and me.id == client)
    return verb in "ac" and _keeps_chart(u, me, client) and t.of["changed_by"] == me.id


@rule("client_guardians")
def _guardians(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """As the portal; but what stands may be changed whoever entered it, and a guardian sees their own. None is entered
    as verified."""
    client = t.of["client"]
    if verb == "r":
        return _reads_chart(u, me, client) or (me.has("client") and t.of["person"] == me.id)
    if verb == "a":
        return _keeps_chart(u, me, client) and t.of["created_by"] == me.id and "verified" not in t.flags
    return verb == "c" and _keeps_chart(u, me, client)


@rule("client_status_changes")
def _status_changes(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Written by administrators in their own name, for good; read by whoever sees the chart."""
    if verb == "a":
        return me.has("administrator") and t.of["changed_by"] == me.id
    return verb == "r" and _reads_chart(u, me, t.of["client"])


@rule("emergency_contacts")
def _contacts(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    if _keeps_chart(u, me, t.of["client"]):
        return True
    return me.has("supervisor", "clinician", "associate") and u.treats(me, t.of["client"]) and verb == "r"


@rule("care_team")
def _care_team(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office assigns, and a supervisor for supervisees' clients."""
    if me.has("administrator", "front_desk"):
        return verb in "rac"
    treats = u.treats(me, t.of["client"])
    return treats and ((me.has("supervisor") and verb in "rac") or (me.has("clinician", "associate") and verb == "r"))


@rule("client_alerts")
def _alerts(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Whoever works with the client sees and ends alerts, their supervisor too; one raises them in one's own name."""
    treats = u.treats(me, t.of["client"])
    if verb == "r" and me.has("clinician", "associate") and treats:
        return True
    if not (me.has("administrator", "front_desk") or (me.has("supervisor") and treats) or _writes(u, me, t)):
        return False
    return verb in "rc" or (verb == "a" and t.of["created_by"] == me.id)


@rule("diagnoses")
def _diagnoses(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Clinical: not the front desk's. A supervisor and the administrator only look."""
    treats = u.treats(me, t.of["client"])
    if verb == "r":
        return me.has("administrator") or (me.has("supervisor", "clinician", "associate") and treats)
    if not _writes(u, me, t):
        return False
    return verb == "c" or (verb == "a" and t.of["noted_by"] == me.id)


@rule("measure_results")
def _measures(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    treats = me.has("supervisor", "clinician", "associate") and u.treats(me, t.of["client"])
    return verb == "r" and (me.has("administrator") or treats)


@rule("appointments")
def _appointments(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office keeps the calendar; a clinician their own column, and sees the clients' other appointments."""
    mine, booked_by_me = t.of["clinician"] == me.id, t.of["created_by"] == me.id
    treats = u.treats(me, t.of["client"])
    if me.has("administrator", "front_desk") and (verb in "rc" or (verb == "a" and booked_by_me)):
        return True
    if me.has("clinician", "associate"):
        allowed = {"r": mine or treats, "c": mine, "a": mine and booked_by_me and _writes(u, me, t)}
        if allowed.get(verb):
            return True
    if me.has("supervisor") and verb == "r" and (mine or treats or u.supervises(me, t.of["clinician"])):
        return True
    client = t.of["client"]
    return me.has("client") and verb == "r" and (u.is_in_portal(me, client) or u.acts_for(me, client, "schedule"))


@rule("clinical_notes")
def _notes(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """A draft is its author's, and their supervisor's to read; signed, the care team's; the administrator reads."""
    mine, treats = t.of["author"] == me.id, u.treats(me, t.of["client"])
    writes = me.has("clinician", "associate")
    if verb == "r":
        reads = (writes or me.has("supervisor")) and (mine or (treats and t.is_signed))
        return reads or me.has("administrator") or (me.has("supervisor") and u.supervises(me, t.of["author"]))
    if verb == "a":
        return _writes(u, me, t) and mine and not t.is_signed
    return verb == "c" and writes and mine and not t.is_signed


@rule("note_versions")
def _versions(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Texts kept while writing are the writer's alone."""
    note, mine = u.note_of(t), t.of["saved_by"] == me.id and me.has("clinician", "associate")
    return mine and (verb == "r" or (verb == "a" and note.of["author"] == me.id and not note.is_signed))


@rule("note_amendments")
def _amendments(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Read with the note; added by the author of a signed one."""
    note = u.note_of(t)
    if verb == "r":
        return _notes(u, me, "r", note)
    mine = t.of["author"] == note.of["author"] == me.id
    return verb == "a" and mine and note.is_signed and me.has("clinician", "associate")


@rule("client_favorites")
def _favorites(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    if not me.has(*HATS) or t.of["person"] != me.id:
        return False
    return verb in "rd" or (verb == "a" and _sees(u, me, t.of["client"]))


@rule("client_views")
def _views(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    if not me.has(*HATS) or t.of["person"] != me.id:
        return False
    return verb == "r" or (verb in "ac" and _sees(u, me, t.of["client"]))


def _keeps_chart(u: Universe, me: Person, client: UUID | None) -> bool:
    """The office, and clinicians who treat the client themselves."""
    treats = me.has("clinician") and u.treats_personally(me, client)
    return me.has("administrator", "front_desk") or treats


def _reads_chart(u: Universe, me: Person, client: UUID | None) -> bool:
    treats = me.has("supervisor", "clinician", "associate") and u.treats(me, client)
    return me.has("administrator", "front_desk") or treats


def _writes(u: Universe, me: Person, t: Thing) -> bool:
    return u.writes_about(me, t.of["client"])


def _sees(u: Universe, me: Person, client: Any) -> bool:
    return any(_clients(u, me, "r", each) for each in u.all("clients") if each.id == client)
