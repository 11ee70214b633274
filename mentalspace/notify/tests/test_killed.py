"""The process that delivers is killed (`kill -9`) at each step of a delivery: the message goes all the same, once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from threading import Event
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.launch.testing import ensure_test_cluster
from mentalspace.notify import delivery
from mentalspace.notify.models import LEASE
from mentalspace.practices.system import system_actor
from tests.cast import HERE, actor
from tests.providers import ResendServer, TwilioServer

from .test_outbox import REAL, rows, tell
from .test_providers import PHONE, connect

pytestmark = pytest.mark.usefixtures("really_committed")

PATIENCE = 30
BEFORE, AFTER = "before the provider takes it", "after it took it, before its answer"
UNWRITTEN = "after its answer, before that is written down"

WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"


class Held:
    """A provider that stops once at a step, says so, and goes on when it may."""

    step = ""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.may_go = Event(), Event()

    def take(self, *request: Any) -> Any:
        if self.step == BEFORE and not self.reached.is_set():
            self._stop()
            return 500, {}
        answer = super().take(*request)  # type: ignore[misc]
        if self.step in (AFTER, UNWRITTEN) and not self.reached.is_set():
            self._stop()
        return answer

    def _stop(self) -> None:
        self.reached.set()
        assert self.may_go.wait(PATIENCE)


class HeldResend(Held, ResendServer):
    pass


class HeldTwilio(Held, TwilioServer):
    pass


@pytest.fixture
def providers(settings) -> Iterator[dict[str, Any]]:
    with HeldResend() as resend, HeldTwilio() as twilio:
        settings.RESEND_URL, settings.TWILIO_URL = resend.url, twilio.url
        with transaction.atomic():
            connect("resend", "Here <office@here.example>", key=resend.key, signing_secret="whsec_eA==")
            connect("twilio", "+15185550199", account=twilio.account, token=twilio.token)
        yield {"resend": resend, "twilio": twilio}


@contextmanager
def carrying(settings) -> Iterator[subprocess.Popen[bytes]]:
    name = connections["default"].settings_dict["NAME"]
    module = "mentalspace.notify.tests.carrier_of_the_test"
    process = subprocess.Popen(
        [sys.executable, "-m", module, name, str(HERE), settings.RESEND_URL, settings.TWILIO_URL]
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def held(stack: ExitStack) -> psycopg.Connection:
    """Somebody who has the message's row, so that nothing can be written down of it."""
    name = connections["default"].settings_dict["NAME"]
    boss = stack.enter_context(psycopg.connect(ensure_test_cluster()["superuser_dsn"], dbname=name))
    boss.execute("SELECT id FROM notification_logs FOR UPDATE")
    return boss


def until_somebody_waits(boss: psycopg.Connection) -> None:
    over = clock.now() + timedelta(seconds=PATIENCE)
    while boss.execute(WAITS).fetchone() != (True,):
        assert clock.now() < over, "nobody came to write it down"


@pytest.mark.parametrize("step", [BEFORE, AFTER, UNWRITTEN])
@pytest.mark.parametrize("name", ["resend", "twilio"])
def test_killed_anywhere_it_still_goes_once(providers, settings, name, step):
    provider = providers[name]
    provider.step = step
    with acting_as(actor("ana")), transaction.atomic():
        tell(**REAL, **({} if name == "resend" else {"email": "", "phone": PHONE}))
    with ExitStack() as stack:
        process = stack.enter_context(carrying(settings))
        assert provider.reached.wait(PATIENCE)
        if step == UNWRITTEN:
            boss = held(stack)
            provider.may_go.set()
            until_somebody_waits(boss)
        process.kill()
        process.wait(PATIENCE)
        provider.may_go.set()
    delivery.deliver_due(system_actor(HERE))
    assert not _row().sent_at  # the dead worker's lease still runs
    with clock.frozen(clock.now() + LEASE):
        delivery.deliver_due(system_actor(HERE))
    assert _row().sent_at
    assert len(provider.taken) == 1
    assert _row().attempts == 2


def _row() -> Any:
    with transaction.atomic():
        (row,) = rows()
    return row
