"""`make gameday`: a real instance under a light load, each incident of the runbook, and `benchmarks/GAMEDAY.md`.

GAMEDAY_KILLS (500) sets how many parts are killed, GAMEDAY_ONLY names incidents to cause instead of all.
"""

import os
import shutil
import sys
import time
from itertools import cycle, islice

import httpx

from benchmarks.gameday import apart
from benchmarks.gameday.day import Day, Report
from benchmarks.gameday.incidents import INCIDENTS, Incident
from benchmarks.gameday.report import Kills, write
from tests.e2e import killing
from tests.e2e.killing import Ledger
from tests.e2e.product import Product, new_home
from tests.e2e.working import Desk, Work, ordinary
from tests.providers import ResendServer

KILLS = int(os.environ.get("GAMEDAY_KILLS", "500"))
ONLY = set(filter(None, os.environ.get("GAMEDAY_ONLY", "").split(",")))


def main() -> int:
    """Cause everything, write down what came of it. Exit status 1 when something acknowledged was lost."""
    home = new_home()
    with ResendServer() as provider:
        product = Product(home, demo=True)
        product.environment["MENTALSPACE_RESEND_URL"] = provider.url
        try:
            product.start()
            reports, kills = _held(product, provider)
        finally:
            product.stop()
            shutil.rmtree(home.parent, ignore_errors=True)
    reports += [each() for each in (apart.disk_full, apart.certificate_ends) if _is_asked(each.__name__)]
    write(reports, kills)
    return int(bool(kills.faults))


def _is_asked(name: str) -> bool:
    return not ONLY or name in ONLY


def _held(product: Product, provider: ResendServer) -> tuple[list[Report], Kills]:
    people = product.people()
    ana = Desk(product, people["ana"])
    ledger = Ledger(ana, ana.read("/clients")["items"][0]["id"])
    day = Day(product, Desk(product, people["ada"]), ana, Work(ana, ordinary(ana)), ledger, provider)
    _settle(day)
    day.work.begin()
    ledger.begin()
    reports = [_caused(day, each) for each in INCIDENTS if _is_asked(each.__name__)]
    kills = _kill(day)
    day.work.end()
    ledger.end()
    kills.acknowledged, kills.faults = len(ledger.acknowledged), ledger.faults(product)
    kills.mails, kills.keys = len(provider.taken), len(provider.known)
    return reports, kills


def _settle(day: Day) -> None:
    """The first backup and drill are made, and every check has been looked at once: what is said later is news."""
    print("Waiting for the first backup and its drill …", flush=True)
    deadline = time.monotonic() + 300
    while day.signs.check("backup")() and time.monotonic() < deadline:
        time.sleep(1)


def _caused(day: Day, cause: Incident) -> Report:
    print(f"{cause.__name__} …", end=" ", flush=True)
    try:
        report = cause(day)
    except (AssertionError, OSError, httpx.HTTPError) as trouble:
        report = Report(cause.__name__, "not as it was meant", note=" ".join(repr(trouble).split())[:500])
    print(f"noticed after {report.detected}, over after {report.recovered}", flush=True)
    killing.await_back(day.product)
    return report


def _kill(day: Day) -> Kills:
    """One part after the other, each when somebody could write again after the one before."""
    kills = Kills()
    for number, target in enumerate(islice(cycle(killing.TARGETS), KILLS), 1):
        began = time.monotonic()
        if not killing.kill(killing.TARGETS[target](day.product), most=1):
            continue
        killing.await_back(day.product)
        day.ledger.await_write()
        kills.seconds.setdefault(target, []).append(time.monotonic() - began)
        if number % 25 == 0:
            print(f"{number} kills, {len(day.ledger.acknowledged):,} writes acknowledged", flush=True)
    return kills


if __name__ == "__main__":
    sys.exit(main())
