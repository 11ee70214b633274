"""The rules every practice begins with. Changed or removed ones stay so: each is added once, by its key."""

from typing import Any, Final
from uuid import UUID

from mentalspace.correspondence.rules.models import NotificationRule
from mentalspace.correspondence.rules.vocabulary import Channel, Recipient, Timing, Trigger, Unit

LICENSE: Final[dict[str, Any]] = {
    "trigger_event": Trigger.LICENSE_EXPIRING,
    "timing_type": Timing.BEFORE,
    "timing_offset": 60,
    "timing_unit": Unit.DAYS,
    "send_once": False,
}
DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "note_overdue": {
        "rule_name": "Notes that are overdue",
        "trigger_event": Trigger.NOTE_OVERDUE,
        "recipient_type": Recipient.CLINICIAN,
        "message_subject": "A note is overdue",
        "message_template": "The note of {client_name}'s session on {session_date} was due on {due_date}.",
    },
    "license_own": {
        **LICENSE,
        "rule_name": "One's own license expires in 60 days",
        "rule_type": Channel.ALL,
        "recipient_type": Recipient.CLINICIAN,
        "message_subject": "Your license expires on {expires_on}",
        "message_template": "Your license expires on {expires_on}. Renew it, and tell an administrator the new date.",
    },
    "license_practice": {
        **LICENSE,
        "rule_name": "Somebody's license expires in 60 days",
        "recipient_type": Recipient.ADMINISTRATOR,
        "message_subject": "{person_name}'s license expires on {expires_on}",
        "message_template": "{person_name}'s license expires on {expires_on}. Enter the new date when it is renewed.",
    },
    "emergency_review": {
        "rule_name": "Emergency access that waits for its review",
        "trigger_event": Trigger.SUPERVISOR_REVIEW,
        "timing_type": Timing.AFTER,
        "timing_offset": 24,
        "recipient_type": Recipient.SUPERVISOR,
        "message_subject": "An emergency access waits for its review",
        "message_template": "{person_name}'s emergency access ended a day ago. Nobody has reviewed it yet.",
    },
    "critical_score": {
        "rule_name": "A score that needs a look",
        "trigger_event": Trigger.CRITICAL_SCORE,
        "recipient_type": Recipient.CLINICIAN,
        "message_subject": "A score needs a look",
        "message_template": "A measure of {client_name} came in that needs a look before the next session.",
    },
}


def ensure_rules(practice: UUID) -> None:
    """Add those that were never there. As the practice's system, in the caller's transaction."""
    known = set(NotificationRule.objects.exclude(default_key="").values_list("default_key", flat=True))
    missing = [
        NotificationRule(practice_id=practice, created_by_id=practice, default_key=key, **values)
        for key, values in DEFAULTS.items()
        if key not in known
    ]
    if missing:
        NotificationRule.objects.bulk_create(missing, ignore_conflicts=True)
