"""What backups do by themselves. The log is streamed by the supervisor's own child; here is the rest."""

import json
import logging
from datetime import datetime, timedelta

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import Trail, following, record
from mentalspace.continuity import alarm, drill, watching
from mentalspace.core import clock
from mentalspace.env import Environment, EnvironmentRefused, environment
from mentalspace.jobs.queue import every, once, system_job
from mentalspace.launch.backup import certificates, replacing, restoring, taking
from mentalspace.launch.backup.repository import Busy, Repository
from mentalspace.practices.system import system_actors

log = logging.getLogger(__name__)
STARTED = clock.now()
AFTER_FAILURE = timedelta(minutes=15)
"""A backup that failed is tried again after so long: a full disk does not empty itself within a minute."""

AFTER_DRILL = timedelta(hours=1)
"""A drill that did not pass is tried again after so long."""


@once("* * * * *", "continuity.backup")
def back_up() -> None:
    """Make the backup of 02:00 UTC, or the one that is missing since the machine was off, restored, or set up."""
    env = environment()
    if env.database_url:
        return
    tell_of_restore(env)
    repository = Repository.of(env)
    if needs_backup(repository, clock.now()):
        make_backup("daily")


def needs_backup(repository: Repository, now: datetime) -> bool:
    """The last 02:00 has none, or what is written now cannot be restored yet; and none failed a moment ago."""
    state = repository.state()
    attempted = state.get("attempted_at")
    if state.get("failure") and attempted and now - datetime.fromisoformat(attempted) < AFTER_FAILURE:
        return False
    bases, newest = repository.bases(), repository.newest_coverage()
    if newest is None:
        return False  # the archiver comes first: without the log a backup would not count
    reaching = [span for span in restoring.spans(repository) if span.base.line == newest[0]]
    return taking.due(bases, now) or not any(span.until >= newest[1].until for span in reaching)


def make_backup(kind: str) -> None:
    """Make one; what goes wrong stands in the repository, and on the page."""
    repository = Repository.of(environment())
    try:
        taking.take(environment(), kind)
    except Busy:
        return
    finally:
        repository.write_state(**{watching.asked_at("backups"): ""})


@once("* * * * *", "continuity.drill")
def drill_by_night() -> None:
    """Restore last night's backup and look at it: at 03:15 UTC, or later where the machine was off."""
    env = environment()
    if env.database_url:
        return
    if needs_drill(env, Repository.of(env), clock.now()):
        make_drill()


def needs_drill(env: Environment, repository: Repository, now: datetime) -> bool:
    """None passed since the last 03:15, last night's backup is there, and none was tried within the hour."""
    due = taking.last(3, 15, now)
    tried = certificates.latest(env, repository, most=1)
    if due < watching.born(env) or taking.due(repository.bases(), now):
        return False
    if not tried or tried[0].began_at < due:
        return True
    return not tried[0].passed and now - tried[0].began_at > AFTER_DRILL


def make_drill() -> None:
    repository = Repository.of(environment())
    try:
        done = drill.run(environment())
    except Busy:
        return
    finally:
        repository.write_state(**{watching.asked_at("drill"): ""})
    if not done.passed:
        bad = [step.name for step in done.steps if step.state != certificates.PASSED]
        log.error("the restore drill %s did not pass: %s", done.id, ", ".join(bad))


@system_job("continuity.backup_now", in_downtime=True)
def backup_now(actor: Actor) -> None:
    """What an administrator asked for."""
    if not environment().database_url:
        make_backup("asked")


@system_job("continuity.drill_now", in_downtime=True)
def drill_now(actor: Actor) -> None:
    """What an administrator asked for."""
    if not environment().database_url:
        make_drill()


@every("* * * * *", "continuity.watch")
def watch(actor: Actor) -> None:
    """Sound the alarm when a backup, the log, or a passed drill is overdue."""
    env = environment()
    if env.database_url:
        return
    now = clock.now()
    try:
        late = alarm.overdue(watching.standing(env), now, STARTED)
    except (EnvironmentRefused, OSError):
        late = ["away"]
    if late:
        with acting_as(actor), transaction.atomic():
            alarm.sound(late, now)


def tell_of_restore(env: Environment) -> None:
    """A restore is done while nothing runs: its line goes into every practice's trail at the next start."""
    path = env.home / replacing.NEWS
    try:
        news = json.loads(path.read_text())
    except FileNotFoundError:
        return
    for actor in system_actors():
        with following(Trail(name="The operator")), acting_as(actor), transaction.atomic():
            record(
                "database.restored",
                "{actor} restored the database to an earlier moment",
                resource_type="backup",
                action_type=ADMIN_ACTION,
                details=news,
                severity="critical",
            )
    path.unlink()
