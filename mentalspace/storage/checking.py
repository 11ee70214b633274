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
from mentalspace.storage.turns import one_at_a_time

LONGEST_TRANSACTION = timedelta(hours=1)
"""A mark older than this belongs to nothing that is still under way."""

AT_ONCE = 200


@dataclass
class Report:
    """What was found in one practice. `missing` are all that are; `newly_missing` counts what the last check found."""

    objects: int = 0
    missing: list[Place] = field(default_factory=list)
    newly_missing: int = 0
    found_again: list[Place] = field(default_factory=list)
    left_over: list[Place] = field(default_factory=list)
    without_row: list[Place] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.missing and not self.without_row

    def counts(self) -> dict[str, int]:
        kinds = ("missing", "found_again", "left_over", "without_row")
        return dict(Counter({kind: len(getattr(self, kind)) for kind in kinds})) | {"objects": self.objects}


@one_at_a_time
def check(actor: Actor, *, deep: bool = False, on_progress: Callable[[int], None] = lambda _: None) -> Report:
    """Look at one practice's objects, and repair. `deep` reads every byte and compares hashes.

    `on_progress` is told how many were looked at, now and then.
    Raises StorageAway when a store cannot be reached, StorageBusy while this practice's files are checked or moved.
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
    return report


def _next_rows(actor: Actor, after: str) -> list[StoredObject]:
    with acting_as(actor), transaction.atomic():
        rows = StoredObject.objects.order_by("id")
        return list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])


def _check_row(actor: Actor, row: StoredObject, report: Report, *, deep: bool) -> None:
    """A row whose bytes are gone is marked; when they are back, so is the row."""
    report.objects += 1
    if row.state == State.REMOVED:
        return  # what is left of it in any store is let go of by `_without_row`
    place, was_missing = place_of(row), row.state == State.MISSING
    is_there = _is_there(stores.store_named(row.store), place, row.sha256 if deep or was_missing else "")
    if is_there and not was_missing:
        return
    if is_there:
        if _set_state(actor, row, State.QUARANTINED if row.finding else State.KEPT):
            report.found_again.append(place)
    elif was_missing:
        report.missing.append(place)
    elif _mark_missing(actor, row, is_first=report.newly_missing == 0):
        report.missing.append(place)
        report.newly_missing += 1


def _mark_missing(actor: Actor, row: StoredObject, *, is_first: bool) -> bool:
    """Mark it, and with the first tell administrators, in one transaction: a check that dies half-way has told.

    Those that were told of are not told of again, so a check that told at its end alone might never tell.
    """
    with acting_as(actor), transaction.atomic():
        if not _set_state(actor, row, State.MISSING):
            return False
        if is_first:
            raise_incident(
                kind="files_missing",
                severity="high",
                description="The storage check found files that are missing or damaged",
                resource_type="stored_object",
                resource=row.pk,
            )
    return True


def _is_there(store: ObjectStore, place: Place, digest: str) -> bool:
    if not digest:
        return store.has(place)
    try:
        return sha256(store.get(place)).hexdigest() == digest
    except ObjectMissing:
        return False


def _set_state(actor: Actor, row: StoredObject, state: str) -> bool:
    """False when the row has changed since it was read: then what was found does not hold for it."""
    with acting_as(actor), transaction.atomic():
        same = StoredObject.objects.filter(pk=row.pk, store=row.store, state=row.state)
        return same.update(state=state, checked_at=clock.now()) == 1


def _clear_left_over(actor: Actor, report: Report) -> None:
    """What uploads left behind that were never committed. Only this practice's, and only with their mark."""
    for mark in Mark.every():
        said = mark.read()
        if said is None or said[1].practice != actor.practice or clock.now() - said[2] < LONGEST_TRANSACTION:
            continue
        store, place, _ = said
        if _row_of(actor, place) is None:
            stores.store_named(store).remove(place)
            report.left_over.append(place)
        mark.take_away()


def _without_row(actor: Actor, report: Report) -> Iterator[Place]:
    """Bytes of this practice that no row names. A second copy of what lies in the other store too is let go of, and
    so is what a store did not give up of a removed object, wherever it lies.

    What is odd at first sight is looked at again, its mark before its row: files come while others are looked at.
    """
    with acting_as(actor), transaction.atomic():
        buckets = sorted(Bucket.objects.values_list("id", flat=True))
        there = StoredObject.objects.exclude(state=State.REMOVED)
        known = {(bucket, name): store for bucket, name, store in there.values_list(*NAMED)}
    for store in stores.every_store():
        for place in (each for bucket in buckets for each in store.places(bucket)):
            if place.practice != actor.practice or known.get((place.bucket, place.name)) == store.name:
                continue
            if place in _arriving():
                continue
            row = _row_of(actor, place)
            if row is None:
                yield place
            elif row.state == State.REMOVED or _is_second_copy(row, store):
                store.remove(place)
                report.left_over.append(place)


def _arriving() -> set[Place]:
    return {said[1] for said in (mark.read() for mark in Mark.every()) if said}


def _row_of(actor: Actor, place: Place) -> StoredObject | None:
    with acting_as(actor), transaction.atomic():
        return StoredObject.objects.filter(bucket_id=place.bucket, name=place.name).first()


def _is_second_copy(row: StoredObject, store: ObjectStore) -> bool:
    """What lies in this store is of no use: the row names the other one, and there it is whole."""
    return row.store != store.name and _is_settled(row) and _is_whole(row)


def _is_settled(row: StoredObject) -> bool:
    """Nobody has put or moved it lately."""
    return clock.now() - max(row.created_at, row.checked_at or row.created_at) >= LONGEST_TRANSACTION


def _is_whole(row: StoredObject) -> bool:
    """Its bytes lie where it says, every one of them."""
    return _is_there(stores.store_named(row.store), place_of(row), row.sha256)


NAMED = ("bucket_id", "name", "store")
