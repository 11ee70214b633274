"""Putting what is overdue before the administrators, as an incident: bell and mail follow within a minute."""

from datetime import datetime, timedelta

from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import SecurityIncident, Severity
from mentalspace.continuity.watching import Standing

AGAIN = timedelta(hours=24)
"""What stays overdue is said once a day, whatever became of the first incident."""

SAID = {
    "backup": ("backup_overdue", Severity.CRITICAL, "No backup was finished for more than 26 hours."),
    "drill": ("restore_drill_overdue", Severity.HIGH, "No restore drill passed for more than 26 hours."),
    "log": ("backup_log_behind", Severity.HIGH, "What is written now is not being backed up: the log is behind."),
    "away": ("backups_away", Severity.CRITICAL, "The disk that backups go to cannot be reached."),
}
"""By what is overdue: the kind of incident, how bad it is, and the sentence."""


def sound(overdue: list[str], now: datetime) -> int:
    """Raise an incident for each, unless one was raised within the last day. Acts as the practice's system."""
    raised = 0
    for what in overdue:
        kind, severity, sentence = SAID[what]
        if not SecurityIncident.objects.filter(incident_type=kind, detected_at__gt=now - AGAIN).exists():
            raise_incident(kind=kind, severity=severity, description=sentence, resource_type="backup")
            raised += 1
    return raised


def overdue(found: Standing, now: datetime, started: datetime) -> list[str]:
    """What to sound. A machine that was off is given the time to catch up with its log."""
    late = found.overdue(now)
    return [what for what in late if what != "log" or now - started > timedelta(minutes=4)]
