"""The FHIR import: one transaction, as the practice itself, of everything or nothing.

The files are read twice, so that memory does not grow with them: first for people, then for what points to people,
wherever it stands. Whatever is broken, in either reading, takes the whole transaction back.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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
from mentalspace.exchange.fhir.mapping import Mapped, is_event, is_no_event, map_unit
from mentalspace.exchange.loading import Load, renew_statistics, write_people
from mentalspace.exchange.models import ImportRun
from mentalspace.exchange.report import ImportReport, Outcome
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

BATCH = 4000
"""Resources written at once: the memory an import needs, whatever its size."""


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
        with _collector_at_rest(), transaction.atomic():
            assignee = _assignee(into, assign_to)
            _write(Load(into, assignee, report, started_at), found.sources)
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


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Parsing makes millions of objects and next to no cycles: looking for these took a third of the time.

    Each batch is looked through once instead, when it is done.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _write(load: Load, sources: Sequence[reading.Source]) -> None:
    with_events: list[reading.Source] = []
    for batch in _batches(_people(load, sources, with_events)):
        write_people(load, batch)
    renew_statistics()
    for batch in _batches(_events(load, with_events)):
        write_events(load, batch)
    if not load.report.is_complete:
        raise ImportRefused("A file changed while it was being imported. Nothing was written.")


def _people(load: Load, sources: Sequence[reading.Source], with_events: list[reading.Source]) -> Iterator[Mapped]:
    """The first reading: yields people, counts everything, notes which files to read again."""
    report = load.report
    for source in sources:
        before, has_events = report.read, False
        for unit in reading.read(source):
            report.read += len(unit.entries)
            report.empty_entries += unit.empty_entries
            has_events = has_events or any(is_event(entry.resource_type) for entry in unit.entries)
            yield from _taken(load, map_unit(unit, load.now, is_no_event))
        if has_events:
            with_events.append(source)
        report.files.append(
            {"name": source.name, "sha256": reading.checksum(source), "resources": report.read - before}
        )


def _events(load: Load, sources: Sequence[reading.Source]) -> Iterator[Mapped]:
    for source in sources:
        for unit in reading.read(source):
            yield from _taken(load, map_unit(unit, load.now, is_event))


def _taken(load: Load, results: Iterable[Mapped]) -> Iterator[Mapped]:
    """Those that came to a draft; the others are counted."""
    for mapped in results:
        if isinstance(mapped.result, Declined):
            outcome = Outcome.REFUSED if mapped.result.is_supported else Outcome.UNSUPPORTED
            load.tell(mapped, outcome, mapped.result.reason)
        else:
            yield mapped


def _batches(drafts: Iterator[Mapped]) -> Iterator[list[Mapped]]:
    while batch := list(islice(drafts, BATCH)):
        yield batch
        del batch
        gc.collect(0)


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
