"""Looking at a file where it can do no harm: in a process of its own, with little memory and little time.

Files are made to break what opens them, and the libraries that open them are large. The process gets the bytes and
their type, nothing else: no environment, no connection, not the file's name. When it dies, the file is refused.
"""

import logging
import subprocess
import sys
from threading import BoundedSemaphore

from mentalspace.env import ROOT
from mentalspace.storage.errors import FileRefused, InspectionAway
from mentalspace.storage.inspection.process import CHANGED, KEPT, READY, REFUSED, SECONDS

TOO_MUCH = (
    "This file takes far more memory or time to open than a file of its kind should, so it was not taken. "
    "Print it to a new PDF, or save it anew."
)
COMMAND = [sys.executable, "-s", "-m", "mentalspace.storage.inspection"]
AT_ONCE = BoundedSemaphore(2)
"""Files that one server process has looked at in the same moment: others wait, so that memory is enough for all."""

logger = logging.getLogger(__name__)


def content_to_keep(content: bytes, content_type: str, *, seconds: float = SECONDS) -> bytes:
    """As `inspection.content_to_keep`, which it is there. Raises FileRefused; InspectionAway when it cannot begin."""
    said = _said(content, content_type, seconds)
    if said.startswith(REFUSED):
        raise FileRefused(said.removeprefix(REFUSED).decode())
    if said.startswith(CHANGED):
        return said.removeprefix(CHANGED)
    if said != KEPT:
        raise FileRefused(TOO_MUCH)
    return content


def _said(content: bytes, content_type: str, seconds: float) -> bytes:
    """What the process says of the file; nothing when it died over it."""
    command = [*COMMAND, content_type]
    try:
        with AT_ONCE:
            done = _run(command, content, seconds)
    except subprocess.TimeoutExpired:
        logger.warning("a file was not looked at: %s took more than %s seconds", content_type, seconds)
        return b""
    except OSError as error:
        raise InspectionAway from error
    if not done.stdout.startswith(READY):
        logger.error("files cannot be looked at: the process for it ended with %s", done.returncode)
        raise InspectionAway
    if done.returncode:
        logger.warning("a file was not looked at: %s ended its process with %s", content_type, done.returncode)
        return b""
    return done.stdout.removeprefix(READY)


def _run(command: list[str], content: bytes, seconds: float) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        command,
        input=content,
        capture_output=True,
        cwd=ROOT,
        env={"LC_ALL": "C.UTF-8"},
        close_fds=True,
        timeout=seconds,
        check=False,
    )
