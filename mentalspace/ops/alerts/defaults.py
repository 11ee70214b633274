"""The rules every practice begins with, as data. They can be changed and switched off, not removed."""

from typing import Any, Final
from uuid import UUID

from mentalspace.ops.alerts.models import SystemAlertRule
from mentalspace.ops.alerts.rules import Channel, Condition, Kind, Severity

AGAIN_MINUTES: Final = 30
"""After so long without anybody who takes a critical alert on, administrators are told again."""

ADMINISTRATOR: Final = "administrator"
AT_ONCE: Final = [{"minutes": 0, "roles": [ADMINISTRATOR], "people": []}]
TWICE: Final = [*AT_ONCE, {"minutes": AGAIN_MINUTES, "roles": [ADMINISTRATOR], "people": []}]
LOUD: Final = [Channel.IN_PRODUCT, Channel.EMAIL, Channel.SMS, Channel.WEBHOOK]
QUIET: Final = [Channel.IN_PRODUCT, Channel.EMAIL, Channel.WEBHOOK]

GRAVE: Final[dict[str, Any]] = {"severity": Severity.CRITICAL, "channels": LOUD, "steps": TWICE}
LIGHT: Final[dict[str, Any]] = {"severity": Severity.WARNING, "channels": QUIET, "steps": AT_ONCE}

DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "checks_bad": {
        "name": "A check is not good",
        "kind": Kind.CHECK,
        "condition": Condition.BAD,
        "hold_minutes": 0,
        "clear_minutes": 10,
        **GRAVE,
    },
    "checks_unknown": {
        "name": "A check cannot be made",
        "kind": Kind.CHECK,
        "condition": Condition.UNKNOWN,
        "hold_minutes": 30,
        "clear_minutes": 5,
        **LIGHT,
    },
    "metrics_critical": {
        "name": "A metric is beyond its critical line",
        "kind": Kind.METRIC,
        "condition": Condition.BAD,
        "hold_minutes": 10,
        "clear_minutes": 10,
        **GRAVE,
    },
    "metrics_target": {
        "name": "A metric misses its target",
        "kind": Kind.METRIC,
        "condition": Condition.ATTENTION,
        "hold_minutes": 60,
        "clear_minutes": 15,
        **LIGHT,
    },
    "metrics_unknown": {
        "name": "Nothing is being measured",
        "kind": Kind.METRIC,
        "subject": "uptime",
        "condition": Condition.UNKNOWN,
        "hold_minutes": 15,
        "clear_minutes": 5,
        **LIGHT,
    },
}
"""By their keys. Lines and targets are the runbook's "Key Metrics to Track" (`metrics.rules`). Only uptime is measured
whether or not anybody is there: a metric without figures at night is no alert."""


def ensure_rules(practice: UUID) -> None:
    """Give a practice the defaults it does not have yet."""
    there = set(SystemAlertRule.objects.exclude(default_key="").values_list("default_key", flat=True))
    missing = [
        SystemAlertRule(practice_id=practice, default_key=key, **rule)
        for key, rule in DEFAULTS.items()
        if key not in there
    ]
    if missing:
        SystemAlertRule.objects.bulk_create(missing, ignore_conflicts=True)
