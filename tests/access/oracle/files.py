"""Who may do what to documents of charts and to the files they name."""

from tests.access.oracle.facts import OFFICE, Person, Thing, Universe, rule


@rule("client_documents")
def _documents(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office and the care team keep them, a supervisor reads; what is in quarantine stays as it came."""
    client = t.of["client"]
    if verb == "r":
        return u.reads_chart(me, client)
    keeps = me.has(*OFFICE) or u.writes_about(me, client)
    if verb == "a":
        return keeps and t.of["uploader"] == me.id
    return verb == "c" and keeps and "quarantined" not in t.flags


@rule("storage.objects")
def _objects(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """A file is seen through the document that names it, and brought in one's own name."""
    if verb == "r":
        naming = (d for d in u.all("client_documents") if d.of["object"] == t.id)
        return any(_documents(u, me, "r", document) for document in naming)
    return verb == "a" and t.of["owner"] == me.id and me.has(*OFFICE, "clinician", "associate")
