"""`mentalspace downtime`: the operator's switch, for the whole installation, also when the web does not answer."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

import click
from django.db import transaction

from mentalspace.access import downtime
from mentalspace.access.actor import NOBODY, acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.ops.downtime.switching import BEGUN, ENDED, note
from mentalspace.practices.system import system_actors

OPERATOR = "The operator"
SHORTEST_REASON = 10


def on(reason: str, hours: float) -> int:
    """Make everything read-only. Returns 1 when it is already, or no reason is given."""
    if len(reason.strip()) < SHORTEST_REASON:
        click.echo(f"Say why, in {SHORTEST_REASON} characters or more: everybody reads it.", err=True)
        return 1
    until = clock.now() + timedelta(hours=hours)
    if not downtime.begin_for_all(reason.strip(), until, OPERATOR):
        click.echo("The installation is read-only already.", err=True)
        return 1
    for _ in _each_practice():
        note(BEGUN, "{actor} made the whole installation read-only", {"reason": reason, "until": until.isoformat()})
    click.echo(f"The installation is read-only until `mentalspace downtime off`; expected {until:%d %B %H:%M} UTC.")
    return 0


def off(*, practices_too: bool = False) -> int:
    """End the installation's switch, or every one, whoever turned it. Returns 1 when there was none to end.

    It stands in the trail of whom it had held: of everybody, or of the practices whose own it was.
    """
    ended = downtime.end_for_all(practices_too=practices_too)
    left = downtime.all_standing()
    if not ended:
        click.echo("The installation is not read-only." if left else "Nothing is read-only.", err=True)
    for _ in _each_practice(None if NOBODY in ended else ended):
        note(ENDED, "{actor} let the product work again", {})
    if left:
        click.echo("Still read-only, by their own administrators (`off --all` ends these too):")
        status()
    elif ended:
        click.echo("Everybody works again; what waited is being done.")
    return 0 if ended else 1


def status() -> None:
    """Say what is read-only, why and since when."""
    found = downtime.all_standing()
    for practice, one in found:
        what = "the whole installation" if practice == NOBODY else f"practice {practice}"
        late = " (overdue)" if one.until < clock.now() else ""
        click.echo(
            f"{what}: read-only since {one.since:%d %B %H:%M} UTC, expected until {one.until:%d %B %H:%M} UTC{late},"
            f" by {one.by_name}: {one.reason}"
        )
    if not found:
        click.echo("Nothing is read-only.")


def _each_practice(among: Collection[UUID] | None = None) -> Iterator[None]:
    """As each practice's system, or as that of these, in a transaction of its own."""
    for actor in system_actors():
        if among is not None and actor.practice not in among:
            continue
        with following(Trail(name=OPERATOR)), acting_as(actor), transaction.atomic():
            yield
