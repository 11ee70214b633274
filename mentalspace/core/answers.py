"""What every answer has in common: its headers, and the one shape of errors that no operation could give itself."""

import sys
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from mentalspace.core.api import NOTHING_HERE, UNAVAILABLE, is_away, is_read_only, meant, problem, read_only
from mentalspace.core.errors import ReadOnly

PRIVATE = ("/api/", "/_allauth/")
"""Answers about people: neither a browser nor a proxy may keep them."""

SPEAKS_JSON = (*PRIVATE, "/functions/")

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "display-capture", "payment", "usb", "serial", "hid", "midi")
)
"""What the product never asks a browser for, refused to any script that would."""


class Headers:
    """Outermost, so that no answer leaves without these. What a view has set itself stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(PRIVATE):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(SPEAKS_JSON):
        return problem(400, "malformed", "This request cannot be read.")
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(SPEAKS_JSON):
        return problem(403, "not_allowed", "This is not allowed.")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(SPEAKS_JSON):
        return problem(404, "not_found", NOTHING_HERE)
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """Whatever nobody caught; Django calls this while the exception is being handled, and logs it."""
    if is_read_only(sys.exc_info()[1]):
        return read_only(ReadOnly()) if request.path.startswith(SPEAKS_JSON) else _closed()
    if not request.path.startswith(SPEAKS_JSON):
        return defaults.server_error(request)
    if is_away(sys.exc_info()[1]):
        return problem(503, "unavailable", UNAVAILABLE)
    return problem(500, "failed", "Something went wrong on our side. What you entered may not be kept: try again.")


def _closed() -> HttpResponse:
    """For a page that is opened by a link from outside."""
    words = "This is being worked on just now, and nothing can be changed. Please try again in a while."
    return meant(HttpResponse(words, status=503, content_type="text/plain; charset=utf-8"))
