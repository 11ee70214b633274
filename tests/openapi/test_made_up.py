"""Whatever is sent, and whoever sends it, the API answers as it says it does: no 5xx, no shape it did not declare.

Schemathesis makes requests from the API's own description, right ones and wrong ones; ids of the practice and parts
of good requests are mixed in, so that they get past the doors. Each is sent as everybody, to the WSGI application, as
the runtime role of the database, and rolled back. The same requests every time; more of them with `API_EXAMPLES`.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mentalspace.api import api
from tests.openapi.requests import Good, good
from tests.openapi.world import World
from tests.sessions import session_of

CAST = ("ana", "ash", "sam", "bea", "fay", "ada", "otto", "cleo", None)
EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
"""Requests per operation and kind (right and wrong), each sent as everybody."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TOKEN = CSRF_ALLOWED_CHARS[:CSRF_SECRET_LENGTH]

DESCRIPTION = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = {each.ok().definition.raw["operationId"]: each.ok() for each in DESCRIPTION.get_all_operations()}


@pytest.fixture(scope="module")
def application(world: World) -> Iterator[Any]:
    """What the web process serves. As in Django's own test client, the end of a request does not end the connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def people(world: World) -> Iterator[dict[str | None, dict[str, str]]]:
    """The cookies of everybody's browser, signed in just now: a proof of who one is grows old in two minutes."""
    with transaction.atomic():
        yield {name: {"session": session_of(name)} if name else {} for name in CAST}
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", list(schemathesis.GenerationMode), ids=lambda kind: kind.value)
@pytest.mark.parametrize("name", OPERATIONS)
def test_everything_is_answered_as_described(name: str, kind: Any, application: Any, world: World, people: Any) -> None:
    granted = good(world).get(name)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests(OPERATIONS[name], kind, world, granted))
    def check(case: schemathesis.Case) -> None:
        for who, cookies in people.items():
            with transaction.atomic():
                answer = case.call(
                    app=application,
                    base_url="http://localhost",
                    cookies={**cookies, "csrftoken": TOKEN},
                    headers={"X-CSRFToken": TOKEN},
                )
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)
            if who in ("otto", None) and "Cleo" not in repr(case):
                assert b"Cleo" not in answer.content, f"{who} sees Cleo"

    try:
        check()
    except Unsatisfiable:  # nothing can be wrong about a request that takes no values
        assert kind is schemathesis.GenerationMode.NEGATIVE


@st.composite
def requests(draw: st.DrawFn, operation: Any, kind: Any, world: World, granted: Good | None) -> schemathesis.Case:
    """What Schemathesis makes up, with things that exist."""
    case = draw(operation.as_strategy(generation_mode=kind))
    for place in (case.path_parameters, case.query):
        _exchange_ids(draw, place, world)
    if granted is not None and isinstance(case.body, dict):
        kept = [key for key in sorted(case.body) if draw(st.booleans())]
        case.body = granted.body | {key: case.body[key] for key in kept}
        if granted.file is not None and draw(st.booleans()):
            case.body["file"] = granted.file
        _exchange_ids(draw, case.body, world)
    return case


def _exchange_ids(draw: st.DrawFn, values: Any, world: World) -> None:
    """Three of four ids become one that exists."""
    for key in sorted(values or {}):
        known = world.ids.get(key)
        if known and isinstance(values[key], str) and draw(st.integers(0, 3)):
            values[key] = known[draw(st.integers(0, len(known) - 1))]
