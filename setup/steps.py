"""Steps of set-up: skipped while their inputs have not changed; one line each; failing in one sentence."""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = VENV / "setup-logs"

OFFLINE = re.compile(
    r"Temporary failure in name resolution|Name or service not known|NewConnectionError|ConnectTimeout"
    r"|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|Connection refused"
    r"|ProxyError|Failed to establish a new connection|Could not fetch URL|getaddrinfo|CERT_IN_CHAIN",
    re.IGNORECASE,
)
DISK_FULL = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded", re.IGNORECASE)


class Refused(Exception):
    """Set-up cannot go on. The message is one sentence for the person at the terminal."""


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two `make` on one checkout set up one after the other."""
    with (ROOT / ".setup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up of this checkout is under way; waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def step(what: str, stamp: Path, inputs: str, do: Callable[[], None]) -> None:
    """Do it unless `stamp` says that it was done for these inputs."""
    if stamp.exists() and stamp.read_text() == inputs:
        return
    began = time.monotonic()
    say(f"… {what}")
    do()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(inputs)
    say(f"✓ {what} ({time.monotonic() - began:.0f} s)")


def digest(paths: Iterable[Path], *more: str) -> str:
    """One hash of the names and contents of files, and of whatever else matters."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def run(what: str, command: list[object], *, cwd: Path = ROOT, variables: Mapping[str, str] | None = None) -> None:
    """Run a program quietly, its output in a log. Raises Refused with the likeliest reason."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{re.sub('[^a-z]+', '-', what.lower()).strip('-')}.log"
    with log.open("w") as output:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise Refused(f"{what} failed: {reason(log.read_text(errors='replace'))} The log is {log}.")


def reason(text: str) -> str:
    """What a failed program most likely suffered from, as a sentence."""
    if DISK_FULL.search(text):
        return "the disk is full."
    if OFFLINE.search(text):
        return "the network or the package registry cannot be reached, and the first set-up needs it."
    complaints = [line.strip() for line in text.splitlines() if re.search(r"error|fail", line, re.IGNORECASE)]
    lines = complaints or [line.strip() for line in text.splitlines() if line.strip()] or ["it gave no reason"]
    return lines[0][:300].rstrip(".") + "."


def refuse_or(main: Callable[[], int]) -> None:
    """Run a target; a refusal is one sentence on standard error and exit status 1."""
    try:
        status = main()
    except Refused as refusal:
        print(f"✗ {refusal}", file=sys.stderr, flush=True)
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
