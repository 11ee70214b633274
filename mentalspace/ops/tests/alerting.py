"""How tests make the product see things: what stands, at which minute, and what became of it."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.ops.alerts import defaults, evaluating, observing
from mentalspace.ops.alerts.models import SystemAlert, SystemAlertLine, SystemAlertRule
from mentalspace.ops.alerts.rules import Kind, Seen, Stage
from mentalspace.ops.metrics.rules import State
from mentalspace.practices.system import system_actor
from tests.cast import HERE, NOW, actor

OURS = system_actor(HERE)


class Stand:
    """Says what is seen, from one evaluation to the next. `at` is in minutes after `NOW`."""

    def __init__(self, monkeypatch):
        self.states = {}
        monkeypatch.setattr(observing, "look", self._look)

    def _look(self, now):
        return [
            Seen(kind, name, name.capitalize(), state, f"It is {state}.", now, f"Put {name} right.", "/x")
            for (kind, name), state in self.states.items()
        ]

    def sees(self, at, *, practice=OURS, kind=Kind.CHECK, **states):
        """Evaluate once at this minute, with these in these states."""
        self.states |= {(kind, name): State(state) for name, state in states.items()}
        with clock.frozen(NOW + timedelta(minutes=at)):
            evaluate(practice)


def evaluate(practice=OURS):
    with following(Trail(name="The system")), acting_as(practice), transaction.atomic():
        evaluating.evaluate(practice)


@pytest.fixture
def stand(db, monkeypatch):
    return Stand(monkeypatch)


def alerts(**found):
    with acting_as(OURS), transaction.atomic():
        rows = SystemAlert.objects.exclude(stage=Stage.PENDING).filter(**found).select_related("rule")
        return list(rows.order_by("opened_at", "id"))


def history():
    with acting_as(OURS), transaction.atomic():
        return [line.happened for line in SystemAlertLine.objects.order_by("created_at", "id")]


def change_rule(key, **values):
    """As Ada would."""
    with acting_as(OURS):
        defaults.ensure_rules(HERE)
    with acting_as(actor("ada")):
        SystemAlertRule.objects.filter(default_key=key).update(**values)


@contextmanager
def at_minute(minutes):
    with clock.frozen(NOW + timedelta(minutes=minutes)):
        yield
