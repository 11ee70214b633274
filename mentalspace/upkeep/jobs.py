"""What upkeep does by itself and for whoever asked."""

from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.jobs.queue import every, job, system_job
from mentalspace.upkeep import actions, running, warning


@every("40 3 * * *", "storage.check")
def check_storage(actor: Actor) -> None:
    """Every night: find rows without files and files without rows, and clear away what failed uploads left."""
    running.check_by_night(actor)


@every("*/10 * * * *", "storage.watch")
def watch(actor: Actor) -> None:
    """Warn administrators when storage is nearly full; close what nobody goes on with."""
    running.close_given_up(actor)
    with acting_as(actor), transaction.atomic():
        warning.warn_when_filling(actor.practice)


@system_job("storage.run")
def run(actor: Actor, run: str) -> None:
    """Do what an administrator asked for. The run's row says what; without such a row there is nothing to do."""
    running.run(actor, UUID(run))


@job("storage.archive")
def archive(run: str) -> None:
    """Archive documents, as whoever asked for it."""
    actions.archive(run_id=UUID(run))
