"""The staff application, one page whose routes live in the browser; and the page behind a link to a form."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOT_BUILT = "The frontend is not built. Run `make run`, which builds it."


@lru_cache(maxsize=2)
def _page(name: str) -> bytes:
    path = settings.WHITENOISE_ROOT / name
    return path.read_bytes() if path.exists() else b""


def staff_app(request: HttpRequest) -> HttpResponse:
    """The page itself, never kept by a cache: it names the current build's files."""
    return _built("staff.html")


def fill_app(request: HttpRequest, token: str) -> HttpResponse:
    """The same for every link, good or not: looking changes nothing, and the address goes no further."""
    answer = _built("fill.html")
    answer.headers["X-Robots-Tag"], answer.headers["Referrer-Policy"] = "noindex", "no-referrer"
    return answer


def _built(name: str) -> HttpResponse:
    page = _page(name)
    if not page:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    return HttpResponse(page, headers={"Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
