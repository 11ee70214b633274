"""Proving again who one is, for an act that needs it. allauth's headless API writes the proof into the session."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY

LASTS = timedelta(minutes=2)
USED = "reauthentication_used"
"""Where the session remembers the last proof that was used up."""


def has_fresh_proof(session: Any) -> bool:
    """Whether the person proved just now who they are, and nothing has been done with that proof yet.

    Told by the machine's own clock, which allauth writes; a proof from the future (a clock set back) is none.
    """
    proof = _last_proof(session)
    if proof is None or proof == session.get(USED):
        return False
    return 0 <= time.time() - proof <= LASTS.total_seconds()


def use_up(session: Any) -> None:
    """The proof was used: the next act needs a new one."""
    session[USED] = _last_proof(session)


def _last_proof(session: Any) -> float | None:
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return next((record["at"] for record in reversed(records) if record.get("reauthenticated")), None)
