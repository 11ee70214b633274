"""`/metrics` for a Prometheus server: what this machine's processes have counted since the product started."""

from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from mentalspace.ops.metrics.instruments import registry


def metrics(request: HttpRequest) -> HttpResponse:
    """404 unless a token is set and the request bears it (`MENTALSPACE_METRICS_TOKEN`)."""
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not compare_digest(
        request.headers.get("Authorization", "").encode(), wanted.encode()
    ):
        raise Http404
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST, headers=headers)
