"""The process in which a file is looked at: what it may use, and what it says. Standard library only: it is first."""

import resource
from contextlib import suppress
from pathlib import Path

READY, KEPT, CHANGED, REFUSED = b"ready\n", b"kept\n", b"changed\n", b"refused\n"
"""READY is said as soon as it has begun; then one of the others, and after it the changed bytes or the sentence."""

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space: the largest picture that is taken, lying on its side, is turned within it."""

CPU_SECONDS = 30
SECONDS = 40.0
"""On the clock, for machines that are busy with other things."""


def confine() -> None:
    """From here on this process has little memory and time, can write no file, and is the first to go when memory
    runs out: the database beside it is not."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        least = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (least, least))
