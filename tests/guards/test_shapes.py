"""What the database makes as JSON has the shape the API declares: nothing else checks it on the way."""

from typing import Any

import pytest
from ninja import Schema

from mentalspace.api import api
from tests.guards.reads import asker, prepared


def answers() -> list[Any]:
    """(path, the model of its answer) of every GET."""
    found = []
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if "GET" in operation.methods and (model := operation.response_models.get(200)):
                    found.append(pytest.param("/api" + path, model, id=operation.operation_id))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "model"), answers())
def test_an_answer_has_the_declared_shape(http, path, model):
    ana = http("ana")
    url = prepared(ana, path)
    answer = http(asker(path)).get(url)
    assert answer.status_code == 200
    found = model.model_validate({"response": answer.json()}, strict=False)
    assert found
    assert "Cleo" not in http("otto").get(url).content.decode()


def test_no_two_shapes_share_a_name():
    """In the API's description the later one would stand for both."""
    names: dict[str, set[type]] = {}
    for shape in shapes_below(Schema):
        if shape.__module__.startswith("mentalspace.") and "[" not in shape.__name__:
            names.setdefault(shape.__name__, set()).add(shape)
    assert {name for name, shapes in names.items() if len({s.__module__ for s in shapes}) > 1} == set()


def shapes_below(shape: type) -> set[type]:
    return {shape}.union(*(shapes_below(one) for one in shape.__subclasses__()))
