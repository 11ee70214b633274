"""What may not stand in a log: the secret part of an address that is itself the key to something."""

import logging
import re
from typing import Final

SECRET: Final = re.compile(r"(/[dfrs]/)[\w-]{16,}=*")
"""Links by which people act without signing in; Django logs the path of every answer of 400 and more."""


class HideLinks(logging.Filter):
    """Leaves the line and takes the token out of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub(r"\1…", said), ()
        return True
