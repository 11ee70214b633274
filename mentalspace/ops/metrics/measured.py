"""Where requests and statements are timed."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from mentalspace.ops.metrics.instruments import QUERIES, REQUESTS

UNCOUNTED = ("api/page-loads", "functions/v1/health-check", "metrics")
"""Asked by machines, or about other requests."""


class Measured:
    """Times every request that has a route. Outermost, so that nothing of an answer is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        is_meant = getattr(response, "is_meant", False)  # refused while read-only: no failure of ours
        if match is not None and match.route not in UNCOUNTED and not is_meant:
            route = "page" if match.route.startswith("^") else match.route
            REQUESTS.labels(request.method, route, response.status_code).observe(perf_counter() - began)
        return response


def time_statements(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Have every statement of this connection timed (`connection_created`)."""
    if _timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(_timed)


def _timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        QUERIES.observe(perf_counter() - began)
