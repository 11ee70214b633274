"""When the alerter itself is dead: told by a path that needs neither worker nor queue.

Every round of evaluating that ended leaves a sign (`jobs.signs.ALERTS`). `mentalspace up` watches it from outside
(`launch.watching`), and starts this in a process of its own when it no longer changes: the bell of those who run
operations, and a mail to each, handed to its carrier directly. Pages ask `is_silent` for their banner.
"""

import logging
import time
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


def tell(what: str) -> None:
    """Tell every practice's administrators that the alerter is "silent", or "back". Raises the last failure of many.

    One practice, and one mail, keep no other from being told.
    """
    kind, failures = KINDS[what], []
    for actor in system_actors():
        try:
            with following(Trail(name="The system")), acting_as(actor), transaction.atomic():
                people = _ring(actor, kind)
                letters = [_letter(kind, actor, person) for person in people if person.email]
                carrier = carrier_for(EMAIL)
        except Exception as failure:
            failures.append(failure)
            continue
        for letter in letters:
            try:
                carrier.send(letter)
            except Exception as failure:  # the bell has told them; the others' mail must go
                log.error("mail about the alerter was not taken: %s", type(failure).__name__)
    if failures:
        raise ExceptionGroup("not everybody was told", failures)
    click.echo(f"Told that the alerter is {what}.")


def _ring(actor: Actor, kind: str) -> list[Profile]:
    people = list(staff_who("run_operations"))
    bell.ring(kind=kind, recipients=[one.pk for one in people], about=actor.practice)
    return people


def _letter(kind: str, actor: Actor, person: Profile) -> Letter:
    subject, text = MAILS[kind]
    said = text.format(address=f"{settings.PUBLIC_URL}/operations/alerts")
    return Letter(key=uuid4(), practice=actor.practice, to=person.email, subject=subject, text=said)
