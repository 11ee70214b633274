"""How much a reader of files may use. Standard library only: this is the first thing that its process does."""

import resource

MOST_BYTES = 300_000
"""Bytes of text that are kept, about a hundred pages: PostgreSQL takes no search vector over 1 MB, and one is at most
about three times its text."""

MOST_MEMORY = 768 * 1024 * 1024
"""Bytes of address space: a scan of 20 MB is unpacked page by page well below it."""

SECONDS = 30.0
CPU_SECONDS = 20


def confine() -> None:
    """From here on this process has little memory and time, and can write no file."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        least = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (least, least))
