"""The product's URLs and a few with faults put in: views that write and then fail, and a hole for SQL."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from mentalspace.access.actor import current
from mentalspace.api import signed_in
from mentalspace.audit.trail import record_refusal
from mentalspace.clients.models import ClientFavorite
from mentalspace.core.api import API, install_problems
from mentalspace.core.errors import Refusal
from mentalspace.jobs.queue import job
from mentalspace.urls import urlpatterns as product
from tests.cast import CLEO

FAILURES: dict[str, Exception] = {
    "409": Refusal(),
    "404": Http404(),
    "403": PermissionDenied(),
    "500": RuntimeError("put in"),
}


@job("tests.probe")
def probe(**ids: str) -> None:
    """Never run: its row in the queue is what counts."""


def write_then(how: str) -> None:
    """Leave a favorite and a job behind, then fail as told; `fine` does not fail."""
    me = current.get()
    assert me is not None
    ClientFavorite.objects.create(practice_id=me.practice, client_id=CLEO, person_id=me.person)
    probe.defer(client=str(CLEO))
    if how in FAILURES:
        raise FAILURES[how]


def _refused(request: HttpRequest, code: str) -> None:
    request.despite_refusal.append(lambda: record_refusal(code, "/probe"))  # type: ignore[attr-defined]


api = API(auth=signed_in, urls_namespace="probe", openapi_url=None)
install_problems(api, _refused)


@api.post("/write/{how}")
def write(request: HttpRequest, how: str) -> dict[str, Any]:
    write_then(how)
    return {}


@api.post("/sql")
def sql(request: HttpRequest) -> dict[str, Any]:
    """The worst hole there can be: any statement, several at once, no parameters."""
    with connection.cursor() as cursor:
        cursor.execute(json.loads(request.body)["sql"])
    return {}


def plain(request: HttpRequest, how: str) -> HttpResponse:
    write_then(how)
    return HttpResponse("{}")


urlpatterns = [path("probe/plain/<str:how>", plain), path("probe/", api.urls), *product]
