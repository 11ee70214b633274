"""The staff application: one page, whose routes live in the browser."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NOT_BUILT = "The frontend is not built. Run `make run`, which builds it."


@lru_cache(maxsize=1)
def _page() -> bytes:
    path = settings.WHITENOISE_ROOT / "staff.html"
    return path.read_bytes() if path.exists() else b""


def staff_app(request: HttpRequest) -> HttpResponse:
    """The page itself, never kept by a cache: it names the current build's files."""
    page = _page()
    if not page:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    return HttpResponse(page, headers={"Cache-Control": "no-store"})


def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
