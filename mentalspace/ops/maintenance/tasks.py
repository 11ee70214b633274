"""What each task does. Each returns what came of it; one that cannot be done raises."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.ops import database
from mentalspace.ops.checks.registry import numbered
from mentalspace.ops.metrics.rules import State
from mentalspace.oversight.reports import lines_due
from mentalspace.people.cleaning import remove_expired_devices, remove_expired_rate_limits

logger = logging.getLogger(__name__)

LONGEST_VACUUM = 4 * 60 * 60
"""Seconds after which it is ended."""

MOST = 10
MEGABYTE = 1024 * 1024

Figures = dict[str, Any]


class NotDone(Exception):
    """The message says why, in words for administrators."""


@dataclass(frozen=True)
class Outcome:
    """How it went, in one sentence, with further lines for whoever acts and figures to compare the next time with."""

    state: State
    says: str
    details: tuple[str, ...] = ()
    figures: Figures = field(default_factory=dict)


def vacuum(actor: Actor, before: Figures) -> Outcome:
    """As the owner of the tables, in a process of its own: nobody else may, and not within a transaction."""
    command = [sys.executable, "-m", "mentalspace.launch.vacuum", settings.DATABASES["default"]["NAME"]]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_VACUUM, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(State.ATTENTION, "It was ended after four hours; what waits longest comes first the next time.")
    if done.returncode:
        logger.error("vacuum ended with %s: %s", done.returncode, done.stderr[-500:])
        raise NotDone("PostgreSQL refused it. The worker's log says why.")
    found: Figures = json.loads(done.stdout)
    missed = found.pop("missed")
    says = f"{numbered(found['tables'], 'table was', 'tables were')} vacuumed and analyzed in {found['seconds']:,} s"
    says += f"; {numbered(found['dead_rows'], 'dead row was', 'dead rows were')} waiting for it."
    details = tuple(f"{name} was in use and left out." for name in missed[:MOST])
    return Outcome(State.ATTENTION if missed else State.GOOD, says, details, found)


def rate_limits(actor: Actor, before: Figures) -> Outcome:
    removed = remove_expired_rate_limits()
    return Outcome(State.GOOD, f"{numbered(removed, 'expired limit was', 'expired limits were')} removed.")


def devices(actor: Actor, before: Figures) -> Outcome:
    removed = remove_expired_devices()
    return Outcome(State.GOOD, f"{numbered(removed, 'expired device was', 'expired devices were')} removed.")


def disk_usage(actor: Actor, before: Figures) -> Outcome:
    with acting_as(actor), transaction.atomic():
        size = database.size()
    grown = size - before["size"] if "size" in before else None
    says = f"The database takes {_megabytes(size)}"
    says += "." if grown is None else f", {_megabytes(abs(grown))} {'more' if grown >= 0 else 'less'} than before."
    return Outcome(State.GOOD, says, figures={"size": size})


def slow_queries(actor: Actor, before: Figures) -> Outcome:
    with acting_as(actor), transaction.atomic():
        found = database.slow_statements()
    if found is None:
        return Outcome(State.ATTENTION, "This PostgreSQL was started without pg_stat_statements: nobody counts.")
    lines = tuple(f"{row['mean_ms']:,.0f} ms on average, {row['calls']:,} calls: {row['query']}" for row in found)
    says = f"{numbered(len(found), 'statement takes', 'statements take')} more than {database.SLOW_MS} ms on average."
    return Outcome(State.ATTENTION if found else State.GOOD, says, lines)


def indexes(actor: Actor, before: Figures) -> Outcome:
    with acting_as(actor), transaction.atomic():
        missing, unused = database.missing_indexes(), database.unused_indexes()
    lines = [f"{row['name']} was read from end to end {row['scans']:,} times." for row in missing]
    lines += [f"{row['name']} takes {_megabytes(row['size'])} and was never used." for row in unused]
    if not lines:
        return Outcome(State.GOOD, "No large table is often read from end to end, and no large index lies idle.")
    says = f"{numbered(len(missing), 'table may lack', 'tables may lack')} an index; "
    says += f"{numbered(len(unused), 'large index is', 'large indexes are')} never used."
    return Outcome(State.ATTENTION, says, tuple(lines))


def audit_retention(actor: Actor, before: Figures) -> Outcome:
    with acting_as(actor), transaction.atomic():
        due = lines_due(actor.practice)
    if not due:
        return Outcome(State.GOOD, "No line of the audit trail is old enough to be purged.")
    return Outcome(State.GOOD, f"{numbered(due, 'line', 'lines')} of the audit trail may be purged.")


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"


DO: dict[str, Callable[[Actor, Figures], Outcome]] = {
    "vacuum": vacuum,
    "rate_limits": rate_limits,
    "devices": devices,
    "disk_usage": disk_usage,
    "slow_queries": slow_queries,
    "indexes": indexes,
    "audit_retention": audit_retention,
}
