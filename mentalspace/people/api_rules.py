"""The practice's rules about sign-in, over HTTP. For administrators."""

from functools import partial
from typing import Any

from ninja import Router

from mentalspace.core.api import REFUSALS
from mentalspace.people import sessions, sign_in_rules
from mentalspace.people.administration_schemas import SignInRules
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["practice"])
SHOWN: dict[int, Any] = {200: SignInRules, **REFUSALS}


@router.get("/practice/sign-in-rules", response=SHOWN, operation_id="get_sign_in_rules")
def get_sign_in_rules(request: StaffRequest) -> dict[str, Any]:
    """How old passwords may grow, and at how many places somebody may be signed in."""
    return sign_in_rules.shown(request.me.practice, by=request.actor)


@router.put("/practice/sign-in-rules", response=SHOWN, operation_id="change_sign_in_rules")
def change_sign_in_rules(request: StaffRequest, data: SignInRules) -> dict[str, Any]:
    """At once: a password that is too old by now must be changed first thing, and sessions beyond the limit end."""
    found = sign_in_rules.change(by=request.actor, **data.dict())
    most, here = data.sessions_per_person, request.session.session_key
    request.afterwards.append(partial(sessions.end_surplus, request.actor.practice, most=most, but=here))
    return found
