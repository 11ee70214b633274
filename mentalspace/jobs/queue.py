"""Jobs: a row in the caller's transaction, run later as the person who deferred it.

`@job("charting.print")` names a task; `.defer(note=…)` enqueues it. Arguments are ids. A job may run twice: after
its worker was killed it is taken up again from the start, so its action must bear repetition. While its practice is
read-only (`access.downtime`) a job waits, unless it says `in_downtime`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Protocol, cast
from uuid import UUID

from django.db import DatabaseError, transaction
from procrastinate.contrib.django import app

from mentalspace.access import downtime
from mentalspace.access.actor import IDENTITY, Actor, acting_as, current
from mentalspace.access.audiences import JOBS
from mentalspace.audit.trail import Trail, flush, following
from mentalspace.core.api import is_read_only
from mentalspace.practices.system import system_actor, system_actors

ASK_AGAIN = 60
"""Seconds after which a job that waits for the end of a downtime looks again."""


class Job(Protocol):
    def __call__(self, **args: Any) -> None: ...

    def defer(self, **args: Any) -> int:
        """Enqueue in the present transaction, to run as the person acting now. Returns the job's number."""


def job(name: str, *, in_downtime: bool = False, **options: Any) -> Callable[[Callable[..., None]], Job]:
    """Make an action a job. `options` are procrastinate's: `lock`, `queueing_lock`, `retry`, `pass_context`."""

    def decorate(action: Callable[..., None]) -> Job:
        @wraps(action)
        def run(actor: str, **args: Any) -> None:
            who = Actor.parse(actor)
            work = partial(perform, who, action, **args)
            if in_downtime:
                work()
            else:
                _unless_held(who.practice, work, partial(_put_off, task, who, args))

        task: Any = app.task(name=name, **options)(run)  # type: ignore[no-untyped-call]

        action.defer = partial(_defer, task)  # type: ignore[attr-defined]
        return cast(Job, action)

    return decorate


def system_job(name: str, *, in_downtime: bool = False, **options: Any) -> Callable[[Callable[..., None]], Job]:
    """A job that is the practice's own work, whoever caused it: `defer(practice=…)`.

    The action gets the practice's system actor and opens its own transactions. Anybody who may enqueue may enqueue
    it for any practice, so it does only what that practice wants done anyway.
    """

    def decorate(action: Callable[..., None]) -> Job:
        @wraps(action)
        def run(actor: str, practice: str, **args: Any) -> None:
            home = UUID(practice)
            work = partial(_perform_as_system, home, action, **args)
            if in_downtime:
                work()
            else:
                _unless_held(home, work, partial(_put_off, task, Actor.parse(actor), {"practice": practice, **args}))

        task: Any = app.task(name=name, **options)(run)  # type: ignore[no-untyped-call]
        action.defer = partial(_defer, task)  # type: ignore[attr-defined]
        return cast(Job, action)

    return decorate


def _defer(task: Any, **args: Any) -> int:
    me = current.get()
    if me is None:
        raise RuntimeError("a job needs somebody it acts as")
    with acting_as(Actor(me.practice, me.person, JOBS)):
        return int(task.defer(actor=str(me), **args))


def is_held(practice: UUID) -> bool:
    """Whether the practice, or the whole installation, is read-only now."""
    with acting_as(IDENTITY), transaction.atomic():
        return downtime.standing(practice) is not None


def _unless_held(practice: UUID, work: Callable[[], None], wait: Callable[[], None]) -> None:
    """Do it, or wait: also when the downtime begins in the middle, which undoes what the job had not yet committed."""
    if is_held(practice):
        wait()
        return
    try:
        work()
    except DatabaseError as error:
        if not is_read_only(error):
            raise
        wait()


def _put_off(task: Any, me: Actor, args: dict[str, Any]) -> None:
    """The same job again in a minute, as a new one: waiting is no try."""
    with acting_as(Actor(me.practice, me.person, JOBS)), transaction.atomic():
        task.configure(schedule_in={"seconds": ASK_AGAIN}).defer(actor=str(me), **args)


def perform(actor: Actor, action: Callable[..., None], **args: Any) -> None:
    """Run an action in one transaction as this actor, with a trail of its own."""
    with acting_as(actor), following(Trail(name="The system")), transaction.atomic():
        action(**args)
        flush()


def _perform_as_system(practice: UUID, action: Callable[..., None], **args: Any) -> None:
    with following(Trail(name="The system")):
        action(system_actor(practice), **args)


@dataclass(frozen=True)
class Scheduled:
    """A line of the schedule: when (cron, UTC), under which name, and what."""

    cron: str
    name: str
    run: Callable[[int], None]


SCHEDULE: list[Scheduled] = []
"""Everything that runs by itself. The worker puts it on its own connector, since only it may write the queue."""


def every(
    cron: str, name: str, *, in_downtime: bool = False
) -> Callable[[Callable[[Actor], None]], Callable[[Actor], None]]:
    """Run an action on a schedule, once for each practice, as its system profile; not for one that is read-only, unless
    it says `in_downtime`: the next time it is due serves it. That one was passed over is no failure and leaves the
    line's sign (`jobs.signs`), which says that the worker does its rounds: the check of downtime says what waits.

    The action gets the actor and opens its own transactions. One practice's failure does not keep the others
    from being served: it is raised at the end, so the job shows as failed.
    """

    def decorate(action: Callable[[Actor], None]) -> Callable[[Actor], None]:
        def run(timestamp: int) -> None:
            failures = []
            for actor in system_actors():
                try:
                    if not in_downtime and is_held(actor.practice):
                        continue
                    with following(Trail(name="The system")):
                        action(actor)
                except Exception as failure:
                    failures.append(failure)
            if failures:
                raise ExceptionGroup(f"{name} failed for {len(failures)} practice(s)", failures)

        SCHEDULE.append(Scheduled(cron, name, run))
        return action

    return decorate


def once(cron: str, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run an action on a schedule, once for the whole installation: what belongs to the machine, and to no practice. It
    goes on while the product is read-only."""

    def decorate(action: Callable[[], None]) -> Callable[[], None]:
        SCHEDULE.append(Scheduled(cron, name, lambda timestamp: action()))
        return action

    return decorate
