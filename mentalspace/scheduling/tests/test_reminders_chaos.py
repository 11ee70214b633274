"""Reminders in bad weather: workers that die anywhere, a provider that fails and loses answers, clocks that jump,
transactions that are rolled back, appointments that move and are cancelled, consents that are taken back.

Each run has its own seed and says it when it fails. `CHAOS_RUNS` and `CHAOS_REMINDERS` make it as long as one likes.
"""

import os
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from mentalspace.access.actor import NOBODY, acting_as
from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.notify import delivery
from mentalspace.notify.models import Notification
from mentalspace.notify.ports import Later, Letter
from mentalspace.practices.system import system_actor
from mentalspace.scheduling import actions
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders import actions as wishes
from mentalspace.scheduling.reminders import sending
from mentalspace.scheduling.reminders.models import ContactConsent, ReminderLog
from mentalspace.scheduling.series import EditScope
from tests.cast import CLEO, HERE, NOW, actor

from .reminding import agree, remind
from .test_reminders_sent import values

RUNS = int(os.environ.get("CHAOS_RUNS", "3"))
REMINDERS = int(os.environ.get("CHAOS_REMINDERS", "120"))
HOURS = (24, 1)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
SYSTEM = system_actor(HERE)


class Killed(BaseException):
    """The worker is gone, wherever it was."""


@dataclass
class Post:
    """A provider that knows a letter by its key, as Resend does, and misbehaves."""

    name = "post"
    luck: random.Random
    taken: list[UUID] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def send(self, letter: Letter) -> str:
        self._look(letter)
        fate = self.luck.random()
        if fate < 0.08:
            raise Later("busy", timedelta(seconds=self.luck.randint(1, 120)))
        if fate < 0.12:
            raise OSError("no route")
        if fate < 0.15:
            raise Killed
        if letter.key not in self.taken:
            self.taken.append(letter.key)
        if fate < 0.2:
            raise TimeoutError("the answer was lost")
        if fate < 0.24:
            raise Killed
        return "taken"

    def _look(self, letter: Letter) -> None:
        """What is handed over now must be wanted now."""
        with acting_as(SYSTEM), transaction.atomic():
            row = ReminderLog.objects.get(notification_id=letter.key)
            appointment = Appointment.objects.get(pk=row.appointment_id)
            agreed = ContactConsent.objects.filter(client_id=CLEO, revoked_at__isnull=True).exists()
        is_open = appointment.status in ("Scheduled", "Confirmed") and appointment.starts_at == row.starts_at
        if not (is_open and agreed and clock.now() < row.starts_at):
            self.wrong.append(f"{row.hours_before} h before {row.starts_at}: {appointment.status}")


@dataclass
class Weather:
    """One run: what was booked, and when each was last planned."""

    luck: random.Random
    planned_at: dict[UUID, datetime] = field(default_factory=dict)
    agreed: bool = True

    def book(self, slot: int) -> None:
        start = NOW + 2 * DAY + slot * HOUR
        made = self.maybe(lambda: actions.book(by=actor("ana"), now=clock.now(), values=values(start)))
        if made is not None:
            self.planned_at[made.pk] = clock.now()

    def maybe(self, work: Any) -> Any:
        """Do it; one in ten is rolled back, and so has not happened."""
        with acting_as(actor("ana")):
            try:
                with transaction.atomic():
                    made = work()
                    if self.luck.random() < 0.1:
                        raise _Undone
            except (_Undone, Refusal):
                return None
        return made

    def meddle(self) -> None:
        kind = self.luck.choice(["move", "move", "cancel", "confirm", "consent"])
        if kind == "consent":
            self._consent()
            return
        with acting_as(actor("ana")):
            rows = Appointment.objects.filter(status__in=["Scheduled", "Confirmed"], starts_at__gt=clock.now())
            chosen = self.luck.choice([*rows.order_by("id").values_list("id", flat=True)] or [None])
            row = rows.filter(pk=chosen).first() if chosen else None
        if row is None:
            return
        known: dict[str, Any] = {"appointment_id": row.pk, "by": actor("ana"), "version": row.version}
        known["now"] = clock.now()
        if kind == "cancel":
            self.maybe(lambda: actions.cancel(**known, scope=EditScope.THIS, reason="Ill"))
        elif kind == "confirm":
            self.maybe(lambda: actions.confirm(**known))
        else:
            to = row.starts_at + self.luck.choice([-1, 1]) * self.luck.randint(1, 30) * HOUR + 30 * MINUTE
            span = {"starts_at": to, "ends_at": to + 25 * MINUTE}
            if self.maybe(lambda: actions.change(**known, scope=EditScope.THIS, values=span)) is not None:
                self.planned_at[row.pk] = clock.now()

    def _consent(self) -> None:
        with acting_as(actor("ana")):
            given = ContactConsent.objects.filter(client_id=CLEO, revoked_at__isnull=True).first()
        common: dict[str, Any] = {"by": actor("ana"), "now": clock.now()}
        if given is not None:
            self.maybe(lambda: wishes.revoke_consent(consent_id=given.pk, **common))
        elif self.maybe(lambda: wishes.give_consent(client_id=CLEO, channel="email", **common)) is not None:
            self.planned_at = dict.fromkeys(self.planned_at, clock.now())


class _Undone(Exception):
    pass


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(RUNS))
def test_none_missing_none_twice_none_after_a_cancellation(seed, monkeypatch):
    luck = random.Random(seed)
    post, weather = Post(luck), Weather(luck)
    monkeypatch.setattr(delivery, "carrier_for", lambda channel: post)
    _let_workers_die(luck, monkeypatch)
    with clock.frozen(NOW):
        remind(quiet_from="00:00", quiet_until="00:00", email_timing=[*HOURS], include_cancel_link=False)
        agree()
        for slot in range(REMINDERS // len(HOURS)):
            weather.book(slot)
    now = _go_on(weather, luck)
    with clock.frozen(now):
        while not _is_agreed():
            weather._consent()
    _finish(weather, luck, now)
    assert post.wrong == [], f"seed {seed}: handed over though nobody wanted it"
    twice, missing = _judged(weather, post)
    assert (twice, missing) == ([], []), f"seed {seed}"
    assert len(post.taken) > REMINDERS // 4


def _let_workers_die(luck: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before and after every step of theirs that writes."""
    for module, name in ((sending, "_hand_over"), (delivery, "_claim"), (delivery, "_finish"), (delivery, "_prepare")):
        _mortal(luck, monkeypatch, module, name)


def _mortal(luck: random.Random, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    whole = getattr(module, name)

    def step(*args: Any, **kwargs: Any) -> Any:
        if luck.random() < 0.01:
            raise Killed
        done = whole(*args, **kwargs)
        if luck.random() < 0.01:
            raise Killed
        return done

    monkeypatch.setattr(module, name, step)


def _go_on(weather: Weather, luck: random.Random) -> datetime:
    """From one thing that is due to the next, with a little delay, meddling on the way."""
    now = NOW
    for _ in range(REMINDERS):
        now = _next(now, luck)
        with clock.frozen(now):
            _work()
            if luck.random() < 0.25:
                weather.meddle()
        if luck.random() < 0.05:  # a clock that is put back
            with clock.frozen(now - luck.randint(1, 50) * MINUTE):
                _work()
    return now


def _finish(weather: Weather, luck: random.Random, now: datetime) -> None:
    """Good weather for meddlers until everything that waits has gone."""
    for _ in range(20 * REMINDERS):
        later = _next(now, luck)
        if later == now:
            return
        now = later
        with clock.frozen(now):
            _work()


def _next(now: datetime, luck: random.Random) -> datetime:
    with acting_as(SYSTEM), transaction.atomic():
        plans = ReminderLog.objects.filter(status="pending", notification_id__isnull=True).order_by("due_at")
        queued = Notification.objects.waiting().filter(next_attempt_at__isnull=False).order_by("next_attempt_at")
        due = plans.values_list("due_at", flat=True).first()
        tried = queued.values_list("next_attempt_at", flat=True).first()
    moments = [moment for moment in (due, tried) if moment is not None]
    return max(now, min(moments) + luck.randint(0, 3) * MINUTE) + MINUTE if moments else now


def _work() -> None:
    for work in (sending.send_due, delivery.deliver_due):
        with suppress(Killed):
            work(SYSTEM)


def _is_agreed() -> bool:
    with acting_as(SYSTEM), transaction.atomic():
        return ContactConsent.objects.filter(client_id=CLEO, revoked_at__isnull=True).exists()


def _judged(weather: Weather, post: Post) -> tuple[list[str], list[str]]:
    """Reminders that readers got twice, and those they should have got and did not, by what is booked alone."""
    with acting_as(SYSTEM), transaction.atomic():
        about = {row.pk: row.related_entity_id or NOBODY for row in Notification.objects.all()}
        rows = {row.pk: row for row in ReminderLog.objects.all()}
        booked = list(Appointment.objects.filter(status__in=["Scheduled", "Confirmed"]))
    got = Counter(_name(rows[about[key]]) for key in post.taken)
    twice = [name for name, times in got.items() if times > 1]
    wanted = [
        f"{row.pk} {row.starts_at} {hours}"
        for row in booked
        for hours in HOURS
        if row.starts_at - hours * HOUR >= weather.planned_at[row.pk] + 5 * MINUTE
    ]
    return twice, [name for name in wanted if not got[name]]


def _name(row: ReminderLog) -> str:
    return f"{row.appointment_id} {row.starts_at} {row.hours_before}"
