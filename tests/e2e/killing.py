"""Ending parts of a running product as a crash does, and what was acknowledged before."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.e2e.product import Product
from tests.e2e.working import Desk

BACK_SECONDS = 120


def command_of(pid: int) -> bytes:
    """Its command line; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def web_processes(product: Product) -> set[int]:
    """Those that answer requests: what the web server's own process has started."""
    return {pid for pid in product.processes() if b"granian" in command_of(parent_of(pid))}


def web_server(product: Product) -> set[int]:
    """The process that started those."""
    return {parent_of(pid) for pid in web_processes(product)}


def worker(product: Product) -> set[int]:
    return {pid for pid in product.processes() if command_of(pid).endswith(b"mentalspace.cli\0worker\0")}


def archiver(product: Product) -> set[int]:
    """What streams the database's log, and the program that receives it."""
    names = (b"mentalspace.launch.backup.archiver", b"pg_receivewal")
    return {pid for pid in product.processes() if any(name in command_of(pid) for name in names)}


def postmaster(product: Product) -> set[int]:
    return {int((product.home / "pg" / "data" / "postmaster.pid").read_text().split()[0])}


def backends(product: Product) -> set[int]:
    """PostgreSQL's processes of web and worker. When one is killed, PostgreSQL restarts them all."""
    first = postmaster(product)
    found = {int(each.name) for each in Path("/proc").glob("[0-9]*") if parent_of(int(each.name)) in first}
    return {pid for pid in found if b"ms_web" in command_of(pid)}


TARGETS: dict[str, Callable[[Product], set[int]]] = {
    "web process": web_processes,
    "worker": worker,
    "database backend": backends,
    "web server": web_server,
    "postmaster": postmaster,
}
"""In the order in which a round of kills takes them."""


def kill(pids: set[int], *, most: int | None = None) -> int:
    """`kill -9` of all of them, or of so many. Returns how many it hit."""
    hit = 0
    for pid in sorted(pids)[:most]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            hit += 1
    return hit


def answers(product: Product) -> bool:
    """Whether people can work: everything answers, if not all as it should."""
    try:
        return httpx.get(f"{product.url}/functions/v1/health-check", timeout=5).status_code < 300
    except httpx.HTTPError:
        return False


def await_back(product: Product) -> float:
    """Seconds until people can work. Raises AssertionError when they cannot for too long."""
    began = time.monotonic()
    while not answers(product):
        assert time.monotonic() - began < BACK_SECONDS, "".join(product.said[-20:])
        time.sleep(0.1)
    return time.monotonic() - began


@dataclass
class Ledger:
    """Writes, each with a number, as fast as they are answered; what was acknowledged must be there, once."""

    desk: Desk
    client: str
    acknowledged: list[int] = field(default_factory=list)
    tried: int = 0

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def begin(self) -> "Ledger":
        self._thread.start()
        return self

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def await_write(self) -> float:
        """Seconds until something more was acknowledged. Raises AssertionError when nothing is for too long."""
        began, before = time.monotonic(), len(self.acknowledged)
        while len(self.acknowledged) == before:
            assert time.monotonic() - began < BACK_SECONDS, "nothing is written any more"
            time.sleep(0.05)
        return time.monotonic() - began

    def _go_on(self) -> None:
        while not self._over.is_set():
            self.tried += 1
            text = {"kind": "note", "text": f"ledger {self.tried}"}
            try:
                answer = self.desk.send("POST", f"/api/clients/{self.client}/alerts", text)
            except httpx.HTTPError:
                time.sleep(0.1)
                continue
            if answer.status_code < 300:
                self.acknowledged.append(self.tried)

    def faults(self, product: Product) -> list[str]:
        """What was acknowledged and is not there, and what is there twice."""
        asked = (
            "SELECT split_part(text, ' ', 2)::int, count(*) FROM client_alerts WHERE text LIKE 'ledger %' GROUP BY 1"
        )
        there = {int(number): int(count) for number, count in product.ask(asked)}
        lost = [f"{number} is lost" for number in self.acknowledged if number not in there]
        return lost + [f"{number} is there {count} times" for number, count in there.items() if count > 1]
