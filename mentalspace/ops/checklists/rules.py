"""The runbook's morning and end-of-day checklists: its lines, and the checks that answer each."""

from dataclasses import dataclass

from mentalspace.ops.models import ChecklistKind


@dataclass(frozen=True)
class Line:
    """A line of the runbook, in its words, and the names of the checks it is answered by."""

    name: str
    title: str
    checks: tuple[str, ...]


CHECKLISTS = {
    ChecklistKind.MORNING: (
        Line("health", "Check health endpoint status", ("health", "disk", "clock", "certificate")),
        Line("errors", "Review overnight error logs", ("errors",)),
        Line("backup", "Verify scheduled backup completed", ("backup",)),
        Line("storage", "Check storage usage (should be < 80%)", ("storage",)),
        Line("incidents", "Review security incident logs", ("incidents", "response")),
        Line("reminders", "Check appointment reminder queue", ("messages",)),
    ),
    ChecklistKind.END_OF_DAY: (
        Line("anomalies", "Review day's audit logs for anomalies", ("anomalies",)),
        Line("jobs", "Check for failed background jobs", ("jobs", "schedule")),
        Line("alerts", "Verify all critical alerts resolved", ("alerts", "incidents", "response")),
        Line("performance", "Review system performance metrics", ("performance",)),
    ),
}
"""Operations runbook, "Daily Operations"."""

TITLES = {ChecklistKind.MORNING: "Morning", ChecklistKind.END_OF_DAY: "End of day"}
