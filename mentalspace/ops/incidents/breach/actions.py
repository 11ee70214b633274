"""What administrators do where an incident may be a breach: keep extracts of the trail, and find who is affected."""

from datetime import date
from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.models import PHI_ACCESS
from mentalspace.audit.trail import record, records
from mentalspace.core import clock
from mentalspace.core.errors import BadInput
from mentalspace.core.spreadsheets import csv_text
from mentalspace.ops.incidents import on_call
from mentalspace.ops.incidents.breach.affected import Difference, find
from mentalspace.ops.incidents.breach.errors import AlreadyDeclared, BreachDecided, ExtractTooLong, NobodyToTell
from mentalspace.ops.incidents.breach.models import BreachAffected, BreachAssessment, IncidentExtract
from mentalspace.ops.incidents.breach.rules import FACTORS, Decision, notice_due
from mentalspace.ops.incidents.errors import IncidentChangedElsewhere
from mentalspace.ops.incidents.holding import locked
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.opening import note
from mentalspace.ops.incidents.rules import Happened
from mentalspace.oversight import trail

KIND = "breach_assessment"
COLUMNS = trail.EXPORT_COLUMNS


@records("incident_extract.taken", "{actor} kept an extract of the trail", resource_type="incident_extract")
def take_extract(*, incident_id: UUID, by: Actor, search: dict[str, Any], kept: dict[str, Any]) -> IncidentExtract:
    """Keep what a search of the trail finds now, with its hash. `search` is asked, `kept` the same as JSON.

    Taking it is a read of everybody it names. Raises ExtractTooLong, BadInput for one that finds nothing.
    """
    incident = locked(incident_id)
    rows = trail.exported(by.practice, str(on_call.zone_here()), **search)
    if len(rows) >= trail.MOST_EXPORTED:
        raise ExtractTooLong
    if not rows:
        raise BadInput("There is no line like that: nothing was kept.")
    clients = sorted({client for row in rows for client in row[-1]}, key=str)
    extract = IncidentExtract(practice_id=by.practice, incident=incident, taken_by=by.person, search=kept)
    extract.lines, extract.client_ids = len(rows), clients
    extract.content = csv_text(COLUMNS, (row[:-1] for row in rows))
    extract.save(force_insert=True)
    extract.refresh_from_db(fields=["sha256"])
    _saw(extract)
    note(incident, Happened.EXTRACT, by=by, note=f"{len(rows):,} lines of the trail.")
    return extract


def _saw(extract: IncidentExtract) -> None:
    """Whoever takes an extract has read of everybody it names."""
    record(
        "incident_extract.read",
        f"{{actor}} kept {extract.lines} lines of the trail with an incident",
        resource_type="incident_extract",
        action_type=PHI_ACCESS,
        resource=extract.pk,
        clients=extract.client_ids,
        severity="critical",
    )


@records("breach.declared", "{actor} said that an incident may be a breach", resource_type=KIND, severity="critical")
def declare(
    *, incident_id: UUID, by: Actor, discovered_on: date, search: dict[str, Any], kept: dict[str, Any]
) -> BreachAssessment:
    """It may be a breach: the sixty days run, and who is affected is found. Raises AlreadyDeclared and BadInput."""
    incident = locked(incident_id)
    _not_ahead(discovered_on)
    if BreachAssessment.objects.filter(incident=incident).exists():
        raise AlreadyDeclared
    row = BreachAssessment(practice_id=by.practice, incident=incident, declared_by=by.person, search=kept)
    row.discovered_on, row.due_on = discovered_on, notice_due(discovered_on)
    row.created_at = row.counted_at = clock.now()
    row.save(force_insert=True)
    found = find(row, search)
    row.write(affected=found.count)
    note(incident, Happened.BREACH, by=by, after="declared", note=f"{found.count:,} people affected.")
    return row


@records("breach.counted", "{actor} looked anew for who is affected by a breach", resource_type=KIND)
def count_anew(
    *,
    incident_id: UUID,
    by: Actor,
    version: int,
    discovered_on: date,
    search: dict[str, Any],
    kept: dict[str, Any],
    reason: str = "",
) -> BreachAssessment:
    """Find who is affected by another search, or by the same one now: what is new and what has dropped out is shown.

    A later day of discovery gives more time, and needs a `reason`. What was before stays in the timeline and in the
    trail. Raises BreachDecided, IncidentChangedElsewhere and BadInput.
    """
    row = _undecided(incident_id, version)
    _not_ahead(discovered_on)
    if discovered_on > row.discovered_on and not reason:
        raise BadInput(fields={"reason": ["Write why it was discovered later: it gives more time to tell people."]})
    now = clock.now()
    found: Difference = find(row, search)
    dates: dict[str, Any] = {"discovered_on": discovered_on, "due_on": notice_due(discovered_on), "counted_at": now}
    if discovered_on != row.discovered_on:
        dates |= {"warned": None}
    changed = _changed(row, discovered_on, kept)
    row.write(search=kept, affected=found.count, **dates, **row.next_version(now))
    said = f"{found.count:,} people affected: {found.new:,} new, {found.dropped:,} dropped out."
    note(row.incident, Happened.BREACH, by=by, after="counted", note=" ".join([said, *changed, reason]).strip()[:2000])
    return row


def _changed(row: BreachAssessment, discovered_on: date, kept: dict[str, Any]) -> list[str]:
    """What is another day or search than before, in sentences; and whole, in the trail."""
    before = {"discovered_on": row.discovered_on.isoformat(), "search": row.search}
    after = {"discovered_on": discovered_on.isoformat(), "search": kept}
    if before == after:
        return []
    record(
        "breach.search_changed",
        "{actor} changed by what the people affected by a breach are found",
        resource_type=KIND,
        resource=row.pk,
        details={"before": before, "after": after},
        severity="warning",
    )
    is_other_day = discovered_on != row.discovered_on
    said = [f"Discovered on {discovered_on}, before: {row.discovered_on}."] if is_other_day else []
    return [*said, *([f"Looked for: {_short(kept)}; before: {_short(row.search)}."] if kept != row.search else [])]


def _short(search: dict[str, Any]) -> str:
    """A search in a few words, without whom it names."""
    named = [f"{len(search[name])} {name}" for name in ("persons", "sessions", "addresses") if search.get(name)]
    return ", ".join([f"{search['since']} until {search['until']}", *named])


@records("breach.assessed", "{actor} assessed the risk of a breach", resource_type=KIND)
def assess(*, incident_id: UUID, by: Actor, version: int, factors: dict[str, str]) -> BreachAssessment:
    """What is known of the four factors. Raises BreachDecided and IncidentChangedElsewhere."""
    row = _undecided(incident_id, version)
    changed = [name for name, text in factors.items() if getattr(row, name) != text]
    if changed:
        note(row.incident, Happened.BREACH, by=by, after="assessed", note=f"Changed: {', '.join(changed)}.")
    return row.write(**factors, **row.next_version(clock.now()))


@records("breach.decided", "{actor} decided whether it was a breach", resource_type=KIND, severity="critical")
def decide(*, incident_id: UUID, by: Actor, version: int, decision: Decision, reasons: str) -> BreachAssessment:
    """A breach, or a low probability that anything was compromised, with the reasons. Final.

    A low probability needs all four factors (45 CFR 164.402(2)). Raises BreachDecided, IncidentChangedElsewhere and
    BadInput.
    """
    row, now = _undecided(incident_id, version), clock.now()
    missing = [name for name in FACTORS if not getattr(row, name).strip()]
    if decision is Decision.LOW_PROBABILITY and missing:
        raise BadInput(
            fields={name: ["Assess this first: a low probability is shown by all four."] for name in missing}
        )
    decided = {"decision": decision, "reasons": reasons, "decided_by": by.person, "decided_at": now}
    row.write(**decided, **row.next_version(now))
    note(row.incident, Happened.BREACH, by=by, after=decision)
    return row


@records("breach.people_told", "{actor} noted that people were told of a breach", resource_type=KIND)
def mark_told(*, incident_id: UUID, by: Actor, people: list[UUID], on: date, how: str) -> BreachAssessment:
    """These were told on this day, like this, and were not before. Raises NobodyToTell and BadInput."""
    row = BreachAssessment.objects.filter(incident=OperationsIncident.objects.visible(incident_id)).first()
    if row is None or row.decision != Decision.BREACH:
        raise NobodyToTell
    _not_ahead(on, "on")
    waiting = BreachAffected.objects.filter(
        assessment=row, pk__in=people, dropped_at__isnull=True, notified_on__isnull=True
    )
    told = list(waiting.select_for_update(of=("self",)).order_by("id").values_list("pk", "client_id"))
    if len(told) != len(set(people)):
        raise BadInput(fields={"people": ["Somebody of these is not on the list, or was told already. Reload it."]})
    values = {"notified_on": on, "notified_how": how, "notified_by": by.person}
    BreachAffected.objects.filter(pk__in=[pk for pk, _ in told]).update(**values)
    record(
        "breach.clients_told",
        "{actor} noted who was told of a breach",
        resource_type=KIND,
        resource=row.pk,
        clients=[client for _, client in told],
        details={"on": on.isoformat()},
    )
    return row


def _undecided(incident_id: UUID, version: int) -> BreachAssessment:
    incident = OperationsIncident.objects.visible(incident_id)
    row = BreachAssessment.objects.filter(incident=incident).first()
    if row is None:
        raise IncidentChangedElsewhere
    if row.decision != Decision.OPEN:
        raise BreachDecided
    held = BreachAssessment.objects.select_for_update(of=("self",), no_key=True).filter(pk=row.pk).first()
    if held is None:
        raise BreachDecided
    if held.version != version:
        raise IncidentChangedElsewhere(data={"version": held.version})
    return held


def _not_ahead(day: date, field: str = "discovered_on") -> None:
    if day > clock.now().astimezone(on_call.zone_here()).date():
        raise BadInput(fields={field: ["Enter today or an earlier day."]})
