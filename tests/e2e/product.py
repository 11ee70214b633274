"""The whole product as a person runs it: `mentalspace up` in a home of its own, driven from outside."""

import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from mentalspace.env import PREFIX, ROOT
from mentalspace.launch.ports import find_free
from mentalspace.launch.totp import PERIOD, code

READY = "MentalSpace is ready on"
START_SECONDS = 300
STOP_SECONDS = 60
MAIL_SECONDS = 60
COMMAND = [sys.executable, "-m", "mentalspace.cli"]


class Product:
    """One instance: a folder, a port, and a supervisor that is started and stopped."""

    def __init__(self, home: Path, *, demo: bool) -> None:
        self.home = home
        self.port = find_free()
        self.url = f"http://127.0.0.1:{self.port}"
        no_charts = home.with_name(f"{home.name}-charts")
        no_charts.mkdir(exist_ok=True)
        others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        self.environment = others | {
            f"{PREFIX}HOME": str(home),
            f"{PREFIX}PORT": str(self.port),
            f"{PREFIX}DEMO": str(int(demo)),
            f"{PREFIX}DEMO_FHIR": str(no_charts),
        }
        self.said: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()

    def start(self) -> None:
        """Run `mentalspace up` until it says that it is ready. Raises AssertionError with what it said instead."""
        assert (ROOT / "web" / "dist" / "staff.html").exists(), "Build the frontend first: make test does."
        self.process = subprocess.Popen(
            [*COMMAND, "up"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines = queue.Queue()
        self._listener = threading.Thread(target=self._listen, args=[self.process, self._lines], daemon=True)
        self._listener.start()
        self.hears(READY, START_SECONDS)

    def hears(self, words: str, seconds: float) -> str:
        """The next line the product prints that has `words` in it. Raises AssertionError when none comes."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except queue.Empty:
                break
            if line is None:
                break
            self.said.append(line)
            if words in line:
                return line
        raise AssertionError(f"The product never said {words!r}. It said:\n{''.join(self.said)}")

    def interrupt(self) -> int:
        """Ctrl-C, and the status it ends with."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("Ctrl-C did not end the product.") from None
        self._listener.join(STOP_SECONDS)
        return status

    def stop(self) -> None:
        """Ctrl-C, whatever state it is in; nothing of it may stay."""
        if self.process is not None and self.process.poll() is None:
            self.interrupt()

    def kill(self) -> None:
        """End it without asking."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)

    def run(self, *arguments: str) -> str:
        """What a command line prints that was run on this instance."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=STOP_SECONDS,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def mailed(self, address: str, part: str, subject: str = "") -> str:
        """The path of the link to `/part/…` in the newest mail to an address, or of those with this subject. Looking
        takes long enough not to wait."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            mails = json.loads(self.run("outbox", "--json"))
            bodies = [mail["body"] for mail in mails if address in mail["to"] and subject in mail["subject"]]
            links = [found for body in bodies for found in re.findall(rf"/{part}/\S+", body)]
            if links:
                return str(links[0])
        raise AssertionError(f"No mail to {address} has a link to {part}.")

    def ask(self, statement: str) -> list[list[str]]:
        """The rows of a statement, asked as the operator the way the runbook does."""
        answer = self.run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--field-separator=\t", "-c", statement)
        return [line.split("\t") for line in answer.splitlines() if line]

    def operator(self) -> str:
        """How the operator connects: for tests that look again and again."""
        return str(json.loads(self.run("pg", "url"))["roles"]["ms_operator"])

    def lines(self) -> list[str]:
        """Everything the product has printed so far."""
        with suppress(queue.Empty):
            while (line := self._lines.get_nowait()) is not None:
                self.said.append(line)
        return self.said

    def people(self) -> dict[str, dict[str, Any]]:
        """The demo cast by the name before the @ of their address."""
        return {
            person["email"].partition("@")[0]: person for person in json.loads(self.run("demo", "people", "--json"))
        }

    def processes(self) -> list[int]:
        """Every process that works on this home."""
        return [pid for pid, command in _processes() if str(self.home).encode() in command]

    def _listen(self, process: subprocess.Popen[str], lines: "queue.Queue[str | None]") -> None:
        assert process.stdout is not None
        with process.stdout as output:
            for line in output:
                lines.put(line)
        lines.put(None)


def _processes() -> Iterator[tuple[int, bytes]]:
    """Number and, in one text, command line and environment of each process that can be looked at."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield int(folder.name), (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue


def code_of(person: dict[str, Any], at: float | None = None) -> str:
    """What the person's authenticator app shows."""
    return code(person["totp_secret"], time.time() if at is None else at)


def seconds_left() -> float:
    """How long the codes of this moment still stand."""
    return PERIOD - time.time() % PERIOD


def new_home(base: Path | None = None) -> Path:
    """An empty folder that the database's own account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="ms-", dir=base))
    folder.chmod(0o711)
    home = folder / "home"
    home.mkdir(mode=0o711)
    return home
