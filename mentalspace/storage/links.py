"""Addresses that open one file, for one person in one session, for a minute.

A link grants nothing: whoever follows it is asked again what they may see. It only keeps an address that was copied,
logged or left in a history from being of use to anybody, its owner a minute later included.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings

from mentalspace.core import clock
from mentalspace.storage.errors import LinkIsOver

GOOD_FOR = timedelta(seconds=60)
FOLLOWED, MOST_FOLLOWED = "links_followed", 20
"""Where a session remembers the links that were followed in it, and how many of them."""


@dataclass(frozen=True)
class Link:
    """To which object, for whom (person and a session's name), and whether to be shown in the page or to be saved."""

    object_id: UUID
    person: UUID
    session: str
    is_shown: bool

    def query(self) -> tuple[str, datetime]:
        """What the address ends in, and when it ceases to be good."""
        until = clock.now() + GOOD_FOR
        expires = int(until.timestamp())
        return f"expires={expires}&show={int(self.is_shown)}&signature={self._signature(expires)}", until

    def check(self, *, expires: int, signature: str) -> None:
        """Raises LinkIsOver unless this very link was made here less than a minute ago."""
        is_ours = hmac.compare_digest(self._signature(expires).encode(), signature.encode())
        if not is_ours or clock.now().timestamp() >= expires:
            raise LinkIsOver

    def _signature(self, expires: int) -> str:
        said = f"{self.object_id}.{self.person}.{self.session}.{int(self.is_shown)}.{expires}"
        return hmac.new(settings.LINK_KEY, said.encode(), sha256).hexdigest()


def is_first_following(session: Any, signature: str) -> bool:
    """Whether the link of this signature has not been followed in this session before. `session`: of `people.sessions`.

    A viewer asks for a file in many parts, and opening it is one event. Where two of them come in the same moment both
    may be the first: an event is told twice then, never not at all.
    """
    return signature not in session.get(FOLLOWED, [])


def follow(session: Any, signature: str) -> None:
    """Remember that the link was followed. After the file has gone: the row of a session waits for nobody's store."""
    was_modified = session.modified
    session[FOLLOWED] = [*session.get(FOLLOWED, []), signature][-MOST_FOLLOWED:]
    session.swap()
    session.modified = was_modified  # a later save of all of it would undo what others have stored meanwhile
