"""`/s/pen.js`: the one script of the page where a client signs. Without it the name is typed and nothing is missed."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import etag, require_safe


@cache
def _script() -> bytes:
    return (Path(__file__).parents[1] / "html/signing/pen.js").read_bytes()


@require_safe
@etag(lambda _: f'"{sha256(_script()).hexdigest()[:32]}"')
def pen(_: HttpRequest) -> HttpResponse:
    """It holds nothing about anybody; browsers ask each time whether it is still the same."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})
