"""Reads of a practice's notification rules, and what they are made of."""

from typing import Any

from mentalspace.correspondence.rules.causes import CAUSES
from mentalspace.correspondence.rules.conditions import OPERATORS
from mentalspace.correspondence.rules.facts import Cause
from mentalspace.correspondence.rules.models import NotificationRule

SHOWN = (
    *("id", "version", "rule_name", "rule_type", "is_active", "trigger_event", "conditions", "recipient_type"),
    *("recipients", "timing_type", "timing_offset", "timing_unit", "timing_at", "message_subject", "message_template"),
    *("send_once", "send_repeatedly", "repeat_interval", "max_repeats", "last_executed_at", "execution_count"),
)


def rules() -> list[dict[str, Any]]:
    """All that nobody has removed, by name. One statement."""
    return [shown(row) for row in NotificationRule.objects.kept().order_by("rule_name", "id")]


def shown(row: NotificationRule) -> dict[str, Any]:
    """One rule."""
    at = row.timing_at
    return {name: getattr(row, name) for name in SHOWN} | {"timing_at": f"{at:%H:%M}" if at else None}


def triggers() -> list[dict[str, Any]]:
    """What a rule can be made of: the triggers whose cause exists."""
    return [_trigger(cause) for cause in CAUSES.values()]


def _trigger(cause: Cause) -> dict[str, Any]:
    asks = [
        {
            "field": name,
            "label": field.label,
            "kind": field.kind,
            "choices": list(field.choices),
            "operators": [operator.value for operator in OPERATORS[field.kind]],
        }
        for name, field in cause.asks.items()
    ]
    return {
        "trigger_event": cause.trigger.value,
        "explains": cause.explains,
        "conditions": asks,
        "fields": list(cause.fields),
        "subject_fields": cause.in_subject,
        "timings": list(cause.timings),
        "recipient_types": list(cause.recipients),
        "repeats": cause.repeats,
    }
