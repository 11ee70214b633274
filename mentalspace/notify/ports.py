"""Who carries messages, as we need it: one call that hands a letter over, and three ways for it not to be taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from mentalspace.notify.letterhead import Picture


@dataclass(frozen=True)
class Letter:
    """One message as it goes out. `key` is its own for ever: the same letter handed over again has the same.

    `tried_since` is when it may have been handed over before; None at its first attempt. `others` are the provider's
    ids of other letters to the same reader since then. A mail is from `sender_name` and answered to `reply_to`, where
    these are not empty; `html` is its text as mail programs show it, with the `logo` that it names.
    """

    key: UUID
    practice: UUID
    to: str
    subject: str
    text: str
    tried_since: datetime | None = None
    others: frozenset[str] = frozenset()
    sender_name: str = ""
    reply_to: str = ""
    html: str = ""
    logo: Picture | None = None


class Carrier(Protocol):
    """A provider, or what stands in for one."""

    name: str

    def send(self, letter: Letter) -> str:
        """Hand it over, once however often this is called with it; the provider's own id of it, if it has one.

        Raises what is below, and whatever its library raises: then it is tried again later.
        """


class NotTaken(Exception):
    """The provider said no. `text` is what to do about it, in plain words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Refused(NotTaken):
    """Not this letter and not to this reader, later as little as now."""


class Stopped(Refused):
    """The reader has told the provider to carry nothing more from us."""


class Later(NotTaken):
    """Not now; `pause` when the provider said how long."""

    def __init__(self, text: str, pause: timedelta | None = None) -> None:
        super().__init__(text)
        self.pause = pause


def pause_in(header: str | None) -> timedelta | None:
    """The seconds of a `Retry-After`, at most a day. A date there is as good as nothing."""
    return timedelta(seconds=min(int(header), 24 * 3600)) if header and header.isdecimal() else None
