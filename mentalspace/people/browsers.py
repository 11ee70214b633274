"""Whether somebody has signed in on this browser before. The browser remembers it: a mark per account, which only we
can make and which says nothing to others. Without it there is one notice too many, never one too few."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mentalspace.people import cookies

COOKIE = "known_browser"
LASTS = 400 * 24 * 3600
MOST_PEOPLE = 8


def is_known(request: HttpRequest, user_id: UUID) -> bool:
    return _mark(user_id) in _marks(request)


def remember(request: HttpRequest, user_id: UUID) -> None:
    others = [mark for mark in _marks(request) if mark != _mark(user_id)]
    cookies.keep(request, COOKIE, ".".join([*others, _mark(user_id)][-MOST_PEOPLE:]), seconds=LASTS)


def _marks(request: HttpRequest) -> list[str]:
    return [mark for mark in cookies.read(request, COOKIE).split(".") if mark][-MOST_PEOPLE:]


def _mark(user_id: UUID) -> str:
    return salted_hmac("mentalspace.people.browsers", str(user_id), algorithm="sha256").hexdigest()[:32]
