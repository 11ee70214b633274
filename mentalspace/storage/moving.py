"""From one store to the other: copied, read back, compared, and only then is the row told and the old copy let go."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.core import clock
from mentalspace.storage import stores
from mentalspace.storage.keeping import place_of
from mentalspace.storage.models import State, StoredObject
from mentalspace.storage.ports import ObjectMissing
from mentalspace.storage.turns import one_at_a_time

AT_ONCE = 100


@dataclass
class Moved:
    """How many objects went over, and how many could not."""

    objects: int = 0
    size: int = 0
    failed: int = 0


@one_at_a_time
def move(actor: Actor, *, to: str) -> Moved:
    """Move everything of one practice that is not there yet. May be stopped and begun again at any time.

    Files are opened from where their row says all the while. Raises StorageAway when a store cannot be
    reached, StorageBusy while the same practice's files are checked or moved.
    """
    moved, after = Moved(), ""
    while rows := _next_rows(actor, to, after):
        after = str(rows[-1].pk)
        for row in rows:
            if row.state == State.REMOVED:
                _move_removed(actor, row, to)
            elif _move_one(actor, row, to):
                moved.objects, moved.size = moved.objects + 1, moved.size + row.size
            else:
                moved.failed += 1
    return moved


def _next_rows(actor: Actor, to: str, after: str) -> list[StoredObject]:
    with acting_as(actor), transaction.atomic():
        rows = StoredObject.objects.exclude(store=to).order_by("id")
        return list((rows.filter(pk__gt=after) if after else rows)[:AT_ONCE])


def _move_removed(actor: Actor, row: StoredObject, to: str) -> None:
    """Nothing lies there, or what a store that was away did not give up. No row names a store that may be taken out."""
    stores.store_named(row.store).remove(place_of(row))
    with acting_as(actor), transaction.atomic():
        row.write(store=to)


def _move_one(actor: Actor, row: StoredObject, to: str) -> bool:
    """False when the bytes are not what was put there; then the row stays as it is."""
    old, new, place = stores.store_named(row.store), stores.store_named(to), place_of(row)
    try:
        content = old.get(place)
    except ObjectMissing:
        return False
    if sha256(content).hexdigest() != row.sha256:
        return False
    new.put(place, content)
    if sha256(new.get(place)).hexdigest() != row.sha256:
        new.remove(place)
        return False
    with acting_as(actor), transaction.atomic():
        row.write(store=to, key_id=new.key_id, checked_at=clock.now())
    old.remove(place)
    return True
