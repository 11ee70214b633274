"""Who may do what to reminders and to the outbox, of what their settings and the clients' wishes are made."""

from tests.access.oracle.facts import HATS, OFFICE, TREATING, Person, Thing, Universe, rule


@rule("reminder_settings")
@rule("appointment_notification_settings")
def _settings(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """All staff plan by them, the administrator sets them."""
    if verb == "r":
        return me.has(*HATS)
    return verb in "ac" and me.has("administrator")


@rule("client_reminder_preferences")
def _preferences(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    client = t.of["client"]
    if verb == "r" and _meets_or_treats(u, me, t):
        return True
    return verb in "rac" and u.keeps_chart(me, client)


@rule("contact_consents")
def _consents(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Given in one's own name. Nothing of one changes but that it ends, so that touching it is refused."""
    client = t.of["client"]
    if verb == "r":
        return me.has(*OFFICE) or _meets_or_treats(u, me, t)
    mine = t.of["recorded_by"] == me.id and "revoked" not in t.flags
    return verb == "a" and mine and u.keeps_chart(me, client)


@rule("reminder_logs")
def _reminders(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """People plan and call off, clinicians in their own column; that one was handed over or sent is the system's."""
    mine, treats = t.of["clinician"] == me.id, u.treats(me, t.of["client"])
    if verb == "r":
        reads = me.has(*OFFICE) or (me.has(*TREATING) and (mine or treats))
        return reads or (me.has("supervisor") and u.supervises(me, t.of["clinician"]))
    keeps = me.has(*OFFICE) or (me.has("clinician", "associate") and mine)
    return keeps and ((verb in "ac" and not t.flags) or (verb == "c" and "off" in t.flags))


@rule("reminder_links")
def _links(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Of links people see to the requests for another time, and to no other."""
    mine = me.has("clinician", "associate") and t.of["clinician"] == me.id
    return verb in "rc" and {"reschedule", "used"} <= t.flags and (me.has(*OFFICE) or mine)


@rule("notification_logs")
def _outbox(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """Everybody's work tells people something; administrators read it, and see to what waits."""
    if verb == "r":
        return me.has("administrator")
    waits = "sent" not in t.flags
    return waits and ((verb == "a" and me.has(*HATS)) or (verb == "c" and me.has("administrator")))


@rule("suppressed_addresses")
def _suppressed(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    """The office lifts a bounce, once; a STOP is its reader's to take back."""
    if verb == "r":
        return me.has(*HATS)
    return verb == "c" and me.has(*OFFICE) and {"bounced"} == t.flags


@rule("provider_accounts")
def _accounts(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    if verb == "a":
        return me.has("administrator") and t.of["added_by"] == me.id
    return me.has("administrator") and (verb == "r" or (verb == "c" and "retired" not in t.flags))


@rule("provider_events")
def _events(u: Universe, me: Person, verb: str, t: Thing) -> bool:
    return verb == "r" and me.has("administrator")


def _meets_or_treats(u: Universe, me: Person, t: Thing) -> bool:
    client = t.of["client"]
    return me.has(*TREATING) and (u.treats(me, client) or u.meets(me, client))
