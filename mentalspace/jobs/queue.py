"""Jobs: a row in the caller's transaction, run later as the person who deferred it.

`@job("charting.print")` names a task; `.defer(note=…)` enqueues it. Arguments are ids. A job may run twice: after
its worker was killed it is taken up again from the start, so its action must bear repetition.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Protocol, cast
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from mentalspace.access.actor import Actor, acting_as, current
from mentalspace.access.audiences import JOBS
from mentalspace.audit.trail import Trail, flush, following
from mentalspace.practices.system import system_actor, system_actors


class Job(Protocol):
    def __call__(self, **args: Any) -> None: ...

    def defer(self, **args: Any) -> int:
        """Enqueue in the present transaction, to run as the person acting now. Returns the job's number."""


def job(name: str, **options: Any) -> Callable[[Callable[..., None]], Job]:
    """Make an action a job. `options` are procrastinate's: `lock`, `queueing_lock`, `retry`, `pass_context`."""

    def decorate(action: Callable[..., None]) -> Job:
        @wraps(action)
        def run(actor: str, **args: Any) -> None:
            perform(Actor.parse(actor), action, **args)

        task: Any = app.task(name=name, **options)(run)  # type: ignore[no-untyped-call]

        action.defer = partial(_defer, task)  # type: ignore[attr-defined]
        return cast(Job, action)

    return decorate


def system_job(name: str, **options: Any) -> Callable[[Callable[..., None]], Job]:
    """A job that is the practice's own work, whoever caused it: `defer(practice=…)`.

    The action gets the practice's system actor and opens its own transactions. Anybody who may enqueue may enqueue
    it for any practice, so it does only what that practice wants done anyway.
    """

    def decorate(action: Callable[..., None]) -> Job:
        @wraps(action)
        def run(actor: str, practice: str, **args: Any) -> None:
            with following(Trail(name="The system")):
                action(system_actor(UUID(practice)), **args)

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


def perform(actor: Actor, action: Callable[..., None], **args: Any) -> None:
    """Run an action in one transaction as this actor, with a trail of its own."""
    with acting_as(actor), following(Trail(name="The system")), transaction.atomic():
        action(**args)
        flush()


@dataclass(frozen=True)
class Scheduled:
    """A line of the schedule: when (cron, UTC), under which name, and what."""

    cron: str
    name: str
    run: Callable[[int], None]


SCHEDULE: list[Scheduled] = []
"""Everything that runs by itself. The worker puts it on its own connector, since only it may write the queue."""


def every(cron: str, name: str) -> Callable[[Callable[[Actor], None]], Callable[[Actor], None]]:
    """Run an action on a schedule, once for each practice, as its system profile.

    The action gets the actor and opens its own transactions. One practice's failure does not keep the others
    from being served: it is raised at the end, so the job shows as failed.
    """

    def decorate(action: Callable[[Actor], None]) -> Callable[[Actor], None]:
        def run(timestamp: int) -> None:
            failures = []
            for actor in system_actors():
                try:
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
    """Run an action on a schedule, once for the whole installation: what belongs to the machine, and to no practice."""

    def decorate(action: Callable[[], None]) -> Callable[[], None]:
        SCHEDULE.append(Scheduled(cron, name, lambda timestamp: action()))
        return action

    return decorate
