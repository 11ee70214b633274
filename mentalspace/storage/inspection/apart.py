"""Looking at a file where it can do no harm: a `confined` process gets its bytes and their type, not its name.

When the process dies over it, the file is refused.
"""

import logging
import subprocess
from threading import BoundedSemaphore

from mentalspace.storage import confined
from mentalspace.storage.errors import FileRefused, InspectionAway
from mentalspace.storage.inspection.process import CHANGED, KEPT, READY, REFUSED, SECONDS

TOO_MUCH = (
    "This file takes far more memory or time to open than a file of its kind should, so it was not taken. "
    "Print it to a new PDF, or save it anew."
)
AT_ONCE = BoundedSemaphore(2)
"""Files that one server process has looked at in the same moment: others wait, so that memory is enough for all."""
LONGEST_WAIT = 15.0
"""Seconds: whoever waits keeps one of the few threads that serve everybody. After that, the sender tries again."""

logger = logging.getLogger(__name__)


def content_to_keep(content: bytes, content_type: str, *, seconds: float = SECONDS) -> bytes:
    """As `inspection.content_to_keep`, which it is there. Raises FileRefused; InspectionAway when it cannot begin."""
    said = said_of("mentalspace.storage.inspection", content, content_type, seconds=seconds)
    if said.startswith(REFUSED):
        raise FileRefused(said.removeprefix(REFUSED).decode())
    if said.startswith(CHANGED):
        return said.removeprefix(CHANGED)
    if said != KEPT:
        raise FileRefused(TOO_MUCH)
    return content


def said_of(module: str, content: bytes, content_type: str, *, seconds: float) -> bytes:
    """What a process of this module says of the file; nothing when it died over it. Raises InspectionAway."""
    if not AT_ONCE.acquire(timeout=LONGEST_WAIT):
        logger.warning("a file was not looked at: others took more than %s seconds", LONGEST_WAIT)
        raise InspectionAway
    try:
        done = confined.run(module, content_type, content, seconds=seconds)
    except subprocess.TimeoutExpired:
        logger.warning("a file was not looked at: %s took more than %s seconds", content_type, seconds)
        return b""
    except OSError as error:
        raise InspectionAway from error
    finally:
        AT_ONCE.release()
    if not done.stdout.startswith(READY):
        logger.error("files cannot be looked at: the process for it ended with %s", done.returncode)
        raise InspectionAway
    if done.returncode:
        logger.warning("a file was not looked at: %s ended its process with %s", content_type, done.returncode)
        return b""
    return done.stdout.removeprefix(READY)
