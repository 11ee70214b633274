"""Who may do what to people, clients, the calendar and notes."""

from typing import Any

from tests.access.oracle.facts import HATS, OFFICE, TREATING, Person, Thing, Universe, rule


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
    if me.has(*OFFICE):
        return verb in "rac"
    if me.has(*TREATING) and u.treats(me, t.id) and verb == "r":
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
        return u.reads_chart(me, client) or (me.has("client") and me.id == client)
    return verb in "ac" and u.keeps_chart(me, client) and t.of["changed_by"] == me.id


@rule("client_guardians")
def _guardians(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """As the portal; but what stands may be changed whoever entered it, and a guardian sees their own. None is entered
    as verified."""
    client = t.of["client"]
    if verb == "r":
        return u.reads_chart(me, client) or (me.has("client") and t.of["person"] == me.id)
    if verb == "a":
        return u.keeps_chart(me, client) and t.of["created_by"] == me.id and "verified" not in t.flags
    return verb == "c" and u.keeps_chart(me, client)


@rule("client_status_changes")
def _status_changes(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Written by administrators in their own name, for good; read by whoever sees the chart."""
    if verb == "a":
        return me.has("administrator") and t.of["changed_by"] == me.id
    return verb == "r" and u.reads_chart(me, t.of["client"])


@rule("emergency_contacts")
def _contacts(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    if u.keeps_chart(me, t.of["client"]):
        return True
    return me.has(*TREATING) and u.treats(me, t.of["client"]) and verb == "r"


@rule("care_team")
def _care_team(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office assigns, and a supervisor for supervisees' clients."""
    if me.has(*OFFICE):
        return verb in "rac"
    treats = u.treats(me, t.of["client"])
    return treats and ((me.has("supervisor") and verb in "rac") or (me.has("clinician", "associate") and verb == "r"))


@rule("client_alerts")
def _alerts(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Whoever works with the client sees and ends alerts, their supervisor too; one raises them in one's own name."""
    treats = u.treats(me, t.of["client"])
    if verb == "r" and me.has("clinician", "associate") and treats:
        return True
    if not (me.has(*OFFICE) or (me.has("supervisor") and treats) or _writes(u, me, t)):
        return False
    return verb in "rc" or (verb == "a" and t.of["created_by"] == me.id)


@rule("diagnoses")
def _diagnoses(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Clinical: not the front desk's. A supervisor and the administrator only look."""
    treats = u.treats(me, t.of["client"])
    if verb == "r":
        return me.has("administrator") or (me.has(*TREATING) and treats)
    if not _writes(u, me, t):
        return False
    return verb == "c" or (verb == "a" and t.of["noted_by"] == me.id)


@rule("measure_results")
def _measures(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    treats = me.has(*TREATING) and u.treats(me, t.of["client"])
    return verb == "r" and (me.has("administrator") or treats)


@rule("appointments")
def _appointments(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office keeps the calendar; a clinician their own column, and sees the clients' other appointments."""
    mine, booked_by_me = t.of["clinician"] == me.id, t.of["created_by"] == me.id
    treats = u.treats(me, t.of["client"])
    if me.has(*OFFICE) and (verb in "rc" or (verb == "a" and booked_by_me)):
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


def _writes(u: Universe, me: Person, t: Thing) -> bool:
    return u.writes_about(me, t.of["client"])


def _sees(u: Universe, me: Person, client: Any) -> bool:
    return any(_clients(u, me, "r", each) for each in u.all("clients") if each.id == client)
