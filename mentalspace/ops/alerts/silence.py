"""When the alerter itself is dead: told by a path that needs neither worker nor queue.

Every round of evaluating that ended leaves a sign (`jobs.signs.ALERTS`). `mentalspace up` watches it from outside
(`launch.watching`), and starts this in a process of its own when it no longer changes: the bell of those who run
operations, and a mail to each, handed to its carrier directly. Pages ask `is_silent` for their banner.
"""

import logging
import time
from dataclasses import asdict, dataclass, field
from uuid import uuid4

import click
from django.conf import settings
from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.jobs import signs
from mentalspace.launch.watching import OLDEST
from mentalspace.notify import bell
from mentalspace.notify.accounts import carrier_for
from mentalspace.notify.models import EMAIL
from mentalspace.notify.ports import Letter
from mentalspace.people.abilities import staff_who
from mentalspace.people.models import Profile
from mentalspace.practices.system import system_actors

SILENT, BACK = "operations.alerter_silent", "operations.alerter_back"
KINDS = {"silent": SILENT, "back": BACK}
STARTED = time.monotonic()

TOLD_SO_FAR = f"{signs.ALERTS}.telling"
MOST_TRIES = 10
"""How often the launcher's watch has it tried, a minute apart, while somebody could not be reached."""

MAILS = {
    SILENT: (
        "MentalSpace no longer watches itself",
        "For five minutes nothing was evaluated: no alert would reach you, and reminders and mail may wait.\n\n"
        "Look at the output of `mentalspace up` on the machine, and start it anew if need be:\n"
        "docs/runbook/alerts.md, “The alerter is silent”.\n\n{address}\n",
    ),
    BACK: (
        "MentalSpace watches itself again",
        "Alerts are evaluated again. What waited is being done now.\n\n{address}\n",
    ),
}
"""Not worded by the practice: they must go when little works."""

log = logging.getLogger(__name__)


def is_silent() -> bool:
    """Whether nothing was evaluated for too long. A process as young as that does not judge."""
    age = signs.age(signs.ALERTS)
    return min(age, time.monotonic() - STARTED) > OLDEST


def silent_seconds() -> float | None:
    """For how long, where it is silent; None where it never was evaluated, or all is well."""
    age = signs.age(signs.ALERTS)
    return age if is_silent() and age != float("inf") else None


@dataclass
class Progress:
    """Who was told so far in this outage: practices by the bell, people by mail. Kept beside the sign, so that another
    try tells only those whom the one before did not reach."""

    what: str
    outage: float | None
    tries: int = 0
    rung: list[str] = field(default_factory=list)
    mailed: list[str] = field(default_factory=list)

    def keep(self) -> None:
        try:
            signs.note(TOLD_SO_FAR, asdict(self))
        except OSError as trouble:  # a full disk must not keep anybody from being told
            log.error("who was told about the alerter cannot be written down: %s", trouble)


def _progress(what: str) -> Progress:
    """Of this outage; of another one, nothing is told yet. "back" is one for as long as it is being told."""
    outage = signs.left_at(signs.ALERTS) if what == "silent" else None
    try:
        found = Progress(**signs.noted(TOLD_SO_FAR))
    except TypeError:
        return Progress(what, outage)
    return found if (found.what, found.outage) == (what, outage) else Progress(what, outage)


def tell(what: str) -> None:
    """Tell every practice's administrators that the alerter is "silent", or "back": each once for each outage.

    One practice, and one mail, keep no other from being told. Raises the failures of many, so that it is tried again
    for those; after `MOST_TRIES`, whoever cannot be reached is left, or nobody would hear that it is back.
    """
    so_far, failures = _progress(what), []
    so_far.tries += 1
    for actor in system_actors():
        failures += _tell(actor, so_far)
        so_far.keep()
    if failures and (so_far.tries < MOST_TRIES or not so_far.rung):
        raise ExceptionGroup("not everybody was told", failures)
    click.echo(f"Told that the alerter is {what}.")


def _tell(actor: Actor, so_far: Progress) -> list[Exception]:
    """Tell one practice whatever it was not told. Returns what went wrong."""
    kind = KINDS[so_far.what]
    try:
        people = _ring(actor, kind, is_rung=str(actor.practice) in so_far.rung)
    except Exception as failure:
        log.exception("the practice %s was not told about the alerter", actor.practice)
        return [failure]
    so_far.rung = sorted({*so_far.rung, str(actor.practice)})
    left = [one for one in people if one.email and str(one.pk) not in so_far.mailed]
    return _mail(actor, kind, left, so_far) if left else []


def _mail(actor: Actor, kind: str, people: list[Profile], so_far: Progress) -> list[Exception]:
    failures: list[Exception] = []
    try:
        with acting_as(actor), transaction.atomic():
            carrier = carrier_for(EMAIL)
    except Exception as failure:
        log.exception("the practice %s has no carrier for its mail", actor.practice)
        return [failure]
    for person in people:
        try:
            carrier.send(_letter(kind, actor, person))
        except Exception as failure:  # the bell has told them; the others' mail must go
            log.error("mail about the alerter was not taken: %s", type(failure).__name__)
            failures.append(failure)
        else:
            so_far.mailed.append(str(person.pk))
    return failures


def _ring(actor: Actor, kind: str, *, is_rung: bool) -> list[Profile]:
    """Ring unless that was done, and return who is to be told."""
    with following(Trail(name="The system")), acting_as(actor), transaction.atomic():
        people = list(staff_who("run_operations"))
        if not is_rung:
            bell.ring(kind=kind, recipients=[one.pk for one in people], about=actor.practice)
    return people


def _letter(kind: str, actor: Actor, person: Profile) -> Letter:
    subject, text = MAILS[kind]
    said = text.format(address=f"{settings.PUBLIC_URL}/operations/alerts")
    return Letter(key=uuid4(), practice=actor.practice, to=person.email, subject=subject, text=said)
