"""Of what is kept, and of who looked at it."""

from datetime import datetime

from mentalspace.access.actor import Actor
from mentalspace.audit.models import SecurityIncident
from mentalspace.continuity import alarm, watching
from mentalspace.env import environment
from mentalspace.ops.checks.registry import Finding, check, numbered
from mentalspace.ops.metrics.rules import State
from mentalspace.oversight.reports import MANY_READS, Checks
from mentalspace.practices.models import Practice
from mentalspace.storage import usage

RED = 95
"""Percent of the quota from which it is no longer a warning."""

RARELY = 5
GRAVE = ("critical", "high")


@check(
    "storage",
    title="Storage",
    fix="Archive and clear up under Storage, or allow for more.",
    page="/storage",
)
def check_storage(actor: Actor, now: datetime) -> Finding:
    held = usage.by_bucket()
    percent = usage.percent(sum(each.size for each in held.values()), usage.settings_of_practice().quota_bytes)
    missing = sum(each.missing for each in held.values())
    says = f"{percent} % of what the practice means to keep."
    if missing:
        return Finding(State.BAD, f"{numbered(missing, 'file is', 'files are')} missing.", (says,))
    if percent >= usage.NEARLY_FULL:
        return Finding(State.BAD if percent >= RED else State.ATTENTION, says)
    return Finding(State.GOOD, says)


@check(
    "backup",
    title="Backups",
    fix="Open Storage, Backups: it says what went wrong, and makes a backup or a drill now.",
    page="/storage?tab=backups",
)
def check_backup(actor: Actor, now: datetime) -> Finding:
    """The night's backup, the log since, and a drill that passed."""
    env = environment()
    if env.database_url:
        return Finding(State.ATTENTION, "Whoever runs this PostgreSQL makes its backups; this page cannot see them.")
    found = watching.standing(env)
    if late := [alarm.SAID[each][2] for each in found.overdue(now)]:
        return Finding(State.BAD, late[0], tuple(late[1:]))
    if found.newest is None or found.last_pass is None:
        return Finding(
            State.ATTENTION, "The first backup and its drill have not been made yet; they come by themselves."
        )
    return Finding(
        State.GOOD, f"The last backup is of {found.newest.began_at:%d %B, %H:%M} UTC; it was restored and looked at."
    )


@check(
    "incidents",
    title="Security incidents",
    fix="Look into each under Security, and resolve it with words.",
    page="/security?tab=incidents",
)
def check_incidents(actor: Actor, now: datetime) -> Finding:
    """Those nobody has resolved yet, whenever they were met."""
    found = list(SecurityIncident.objects.exclude(status="resolved").values_list("severity", "status"))
    if not found:
        return Finding(State.GOOD, "None is open.")
    untouched = sum(status == "open" for _, status in found)
    details = tuple(
        numbered(sum(each == severity for each, _ in found), f"{severity} one.", f"{severity} ones.")
        for severity in ("critical", "high", "medium", "low")
        if any(each == severity for each, _ in found)
    )
    says = f"{numbered(len(found), 'is', 'are')} open, of which nobody looks into {untouched:,}."
    return Finding(State.BAD if any(each in GRAVE for each, _ in found) else State.ATTENTION, says, details)


@check(
    "anomalies",
    title="Audit anomalies",
    fix="Open Security: it shows who looked at what. Ask the person, and report a concern if the answer does not do.",
    page="/security",
    minutes=RARELY,
)
def check_anomalies(actor: Actor, now: datetime) -> Finding:
    """The runbook's suspicious access: more than fifty reads of health information by one person within a day."""
    practice = Practice.objects.get(pk=actor.practice)
    many = Checks(actor.practice, practice.timezone, now).phi_access()
    if not many:
        return Finding(State.GOOD, f"Nobody read health information more than {MANY_READS} times within a day.")
    says = (
        f"{numbered(len(many), 'person', 'people')} read health information more than {MANY_READS} times within a day."
    )
    return Finding(State.ATTENTION, says, tuple(f"{_name(row)}: {row['count']:,} reads." for row in many[:8]))


def _name(row: dict[str, object]) -> str:
    person = row.get("person")
    return str(person["name"]) if isinstance(person, dict) else "The system"
