"""Of what the product does: jobs, messages, errors, speed."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from mentalspace.access.actor import Actor
from mentalspace.jobs import signs
from mentalspace.notify.models import Notification
from mentalspace.ops import errors
from mentalspace.ops.alerts.models import STANDING, SystemAlert
from mentalspace.ops.alerts.rules import Severity, Stage
from mentalspace.ops.checks.registry import Finding, check, numbered, worst
from mentalspace.ops.incidents.breach import warning
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.queries import late_items, late_post_mortems
from mentalspace.ops.incidents.rules import AT_WORK, GRAVE
from mentalspace.ops.metrics.queries import figures
from mentalspace.ops.metrics.rules import METRICS, State, judge
from mentalspace.practices.models import Practice
from mentalspace.scheduling.reminders.models import ReminderLog

OVERDUE = timedelta(minutes=10)
WAITS_LONG = 300
"""Seconds that a due job may wait before it is said."""

MOST = 8
"""Lines of details: the rest is where the check leads to."""

EVENING = time(20)


@check(
    "jobs",
    title="Background jobs",
    fix="Most are tried again at their next time. The worker's log says why one failed.",
    page="/operations",
)
def check_jobs(actor: Actor, now: datetime) -> Finding:
    found = signs.noted(signs.QUEUE)
    if not found or signs.age(signs.WORKER) > OVERDUE.total_seconds():
        return Finding(State.UNKNOWN, "The worker has not told how its queue stands.")
    failed: dict[str, int] = found["failed"]
    details = tuple(f"{name} failed {numbered(times, 'time', 'times')}." for name, times in list(failed.items())[:MOST])
    if found["oldest_seconds"] > WAITS_LONG:
        return Finding(State.BAD, f"The oldest job waits for {found['oldest_seconds'] // 60:,} minutes.", details)
    if failed:
        return Finding(
            State.ATTENTION, f"{numbered(sum(failed.values()), 'job', 'jobs')} failed within a day.", details
        )
    return Finding(State.GOOD, "None failed within a day, and none waits.")


@check(
    "messages",
    title="Reminders and messages",
    fix="Open Messages: each that failed says why, and Carriers what to do about it.",
    page="/messages",
)
def check_messages(actor: Actor, now: datetime) -> Finding:
    """The runbook's reminder queue: what is due and did not go, and what was given up within a day."""
    open_ = Notification.objects.filter(sent_at__isnull=True, cancelled_at__isnull=True)
    late = open_.filter(next_attempt_at__lt=now - OVERDUE).count()
    late += ReminderLog.objects.due(now - OVERDUE).count()
    trying = open_.filter(~Q(error_message=""), next_attempt_at__isnull=False).count()
    given_up = open_.filter(next_attempt_at__isnull=True, created_at__gt=now - timedelta(days=1)).count()
    details = (
        *([f"{numbered(late, 'message is', 'messages are')} overdue."] if late else ()),
        *([f"{numbered(given_up, 'message was', 'messages were')} given up within a day."] if given_up else ()),
        *([f"{numbered(trying, 'message is', 'messages are')} being tried again."] if trying else ()),
    )
    if late:
        return Finding(State.BAD, details[0], details[1:])
    if details:
        return Finding(State.ATTENTION, details[0], details[1:])
    return Finding(State.GOOD, "Everything that was due has gone.")


@check(
    "errors",
    title="Errors since last evening",
    fix="The log of the web process has each in full. Tell us: `SECURITY.md` and the README say where.",
    page="/operations?tab=performance",
)
def check_errors(actor: Actor, now: datetime) -> Finding:
    zone = ZoneInfo(Practice.objects.get(pk=actor.practice).timezone)
    here = now.astimezone(zone)
    since = datetime.combine(here.date() - timedelta(days=1), EVENING, zone)
    found = errors.since(since)
    details = tuple(
        f"{where}: {kind or 'error'}, {numbered(times, 'time', 'times')}."
        for (where, kind), times in found.most_common(MOST)
    )
    if not found:
        return Finding(State.GOOD, "None was logged since 8 pm yesterday.")
    return Finding(State.ATTENTION, f"{numbered(found.total(), 'error', 'errors')} since 8 pm yesterday.", details)


@check(
    "alerts",
    title="Alerts",
    fix="Open Alerts: take each on, and do what it says.",
    page="/operations/alerts",
)
def check_alerts(actor: Actor, now: datetime) -> Finding:
    """The runbook's "all critical alerts resolved"; rules leave this check out, or alerts would be about alerts."""
    found = list(SystemAlert.objects.filter(stage__in=STANDING).values_list("severity", "stage"))
    if not found:
        return Finding(State.GOOD, "None is open.")
    untaken = sum(stage == Stage.OPEN for _, stage in found)
    says = f"{numbered(len(found), 'is', 'are')} open, of which nobody has taken on {untaken:,}."
    is_grave = any(severity == Severity.CRITICAL for severity, _ in found)
    return Finding(State.BAD if is_grave else State.ATTENTION, says)


@check(
    "response",
    title="Incidents",
    fix="Open Incidents: take each on, and write the post-mortems that are due.",
    page="/operations/incidents",
)
def check_response(actor: Actor, now: datetime) -> Finding:
    """Incidents at work, post-mortems and action items that are late. Rules for alerts pass it by: it would open what
    it looks at."""
    severities = list(OperationsIncident.objects.filter(status__in=AT_WORK).values_list("severity", flat=True))
    written, done = late_post_mortems(now).count(), late_items(now).count()
    notices = warning.pressing(now)
    is_late = any(left < 0 for _, left in notices)
    details = (
        *(_notice(number, left) for number, left in notices),
        *([f"{numbered(written, 'post-mortem is', 'post-mortems are')} overdue."] if written else ()),
        *([f"{numbered(done, 'action item is', 'action items are')} overdue."] if done else ()),
    )
    if severities:
        says = f"{numbered(len(severities), 'incident is', 'incidents are')} open, the gravest a {min(severities)}."
        return Finding(State.BAD if is_late or min(severities) in GRAVE else State.ATTENTION, says, details)
    if details:
        return Finding(State.BAD if is_late else State.ATTENTION, details[0], details[1:])
    return Finding(State.GOOD, "None is open, and nothing about one is overdue.")


def _notice(number: str, left: int) -> str:
    """How long there is to tell those affected by a breach."""
    if left < 0:
        return f"The people affected by {number} should have been told {numbered(-left, 'day', 'days')} ago."
    return f"{numbered(left, 'day is', 'days are')} left to tell the people affected by {number}."


@check(
    "performance",
    title="Performance",
    fix="Open Performance: it names slow statements, and what the database is busy with.",
    page="/operations?tab=performance",
)
def check_performance(actor: Actor, now: datetime) -> Finding:
    """The day's figures against the runbook's targets."""
    found = figures(now, timedelta(days=1))
    judged = {key: judge(METRICS[key], figure) for key, figure in found.items() if METRICS[key].target is not None}
    known = [state for state in judged.values() if state is not State.UNKNOWN]
    if not known:
        return Finding(State.UNKNOWN, "Nothing was measured within a day.")
    missed = tuple(
        f"{METRICS[key].title} misses its target."
        for key, state in judged.items()
        if state in (State.ATTENTION, State.BAD)
    )
    if not missed:
        return Finding(State.GOOD, "Every target was met within the last day.")
    return Finding(worst(known), f"{numbered(len(missed), 'target was', 'targets were')} missed within a day.", missed)
