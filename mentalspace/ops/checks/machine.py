"""Of the machine and the product's own parts."""

import ctypes
import shutil
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from croniter import croniter  # type: ignore[import-untyped]
from django.conf import settings
from django.db import connection

from mentalspace.access.actor import Actor
from mentalspace.env import environment
from mentalspace.jobs import signs
from mentalspace.jobs.queue import SCHEDULE
from mentalspace.ops import database, probe
from mentalspace.ops.checks.registry import Finding, check, numbered
from mentalspace.ops.metrics.rules import State
from mentalspace.practices.models import Practice

PART_SAYS = {"healthy": "is well", "degraded": "works, but not as it should", "unhealthy": "does not work"}
LITTLE_SPACE, SOME_SPACE = 0.05, 0.15
"""Shares of the disk that are free: below the first it is nearly full, below the second it soon will be."""

LEAST_BYTES = 1 << 30
MANY, NEARLY_ALL = 0.8, 0.95
"""Shares of the server's connections that are taken."""

LONG_STATEMENT = 30.0
"""Seconds. Requests are cut off after sixty; what runs longer is a job's, or the operator's."""

CLOCKS_DIFFER, CLOCKS_WRONG = 2.0, 30.0
SIZE_OF_TIMEX, NOT_SYNCHRONISED = 512, 5
"""Bytes that hold a `struct timex` of any machine, all zero: nothing is to be set; and `TIME_ERROR`."""

CERTIFICATE_SOON, CERTIFICATE_LATE = timedelta(days=21), timedelta(days=7)
LATE = timedelta(minutes=10)
"""How long after its time a line of the schedule may still be at work."""


@check(
    "health",
    title="Health of the parts",
    fix="Look at the part that is named: `mentalspace up` restarts what died, and its output says why it did.",
    page="/operations",
)
def check_health(actor: Actor, now: datetime) -> Finding:
    """The health check, asked where users ask it."""
    parts = probe.parts()
    if parts is None:
        return Finding(State.BAD, "The product does not answer at its own address.", (settings.PUBLIC_URL,))
    wrong = {name: said for name, said in parts.items() if said != "healthy"}
    details = tuple(f"{name.capitalize()} {PART_SAYS[said]}." for name, said in wrong.items())
    if not wrong:
        return Finding(State.GOOD, f"{', '.join(parts).capitalize()}: all are well.")
    state = State.BAD if "unhealthy" in wrong.values() else State.ATTENTION
    return Finding(state, f"{numbered(len(wrong), 'part is', 'parts are')} not well.", details)


@check("disk", title="Disk", fix="Make room on the disk, or put the home on a larger one.", page="/storage?tab=clear")
def check_disk(actor: Actor, now: datetime) -> Finding:
    usage = shutil.disk_usage(environment().home)
    free = usage.free / usage.total
    says = f"{usage.free / (1 << 30):,.1f} GB of {usage.total / (1 << 30):,.0f} GB are free ({free:.0%})."
    if free < LITTLE_SPACE or usage.free < LEAST_BYTES:
        return Finding(State.BAD, says)
    return Finding(State.ATTENTION if free < SOME_SPACE else State.GOOD, says)


@check(
    "clock",
    title="Clock",
    fix="Turn on time synchronisation on the machine and on the database's: one-time codes and reminders need it.",
)
def check_clock(actor: Actor, now: datetime) -> Finding:
    """The machine's clock against the database's, which may be another's; and whether anything keeps it right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float")
        apart = abs(cursor.fetchone()[0] - time.time())
    says = "The clocks of machine and database agree." if apart <= CLOCKS_DIFFER else f"They differ by {apart:,.0f} s."
    if apart > CLOCKS_WRONG:
        return Finding(State.BAD, says)
    if apart <= CLOCKS_DIFFER and not is_kept_right():
        return Finding(State.ATTENTION, "Nothing keeps the machine's clock right: its time is not synchronised.")
    return Finding(State.ATTENTION if apart > CLOCKS_DIFFER else State.GOOD, says)


def is_kept_right() -> bool:
    """Whether the kernel's clock is synchronised (`ntp_adjtime`); believed where it cannot be asked."""
    ask = getattr(ctypes.CDLL(None), "ntp_adjtime", None)
    return ask is None or ask(ctypes.create_string_buffer(SIZE_OF_TIMEX)) != NOT_SYNCHRONISED


@check(
    "connections",
    title="Database connections",
    fix="Open Operations, Database: end what runs for too long, or whatever holds its connections without need.",
    page="/operations?tab=database",
)
def check_connections(actor: Actor, now: datetime) -> Finding:
    """How many of the server's connections are taken, and whether a statement has run for long."""
    found = database.connections()
    taken, most = sum(row["count"] for row in found), database.most_connections()
    running = max((row["longest_seconds"] for row in found if row["state"] == "active"), default=0.0)
    details = (f"A statement has been running for {running:,.0f} s.",) if running > LONG_STATEMENT else ()
    says = f"{taken:,} of {most:,} connections are taken."
    if taken >= NEARLY_ALL * most:
        return Finding(State.BAD, says, details)
    return Finding(State.ATTENTION if details or taken >= MANY * most else State.GOOD, says, details)


@check(
    "certificate",
    title="Certificate",
    fix="Renew the certificate of the public address; the proxy in `deploy/` does so by itself when it can be reached.",
    minutes=5,
)
def check_certificate(actor: Actor, now: datetime) -> Finding:
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https":
        return Finding(State.GOOD, "The address is not https, so there is none: for trying out on this machine only.")
    try:
        ends_at = certificate_end(str(address.hostname), address.port or 443)
    except ssl.SSLError as error:
        return Finding(State.BAD, f"Browsers do not trust it: {getattr(error, 'verify_message', '') or error}.")
    says = f"Good until {ends_at:%d %B %Y}."
    if ends_at - now < CERTIFICATE_LATE:
        return Finding(State.BAD, says)
    return Finding(State.ATTENTION if ends_at - now < CERTIFICATE_SOON else State.GOOD, says)


def certificate_end(host: str, port: int) -> datetime:
    """When the certificate that is shown there ends. SSLError when it is not good already, OSError without one."""
    with (
        socket.create_connection((host, port), timeout=probe.PATIENCE) as raw,
        ssl.create_default_context().wrap_socket(raw, server_hostname=host) as secure,
    ):
        shown = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)


@check(
    "schedule",
    title="Work on a schedule",
    fix="See the log of the worker for the line that is named. What it does is done at its next time.",
)
def check_schedule(actor: Actor, now: datetime) -> Finding:
    """Every line of the schedule went well at its last time: one that is silently off shows here."""
    founded = Practice.objects.get(pk=actor.practice).created_at
    late = tuple(
        f"{line.name} has not gone well at its last time."
        for line in SCHEDULE
        if _is_late(line.cron, line.name, now, founded)
    )
    if late:
        return Finding(
            State.BAD, f"{numbered(len(late), 'line of the schedule is', 'lines of the schedule are')} late.", late
        )
    return Finding(State.GOOD, f"All {len(SCHEDULE)} lines of the schedule went well at their last time.")


def _is_late(cron: str, name: str, now: datetime, founded: datetime) -> bool:
    times = croniter(cron, now - LATE)
    last = times.get_prev(datetime)
    return bool(last > founded + LATE and signs.age(name) > (now - last).total_seconds() + 60)
