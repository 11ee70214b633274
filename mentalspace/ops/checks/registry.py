"""What the product looks at by itself, each thing once: pages, checklists and digests show what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentalspace.access.actor import Actor
from mentalspace.ops.metrics.rules import State

STALE = timedelta(minutes=15)
"""A result this old is no longer one: of whatever check, several were missed."""

RANK = (State.GOOD, State.ATTENTION, State.UNKNOWN, State.BAD)
"""From the best to the worst: what could not be looked at is worse than what needs attention."""


@dataclass(frozen=True)
class Finding:
    """How something stands, in one sentence, with further sentences for whoever acts."""

    state: State
    says: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """`fix` says what to do when it is not good; `page` is where, as the address of a page.

    It is made every minute, or every so many `minutes` where looking costs something and nothing hurries.
    """

    name: str
    title: str
    fix: str
    page: str
    make: Callable[[Actor, datetime], Finding]
    minutes: int = 1


CHECKS: dict[str, Check] = {}
"""In the order in which they are shown."""


def check(
    name: str, *, title: str, fix: str, page: str = "", minutes: int = 1
) -> Callable[[Callable[..., Finding]], None]:
    """Register a check: a function of the practice's actor and the moment, in a transaction of its own."""

    def register(make: Callable[[Actor, datetime], Finding]) -> None:
        CHECKS[name] = Check(name, title, fix, page, make, minutes)

    return register


def worst(states: Sequence[State]) -> State:
    """The state of a line that several checks belong to; unknown when there is none."""
    return max(states, key=RANK.index, default=State.UNKNOWN)


def numbered(number: int, one: str, many: str) -> str:
    """`1 message`, `2 messages`."""
    return f"{number:,} {one if number == 1 else many}"
