"""A process of its own for what opens files: it gets bytes and one word, and has no environment and nothing to reach.

Files are made to break what opens them, and the libraries that open them are large. What becomes of the process
becomes of nothing else. Standard library only: `confine` is the first thing that it does.
"""

import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from mentalspace.env import ROOT

PYTHON = [sys.executable, "-s", "-m"]


def run(module: str, word: str, content: bytes, *, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    """`python -m module word` with `content` on standard input. Raises OSError and subprocess.TimeoutExpired."""
    return subprocess.run(
        [*PYTHON, module, word],
        input=content,
        capture_output=True,
        cwd=ROOT,
        env={"LC_ALL": "C.UTF-8"},
        close_fds=True,
        timeout=seconds,
        check=False,
    )


def confine(*, memory: int, cpu_seconds: int) -> None:
    """From here on this process has little memory (bytes of address space) and time, can write no file, and is the
    first to go when memory runs out: the database beside it is not."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        least = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (least, least))
