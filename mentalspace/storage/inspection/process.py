"""The process in which a file is looked at: what it may use, and what it says."""

READY, KEPT, CHANGED, REFUSED = b"ready\n", b"kept\n", b"changed\n", b"refused\n"
"""READY is said as soon as it has begun; then one of the others, and after it the changed bytes or the sentence."""

MOST_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space: the largest picture that is taken, lying on its side, is turned within it."""

CPU_SECONDS = 30
SECONDS = 40.0
"""On the clock, for machines that are busy with other things."""
