"""Cookies beside the session's own: Secure and `__Host-` wherever the browser trusts the origin, out of any script's
reach, and sent to nobody's pages but ours."""

from typing import Any

from django.http import HttpRequest, HttpResponse

STRICT = "__Host-"


def is_trusted_origin(request: HttpRequest) -> bool:
    """Over https always; on loopback browsers say so by sending `Sec-Fetch-Mode`."""
    return request.is_secure() or "Sec-Fetch-Mode" in request.headers


def read(request: HttpRequest, name: str) -> str:
    """A cookie that `keep` left; behind https only under its strict name. Empty when there is none."""
    strict = request.COOKIES.get(STRICT + name, "")
    return strict if strict or request.is_secure() else request.COOKIES.get(name, "")


def keep(request: Any, name: str, value: str, *, seconds: int) -> None:
    """Leave a cookie with this request's answer; an empty one is taken away."""
    request.cookies_to_keep = {**getattr(request, "cookies_to_keep", {}), name: (value, seconds)}


def put(request: HttpRequest, response: HttpResponse) -> None:
    """Write what was kept into the answer."""
    is_trusted = is_trusted_origin(request)
    for name, (value, seconds) in getattr(request, "cookies_to_keep", {}).items():
        full = STRICT + name if is_trusted else name
        response.set_cookie(
            full, value, max_age=seconds if value else 0, secure=is_trusted, httponly=True, samesite="Strict"
        )
