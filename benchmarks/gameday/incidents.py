"""The runbook's incidents, each caused for real: what is done to the product, how it shows, and the repair."""

import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from os import kill as send
from pathlib import Path

import httpx
import psycopg

from benchmarks.gameday.day import Day, Report
from benchmarks.gameday.signs import Sign, first, until
from tests.e2e import killing
from tests.e2e.product import COMMAND, code_of, seconds_left
from tests.providers import Fault

SOON, LATER = 90.0, 420.0
"""Seconds that an incident is given to be noticed, and one that says itself that it takes minutes."""

Incident = Callable[[Day], Report]
INCIDENTS: list[Incident] = []


def incident(cause: Incident) -> Incident:
    INCIDENTS.append(cause)
    return cause


@incident
def locked_out(day: Day) -> Report:
    report = Report("Users locked out", "five wrong passwords for one colleague")
    since, fay = datetime.now(UTC), day.product.people()["fay"]
    for _ in range(5):
        _sign_in(day, fay, "not the password")
    report.detected, report.said = first(SOON, day.signs.incident("account_locked", since))
    report.repair = "People, the colleague, Unlock"
    user = next(each["id"] for each in day.admin.read("/users")["items"] if each["email"] == fay["email"])
    began = time.monotonic()
    answer = day.admin.send("POST", f"/api/users/{user}/unlock", {"reason": "Game day: a colleague on the telephone."})
    if answer.status_code < 300 and until(SOON, lambda: _sign_in(day, fay, fay["password"])) is not None:
        report.recovered = time.monotonic() - began
    return report


def _sign_in(day: Day, person: dict[str, str], password: str) -> bool:
    """Whether both factors are taken, as a browser would give them."""
    with httpx.Client(base_url=day.product.url, timeout=30, headers={"Origin": day.product.url}) as browser:
        at = "/_allauth/browser/v1/auth"
        browser.get(f"{at}/session")
        headers = {"X-CSRFToken": browser.cookies.get("csrftoken") or ""}
        browser.post(f"{at}/login", json={"email": person["email"], "password": password}, headers=headers)
        while seconds_left() < 3:
            time.sleep(0.5)
        code = {"code": code_of(person)}
        return browser.post(f"{at}/2fa/authenticate", json=code, headers=headers).status_code == 200


@incident
def connections_exhausted(day: Day) -> Report:
    report = Report("Connections exhausted", "every free connection of PostgreSQL opened and held")
    held: list[psycopg.Connection[object]] = []
    operator = day.product.operator()
    with suppress(psycopg.OperationalError):
        while len(held) < 300:
            held.append(psycopg.connect(operator, connect_timeout=3))
    report.detected, report.said = first(SOON, _shown(day, "connections"), day.signs.health("database", "auth"))
    report.repair = "Whoever holds them is ended (Operations, Repairs; pg_terminate_backend)"
    began = time.monotonic()
    for each in held:
        each.close()
    if until(SOON, lambda: killing.answers(day.product)) is not None:
        report.recovered = time.monotonic() - began
    return report


def _shown(day: Day, name: str) -> Sign:
    """A check as its page shows it: the operator cannot come in now."""

    def sign() -> str:
        with suppress(httpx.HTTPError, AssertionError):
            for each in day.admin.read("/operations/checks"):
                if each["name"] == name and each["state"] in ("bad", "attention"):
                    return f"Operations, {name} ({each['state']}): {each['says']}"
        return ""

    return sign


@incident
def slow_query(day: Day) -> Report:
    report = Report("Slow query", "a statement that runs for minutes, begun at the operator's prompt")
    command = [*COMMAND, "psql", "--no-psqlrc", "-c", "SELECT pg_sleep(900)"]
    slow = subprocess.Popen(command, env=day.product.environment, cwd=Path.cwd(), stderr=subprocess.DEVNULL)
    report.detected, report.said = first(2 * SOON, day.signs.check("connections", "statement"))
    report.repair = "It is ended (pg_cancel_backend)"
    began = time.monotonic()
    cancel = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(9%'"
    day.signs.rows(cancel)
    if until(SOON, lambda: slow.poll() is not None) is not None:
        report.recovered = time.monotonic() - began
    slow.kill()
    return report


@incident
def missing_file(day: Day) -> Report:
    report = Report("A file is missing", "the bytes of a client's document taken away")
    objects = day.product.home / "objects"
    (path,) = [each for each in sorted(objects.rglob("*")) if each.is_file()][:1]
    aside = day.product.home / "aside"
    path.rename(aside)
    began = time.monotonic()
    subprocess.run([*COMMAND, "storage", "check"], env=day.product.environment, check=False, capture_output=True)
    found, report.said = first(SOON, day.signs.check("storage", "missing"))
    report.detected = None if found is None else time.monotonic() - began
    report.note = (
        "Noticed by itself at the nightly check, or at once by whoever opens it; here the check was asked for."
    )
    report.repair = "The file back from the backup (`mentalspace restore --into`), `mentalspace storage check`"
    began = time.monotonic()
    aside.rename(path)
    done = subprocess.run([*COMMAND, "storage", "check"], env=day.product.environment, check=False, capture_output=True)
    if done.returncode == 0:
        report.recovered = time.monotonic() - began
    return report


@incident
def mail_provider_down(day: Day) -> Report:
    report = Report("Mail provider down", "Resend answers every message with 503")
    account = {"sender": "Riverbend <hello@riverbend.example>", "key": day.provider.key, "signing_secret": "whsec_eA=="}
    day.admin.send("PUT", "/api/carriers/resend", account)
    sent = len(day.provider.taken)
    day.provider.faults.extend([Fault(503)] * 1000)
    day.admin.send("POST", "/api/test-messages", {"email": "ada@riverbend.example"})
    report.detected, report.said = first(SOON, day.signs.check("messages"))
    report.repair = "None: it is tried again, ever more slowly, until the provider is back"
    began = time.monotonic()
    day.provider.faults.clear()
    if until(LATER, lambda: len(day.provider.taken) > sent) is not None:
        report.recovered = time.monotonic() - began
    keys = len(day.provider.known)
    report.note = f"{len(day.provider.taken) - sent} mail taken once; {keys} keys for {len(day.provider.taken)} mails."
    return report


def killed(name: str, target: str, words: str) -> None:
    """A part ended by `kill -9`: the supervisor says so, and starts it again."""

    def cause(day: Day) -> Report:
        report = Report(name, f"kill -9 of the {target}")
        heard = day.signs.heard(words)
        began = time.monotonic()
        killing.kill(killing.TARGETS[target](day.product))
        report.detected, report.said = first(SOON, heard)
        report.repair = "None: it is started again"
        if until(SOON, lambda: killing.answers(day.product)) is not None:
            report.recovered = time.monotonic() - began
        return report

    cause.__name__ = target.replace(" ", "_")
    incident(cause)


killed("Web killed", "web server", "The web process ended")
killed("Worker killed", "worker", "The worker process ended")
killed("Database killed", "postmaster", "The database ended")


@incident
def backup_off(day: Day) -> Report:
    report = Report(
        "Backup silently off", "what streams the database's log stopped with SIGSTOP: alive, and doing nothing"
    )
    stopped = killing.archiver(day.product)
    for pid in stopped:
        send(pid, signal.SIGSTOP)
    ways = (day.signs.check("backup"), day.signs.health("backup"), day.signs.incident("backup", datetime.now(UTC)))
    report.detected, report.said = first(LATER, *ways)
    report.note = "The promise is an alarm within five minutes."
    report.repair = "`kill -9` of what hangs: the supervisor starts it again"
    began = time.monotonic()
    killing.kill(stopped)
    if until(LATER, lambda: not day.signs.health("backup")()) is not None:
        report.recovered = time.monotonic() - began
    return report


@incident
def storage_full(day: Day) -> Report:
    report = Report("Storage full", "quota of 1 GB, and documents of 20 MB each until four fifths are taken")
    before = day.admin.read("/storage")
    day.admin.send("PUT", "/api/storage/quota", {"gigabytes": 1, "version": before["version"]})
    client = day.ana.read("/clients")["items"][0]["id"]
    for number in range(44):
        text = (f"{number} " + "x" * 60 + "\n").encode() * 320_000
        answer = day.ana.upload(f"/api/clients/{client}/documents", f"Large {number}.txt", text[: 20 * 10**6])
        assert answer.status_code < 300, answer.text[:300]
    report.detected, report.said = first(SOON, day.signs.check("storage"))
    report.repair = "A larger quota, or archiving (Storage)"
    began = time.monotonic()
    gigabytes, version = before["quota_bytes"] // 10**9, day.admin.read("/storage")["version"]
    day.admin.send("PUT", "/api/storage/quota", {"gigabytes": gigabytes, "version": version})
    if until(SOON, lambda: not day.signs.check("storage")()) is not None:
        report.recovered = time.monotonic() - began
    return report
