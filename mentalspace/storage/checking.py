"""Whether every row has its bytes and all bytes have their row, and what can be put right by itself.

Bytes of a transaction that was rolled back are removed: their mark says so. Other bytes without a row are told of and
never removed, since they are what is left when an older copy of the database was put back.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.incidents import raise_incident
from mentalspace.core import clock
from mentalspace.storage import stores
from mentalspace.storage.keeping import Mark, place_of
from mentalspace.storage.models import Bucket, State, StoredObject
from mentalspace.storage.ports import ObjectMissing, ObjectStore, Place

LONGEST_TRANSACTION = timedelta(hours=1)
"""A mark older than this belongs to nothing that is still under way."""

AT_ONCE = 200


@dataclass
class Report:
    """What was found in one practice."""

    objects: int = 0
    missing: list[Place] = field(default_factory=list)
    found_again: list[Place] = field(default_factory=list)
    left_over: list[Place] = field(default_factory=list)
    without_row: list[Place] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.missing and not self.without_row

    def counts(self) -> dict[str, int]:
        kinds = ("missing", "found_again", "left_over", "without_row")
        return dict(Counter({kind: len(getattr(self, kind)) for kind in kinds})) | {"objects": self.objects}


def check(actor: Actor, *, deep: bool = False, on_progress: Callable[[int], None] = lambda _: None) -> Report:
    """Look at one practice's objects, and repair. `deep` reads every byte and compares hashes.

    `on_progress` is told how many were looked at, now and then.
    """
    report = Report()
    _clear_left_over(actor, report)
    after = ""
    while rows := _next_rows(actor, after):
        after = str(rows[-1].pk)
        for row in rows:
            _check_row(actor, row, report, deep=deep)
        on_progress(report.objects)
    report.without_row = list(_without_row(actor, report))
    if report.missing:
        with acting_as(actor), transaction.atomic():
            raise_incident(
                kind="files_missing",
                severity="high",
                description="The storage check found files that are missing or damaged",
                details={"missing": len(report.missing)},
            )
    return report


def _next_rows(actor: Actor, after: str) -> list[StoredObject]:
    with acting_as(actor), transaction.atomic():
        rows = StoredObject.objects.order_by("id")
        return list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])


def _check_row(actor: Actor, row: StoredObject, report: Report, *, deep: bool) -> None:
    """A row whose bytes are gone is marked; when they are back, so is the row."""
    report.objects += 1
    if row.state == State.REMOVED:
        _check_removed(row, report)
        return
    place, was_missing = place_of(row), row.state == State.MISSING
    is_there = _is_there(stores.store_named(row.store), place, row.sha256 if deep or was_missing else "")
    if is_there and not was_missing:
        return
    if is_there:
        report.found_again.append(place)
        _set_state(actor, row, State.QUARANTINED if row.finding else State.KEPT)
    elif was_missing:
        return
    else:
        report.missing.append(place)
        _set_state(actor, row, State.MISSING)


def _check_removed(row: StoredObject, report: Report) -> None:
    """Bytes that should be gone and are not: the store could not be reached when they were let go of."""
    store, place = stores.store_named(row.store), place_of(row)
    if store.has(place):
        store.remove(place)
        report.left_over.append(place)


def _is_there(store: ObjectStore, place: Place, digest: str) -> bool:
    if not digest:
        return store.has(place)
    try:
        return sha256(store.get(place)).hexdigest() == digest
    except ObjectMissing:
        return False


def _set_state(actor: Actor, row: StoredObject, state: str) -> None:
    with acting_as(actor), transaction.atomic():
        row.write(state=state, checked_at=clock.now())


def _clear_left_over(actor: Actor, report: Report) -> None:
    """What uploads left behind that were never committed. Only this practice's, and only with their mark."""
    for mark in Mark.every():
        said = mark.read()
        if said is None or said[1].practice != actor.practice or clock.now() - said[2] < LONGEST_TRANSACTION:
            continue
        store, place, _ = said
        if not _has_row(actor, place):
            stores.store_named(store).remove(place)
            report.left_over.append(place)
        mark.take_away()


def _has_row(actor: Actor, place: Place) -> bool:
    with acting_as(actor), transaction.atomic():
        return StoredObject.objects.filter(bucket_id=place.bucket, name=place.name).exists()


def _without_row(actor: Actor, report: Report) -> Iterator[Place]:
    """Bytes of this practice that no row names. A second copy of what lies in the other store too is let go of."""
    arriving = {said[1] for said in (mark.read() for mark in Mark.every()) if said}
    with acting_as(actor), transaction.atomic():
        buckets = sorted(Bucket.objects.values_list("id", flat=True))
        known = {(bucket, name): store for bucket, name, store in StoredObject.objects.values_list(*NAMED)}
    for store in stores.every_store():
        for place in (each for bucket in buckets for each in store.places(bucket)):
            if place.practice != actor.practice or place in arriving:
                continue
            home = known.get((place.bucket, place.name))
            if home is None:
                yield place
            elif home != store.name and stores.store_named(home).has(place):
                store.remove(place)
                report.left_over.append(place)


NAMED = ("bucket_id", "name", "store")
