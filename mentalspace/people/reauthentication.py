"""Proving again who one is, for an act that needs it. allauth's headless API writes the proof into the session."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY

from mentalspace.core.errors import Refusal


class ReauthenticationRequired(Refusal):
    code, status = "reauthentication_required", 403
    message = "Enter your password again to sign."


LASTS = timedelta(minutes=2)
USED = "reauthentication_used"
"""Where the session remembers the last proof that was used up."""
BEFORE = "reauthentication_used_before"
"""The one before it, for the time until it is known whether the act was done."""


def has_fresh_proof(session: Any) -> bool:
    """Whether the person proved just now who they are, and nothing has been done with that proof yet.

    Told by the machine's own clock, which allauth writes; a proof from the future (a clock set back) is none.
    """
    proof = _last_proof(session)
    if proof is None or proof == session.get(USED):
        return False
    return 0 <= time.time() - proof <= LASTS.total_seconds()


def spend(session: Any) -> bool:
    """Use the fresh proof up, if there is one. Of several requests at the same moment, one gets True.

    As identity, before the transaction of the person: what is spent is spent for everybody at once.
    """
    if not has_fresh_proof(session):
        return False
    return _swapped(session, {USED: _last_proof(session), BEFORE: session.get(USED)})


def give_back(session: Any) -> None:
    """The act was refused: its proof is good for the next."""
    _swapped(session, {USED: session.get(BEFORE), BEFORE: None})


def _swapped(session: Any, values: dict[str, Any]) -> bool:
    """Change the stored session unless somebody else has; not saved again at the end of the request."""
    was_modified = session.modified
    before = {name: session.get(name) for name in values}
    session.update(values)
    is_stored: bool = session.swap()
    if not is_stored:
        session.update(before)
    session.modified = was_modified
    return is_stored


def _last_proof(session: Any) -> float | None:
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return next((record["at"] for record in reversed(records) if record.get("reauthenticated")), None)
