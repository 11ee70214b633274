"""Two PDFs as one, where a hostile one can do no harm: a `confined` process gets the bytes and nothing else."""

import subprocess

from mentalspace.storage import confined
from mentalspace.storage.errors import InspectionAway

SIZE = 8
"""Bytes before the first file that tell how long it is."""

MOST_MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 30
SECONDS = 40.0


def joined(first: bytes, second: bytes) -> bytes:
    """The pages of the first, then those of the second. The same files make the same bytes.

    Raises InspectionAway when the process could not do it; what it died of may be passing, so this can be tried again.
    """
    content = len(first).to_bytes(SIZE, "big") + first + second
    try:
        done = confined.run("mentalspace.storage.joining", "pdf", content, seconds=SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        raise InspectionAway from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise InspectionAway
    return done.stdout
