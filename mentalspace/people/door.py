"""Before sign-in looks at anything: how often an address has tried. As identity, in transactions of its own, so that
a try counts however the request ends, and no account is asked for.

Right passwords and right codes give their place back: a whole office signs in from one address.
"""

from typing import Any

from django.http import HttpResponse

from mentalspace.core.api import answer_of
from mentalspace.people import devices, limits
from mentalspace.people.limits import Place
from mentalspace.people.network import client_address
from mentalspace.people.sessions import as_identity

PATHS = "/_allauth/browser/v1/auth/"
UNREADABLE = "unknown"
"""The network address of whoever has none that can be read."""

WRONG, OUR_FAULT = 400, 500
"""How sign-in answers a wrong secret, and from where on it is broken."""


def take(request: Any) -> Place | None:
    """The place of somebody's try to sign in. None when it is nothing of the kind.

    Who spoils the address of an office does not keep out those who work there: a browser that somebody trusts is then
    counted by whose it is, whatever account it asks for and however many browsers they trust.
    """
    if request.method != "POST" or not request.path.startswith(PATHS):
        return None
    with as_identity():
        place = limits.take(limits.LOGIN, address=client_address(request) or UNREADABLE)
        if place.is_over and (owner := devices.owner(request)):
            return limits.take(limits.LOGIN_BY_DEVICE, address=f"devices of {owner}")
        return place


def refusal(place: Place) -> HttpResponse:
    """Too many from here. The same for every account, since none was asked for."""
    why = place.refusal
    answer = answer_of(why)
    answer.headers["Retry-After"] = str(why.data["retry_after"])
    return answer


def give_back(place: Place, response: HttpResponse) -> None:
    """As in `limits`, unless something was wrong; what failed on our side counts as wrong."""
    if response.status_code != WRONG and response.status_code < OUR_FAULT:
        with as_identity():
            limits.give_back(place)
