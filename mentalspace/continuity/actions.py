"""What administrators ask for: a backup, a drill."""

from django.db import transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.continuity import jobs, watching
from mentalspace.core import clock
from mentalspace.core.errors import NotAllowed, Refusal
from mentalspace.env import EnvironmentRefused, environment
from mentalspace.jobs.queue import Job
from mentalspace.launch.backup.repository import Repository
from mentalspace.people.abilities import can


class BackupRuns(Refusal):
    code, status = "backup_runs", 409
    message = "This runs already, or is about to. The page shows when it has ended."


class BackupsElsewhere(Refusal):
    code, status = "backups_elsewhere", 409
    message = "This database is not the product's own: whoever runs its server makes the backups."


class BackupsAway(Refusal):
    code, status = "backups_away", 409
    message = "The disk that backups go to cannot be reached. Tell whoever runs the server."


@records("backup.asked", "{actor} asked for a backup", resource_type="backup")
def ask_for_backup(*, by: Actor) -> None:
    _ask("backups", jobs.backup_now, by)


@records("drill.asked", "{actor} asked for a restore drill", resource_type="backup")
def ask_for_drill(*, by: Actor) -> None:
    _ask("drill", jobs.drill_now, by)


def _ask(what: str, job: Job, by: Actor) -> None:
    """Enqueue it, unless it runs or waits already: a second click does nothing twice."""
    if not can(by.audience, "keep_storage"):
        raise NotAllowed
    repository = _repository()
    if watching.runs(repository, what, clock.now()):
        raise BackupRuns
    job.defer(practice=str(by.practice))
    said = {watching.asked_at(what): clock.now().isoformat()}
    transaction.on_commit(lambda: repository.write_state(**said))


def _repository() -> Repository:
    if environment().database_url:
        raise BackupsElsewhere
    try:
        return Repository.of(environment())
    except EnvironmentRefused:
        raise BackupsAway from None
