"""`kill -9` of one part after the other while somebody writes: nothing that was acknowledged is lost or there twice.

`make gameday` does the same five hundred times.
"""

import time
from itertools import cycle, islice

from tests.e2e.killing import TARGETS, Ledger, await_back, kill
from tests.e2e.product import Product
from tests.e2e.working import Desk

ROUNDS = 25
SIGNS_SECONDS = 180


def test_whatever_dies_comes_back_and_nothing_acknowledged_is_lost(running: Product) -> None:
    desk = Desk(running, running.people()["ana"])
    ledger = Ledger(desk, desk.read("/clients")["items"][0]["id"]).begin()
    for target in islice(cycle(TARGETS), ROUNDS):
        assert kill(TARGETS[target](running), most=1) == 1, target
        await_back(running)
        ledger.await_write()
    ledger.end()
    assert len(ledger.acknowledged) > ROUNDS
    assert ledger.faults(running) == []


def test_the_schedule_goes_on(running: Product) -> None:
    """No job is held by a worker that is dead: every line of the minute leaves its sign anew."""
    for name in ("audit.seal", "operations.alert", "notify.deliver_due"):
        sign = running.home / "logs" / f"{name}.alive"
        before, deadline = sign.stat().st_mtime_ns, time.monotonic() + SIGNS_SECONDS
        while sign.stat().st_mtime_ns == before:
            assert time.monotonic() < deadline, f"{name} stands still"
            await_back(running)


def test_the_audit_trail_is_whole_afterwards(running: Product) -> None:
    assert "chain intact" in running.run("audit", "verify")
