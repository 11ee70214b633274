"""The FHIR import: survey everything, then write it in one transaction as the practice itself.

The files are read three times, so that memory does not grow with them: first to find anything broken before a
row is written, then for people, then for what points to people. A file whose people are all there is skipped.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.access.audiences import IMPORT
from mentalspace.audit.trail import Trail, following, record
from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.exchange.events import write_events
from mentalspace.exchange.fhir import reading
from mentalspace.exchange.fhir.declining import Declined
from mentalspace.exchange.fhir.mapping import EVENTS, PEOPLE, Mapped, map_unit
from mentalspace.exchange.loading import Load, write_people
from mentalspace.exchange.models import ImportRun
from mentalspace.exchange.report import ImportReport, Outcome
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

BATCH = 4000
"""Resources written at once: the memory an import needs, whatever its size."""

Kinds = dict[reading.Source, set[str]]


class ImportRefused(Refusal):
    """The import cannot start, or its files changed under it; nothing was written."""

    code, status, message = "import_refused", 422, "This import cannot be done."


def import_fhir(
    *, paths: Iterable[Path], practice: str | None, assign_to: str | None, dry_run: bool, operator: str = ""
) -> ImportReport:
    """Import the files into the practice of this slug (the oldest by default).

    `assign_to` is the e-mail of somebody of the practice who gets every new client in their care. A dry run
    does the same work and rolls it back. Raises BrokenFile, naming the place, or ImportRefused: then nothing
    is written.
    """
    started_at = clock.now()
    found = reading.find(paths)
    into = _practice(practice)
    report = ImportReport(dry_run=dry_run, ignored=found.ignored)
    with acting_as(Actor(into.pk, into.pk, IMPORT)), following(Trail(name="The FHIR import")):
        with transaction.atomic():
            assignee = _assignee(into, assign_to)
        kinds = _survey(found.sources, started_at, report)
        with transaction.atomic():
            _write(Load(into, assignee, report, started_at), kinds)
            transaction.set_rollback(dry_run)
            if not dry_run:
                _record(into, report, started_at, assignee, operator)
        if dry_run:
            with transaction.atomic():
                _record(into, report, started_at, assignee, operator)
    return report


def _practice(slug: str | None) -> Practice:
    with acting_as(IDENTITY), transaction.atomic():
        rows = Practice.objects.order_by("created_at", "id")
        practice = rows.first() if slug is None else rows.filter(slug=slug).first()
    if practice is None:
        raise ImportRefused("There is no practice yet." if slug is None else f"There is no practice “{slug}”.")
    return practice


def _assignee(practice: Practice, email: str | None) -> UUID | None:
    if email is None:
        return None
    people = Profile.objects.filter(practice=practice, email__iexact=email, is_active=True, user__isnull=False)
    person = people.first()
    if person is None:
        raise ImportRefused(f"Nobody in {practice.name} signs in as {email}.")
    return person.pk


def _survey(sources: Sequence[reading.Source], now: datetime, report: ImportReport) -> Kinds:
    """Read everything once, without a database: count, and stop at the first thing that is broken."""
    kinds: Kinds = {}
    for source in sources:
        kinds[source] = set()
        before = report.read
        for unit in reading.read(source):
            report.read += len(unit.entries)
            report.empty_entries += unit.empty_entries
            for mapped in map_unit(unit, now):
                if isinstance(mapped.result, Declined):
                    outcome = Outcome.REFUSED if mapped.result.is_supported else Outcome.UNSUPPORTED
                    report.add(mapped.resource_type, outcome, mapped.result.reason, place=mapped.place)
                else:
                    kinds[source].add(mapped.resource_type)
        report.files.append(
            {"name": source.name, "sha256": reading.checksum(source), "resources": report.read - before}
        )
    return kinds


def _write(load: Load, kinds: Kinds) -> None:
    for batch in _batches(_drafts(kinds, load.now, PEOPLE)):
        write_people(load, batch)
    for batch in _batches(_drafts(kinds, load.now, EVENTS)):
        write_events(load, batch)
    if not load.report.is_complete:
        raise ImportRefused("A file changed while it was being imported. Nothing was written.")


def _drafts(kinds: Kinds, now: datetime, only: tuple[str, ...]) -> Iterator[Mapped]:
    for source, held in kinds.items():
        if held.isdisjoint(only):
            continue
        for unit in reading.read(source):
            for mapped in map_unit(unit, now, only):
                if not isinstance(mapped.result, Declined):
                    yield mapped


def _batches(drafts: Iterator[Mapped]) -> Iterator[list[Mapped]]:
    while batch := list(islice(drafts, BATCH)):
        yield batch


def _record(
    practice: Practice, report: ImportReport, started_at: datetime, assignee: UUID | None, operator: str
) -> None:
    run = ImportRun(
        practice=practice,
        is_dry_run=report.dry_run,
        operator=operator[:100],
        assigned_to_id=assignee,
        started_at=started_at,
        files=report.files,
        counts=report.as_json(),
    )
    run.save(force_insert=True)
    record(
        "exchange.fhir.tried" if report.dry_run else "exchange.fhir.imported",
        "{actor} tried an import and rolled it back" if report.dry_run else "{actor} imported charts",
        resource_type="import_run",
        resource=run.pk,
        details={"read": report.read, "created": dict(report.created)},
    )
