"""`mentalspace storage check` and `mentalspace storage move`."""

import click
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.practices.system import system_actors
from mentalspace.storage import checking, moving
from mentalspace.storage.errors import StorageAway, StorageBusy

TOLD = {
    "missing": "missing or damaged: restore them from a backup of the home and check again",
    "found_again": "back where it should be",
    "left_over": "left over by an upload that failed, removed",
    "without_row": "in the store without a row in the database: is this database an older copy?",
}


def check(*, deep: bool) -> int:
    """Check every practice's objects. Returns 1 when something could not be repaired, or a practice not be checked."""
    status = 0
    for actor in system_actors():
        try:
            report = checking.check(actor, deep=deep)
        except (StorageAway, StorageBusy) as refused:
            click.echo(f"practice {actor.practice}: not checked. {refused.message}", err=True)
            status = 1
            continue
        click.echo(f"practice {actor.practice}: {report.objects} objects")
        for kind, meaning in TOLD.items():
            for place in getattr(report, kind):
                click.echo(f"  {place}: {meaning}")
        status |= int(not report.is_well)
    return status


def move(to: str) -> int:
    """Move every practice's objects to the store `to`. Returns 1 when some could not be."""
    status = 0
    for actor in system_actors():
        try:
            moved = moving.move(actor, to=to)
        except StorageAway:
            click.echo(f"practice {actor.practice}: a store cannot be reached; what was moved is moved.", err=True)
            return 1
        except StorageBusy as refused:
            click.echo(f"practice {actor.practice}: not moved. {refused.message}", err=True)
            status = 1
            continue
        with acting_as(actor), transaction.atomic():
            record(
                "storage.moved",
                "Files were moved to another store from the command line",
                resource_type="storage",
                action_type=ADMIN_ACTION,
                details={"to": to, "objects": moved.objects, "failed": moved.failed},
            )
        click.echo(f"practice {actor.practice}: {moved.objects} objects, {moved.size} bytes moved to {to}")
        if moved.failed:
            click.echo(f"  {moved.failed} stay where they are: missing or damaged. Run `mentalspace storage check`.")
            status = 1
    return status
