"""Every text of every good request, exchanged for each text that breaks programs: no 5xx, and what is kept is kept."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from mentalspace.api import api
from mentalspace.storage.tests.files import upload
from tests.openapi.requests import good
from tests.openapi.strings import STORABLE, TOO_LONG, UNSTORABLE
from tests.openapi.world import World, browser

OPERATIONS = {
    operation["operationId"]: (method, path.removeprefix("/api"))
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
}
NAMES = sorted(good(World({"appointment_id": ["1", "2", "3"]})))

WRITTEN_AS = {
    "code": str.upper,
    "body": lambda text: text.replace("\r\n", "\n").replace("\r", "\n"),
}
"""What the product does to a text on purpose: codes of diagnoses are written in capitals, and the lines of a template's
text end in one way, since its lines have a meaning."""


@pytest.mark.parametrize("name", NAMES)
def test_texts_that_break_programs(name: str, world: World) -> None:
    request = good(world)[name]
    method, path = OPERATIONS[name]
    url = path.format(**request.path)
    with transaction.atomic():
        http = browser(request.who)

        def send(body: dict[str, Any]) -> Any:
            with transaction.atomic():
                if request.file is None:
                    answer = http.call(method, url, body)
                else:
                    answer = upload(http, url, request.file, request.file_name, **body)
                transaction.set_rollback(True)
            return answer

        assert send(request.body).status_code < 300, send(request.body).content
        for where in texts(request.body):
            for what, text in (UNSTORABLE | {"too long": TOO_LONG}).items():
                if request.file is not None and what.startswith(("half", "a pair")):
                    continue  # no form can be written with these
                assert send(exchanged(request.body, where, text)).status_code == 422, (where, what)
            for what, text in STORABLE.items():
                answer = send(exchanged(request.body, where, text))
                assert answer.status_code < 500, (where, what)
                assert answer.status_code >= 300 or is_kept(answer, where[-1], text), (where, what, answer.content)
        transaction.set_rollback(True)


def texts(body: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of a body that hold text."""
    for key, value in body.items() if isinstance(body, dict) else enumerate(body):
        if isinstance(value, str):
            yield (*where, key)
        elif isinstance(value, dict | list):
            yield from texts(value, (*where, key))


def exchanged(body: Any, where: tuple[Any, ...], text: str) -> Any:
    copy = json.loads(json.dumps(body))
    inner = copy
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = text
    return copy


def is_kept(answer: Any, key: Any, text: str) -> bool:
    """Character by character, but for blanks at the ends, where the answer shows a field of this name."""
    if not answer.content or "json" not in answer["Content-Type"]:
        return True
    shown = [value for value in _fields(answer.json(), key) if isinstance(value, str)]
    kept = WRITTEN_AS.get(key, str)(text).strip()
    return not shown or kept in [value.strip() for value in shown]


def _fields(found: Any, key: Any) -> Iterator[Any]:
    for name, value in found.items() if isinstance(found, dict) else enumerate(found):
        if name == key:
            yield value
        if isinstance(value, dict | list):
            yield from _fields(value, key)
