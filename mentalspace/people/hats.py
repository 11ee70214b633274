"""Which of their roles somebody acts in now: a choice of the session. It narrows what they may and never widens it."""

from functools import cache
from typing import Any

from mentalspace.access.audiences import ROLE_NAMES, audience_for, combined_roles
from mentalspace.audit.models import AUTHENTICATION
from mentalspace.audit.trail import record
from mentalspace.core.errors import BadInput

KEY = "hats"
"""Where the session keeps the choice: names of roles, or nothing for all of them."""

ROLE_OF = {audience: role for role, audience in ROLE_NAMES.items()}


@cache
def hats_of(audience: str) -> tuple[str, ...]:
    """The roles an audience stands for."""
    return tuple(ROLE_OF[hat] for hat in combined_roles().get(audience, (audience,)) if hat in ROLE_OF)


def worn(audience: str, chosen: list[str] | None) -> str:
    """The audience of somebody who holds `audience` and chose these roles. What they no longer hold does not count, and
    a choice of which nothing is left has lapsed."""
    kept = [hat for hat in hats_of(audience) if hat in (chosen or ())]
    return audience_for(kept) if kept else audience


def choose(session: Any, audience: str, hats: list[str]) -> str:
    """Act in these roles of one's own from the next request on; none means all. Returns the audience they make."""
    held = hats_of(audience)
    if not set(hats) <= set(held):
        raise BadInput("Not changed: you can only act in roles that you hold.", fields={"hats": ["Not one of yours."]})
    chosen = [hat for hat in held if hat in hats]
    session[KEY] = [] if len(chosen) == len(held) else chosen
    record(
        "session.roles_chosen",
        "{actor} chose which of their roles to act in",
        resource_type="session",
        action_type=AUTHENTICATION,
        details={"acting_as": chosen or list(held)},
    )
    return worn(audience, chosen)
