"""The builder: drafts, publishing, and what never changes afterwards."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.forms.models import FormTemplate
from mentalspace.forms.tests.filling import ASKING, draft, give, publish, published
from tests.cast import actor
from tests.http import refused

pytestmark = pytest.mark.django_db


def one(template, more=""):
    return f"/form-templates/{template['id']}{more}"


def test_a_draft_is_written_and_published_and_read_by_those_who_give_forms(http):
    made = draft(http)
    body = {"title": "Hello", "category": "consent", "definition": ASKING, "version": 1}
    changed = http("ada").call("put", one(made), body).json()
    assert (changed["title"], changed["version"], changed["questions"]) == ("Hello", 2, 5)
    assert publish(http, changed).json()["status"] == "published"
    for who in ("ada", "sam", "ana", "ash", "fay", "mia"):
        assert [row["title"] for row in http(who).read("/form-templates")["items"]] == ["Hello"]
        assert http(who).read(one(made))["definition"]["fields"][1]["key"] == "name"
    assert refused(http("bea").call("get", "/form-templates"), 404)
    assert http("otto").read("/form-templates")["items"] == []
    assert refused(http("otto").call("get", one(made)), 404)


@pytest.mark.parametrize("who", ["sam", "ana", "ash", "fay"])
def test_only_administrators_build(http, who):
    made = draft(http)
    assert refused(http(who).call("post", "/form-templates", {"title": "Mine"}), 403, "not_allowed")
    change = {"title": "Mine", "version": 1}
    for method, path, body in (
        ("put", "", change),
        ("post", "/publication", {"version": 1}),
        ("put", "/retirement", None),
        ("post", "/next", None),
    ):
        assert refused(http(who).call(method, one(made, path), body), 403, "not_allowed")
        assert refused(http("otto").call(method, one(made, path), body), 404)
        assert refused(http("olga").call(method, one(made, path), body), 404)


def test_two_administrators_on_one_draft(http):
    made = draft(http)
    assert http("mia").call("put", one(made), {"title": "Mia's", "version": 1}).status_code == 200
    answer = http("ada").call("put", one(made), {"title": "Ada's", "version": 1})
    assert refused(answer, 409, "template_changed_elsewhere")
    assert refused(publish(http, made), 409, "template_changed_elsewhere")  # what Ada would publish is not what stands


def test_a_definition_that_cannot_be_a_form_is_refused_where_it_is_wrong(http):
    forward = [{"key": "a", "kind": "text", "label": "A", "show_when": {"field": "b", "value": "yes"}}]
    forward.append({"key": "b", "kind": "yes_no", "label": "B"})
    answer = http("ada").call("post", "/form-templates", {"title": "x", "definition": {"fields": forward}})
    assert refused(answer, 422, "bad_input")
    assert answer.json()["fields"] == {"a": ["A question can only depend on one that comes before it."]}
    odd = {"title": "x", "definition": {"fields": [{"key": "a", "kind": "upload", "label": "A"}]}}
    assert refused(http("ada").call("post", "/form-templates", odd), 422, "malformed")


def test_nothing_asked_is_not_published(http):
    headings = {"fields": [{"key": "a", "kind": "heading", "label": "A"}]}
    assert refused(publish(http, draft(http, definition=headings)), 409, "nothing_asked")


def test_a_published_version_never_changes_and_the_next_takes_its_place(http):
    first = published(http)
    change = {"title": "Other", "version": first["version"]}
    assert refused(http("ada").call("put", one(first), change), 409, "not_a_draft")
    with acting_as(actor("ada")):
        row = FormTemplate.objects.get(pk=first["id"])
        changes: list[dict[str, Any]] = [{"title": "Other"}, {"definition": {}}, {"status": "draft"}]
        for values in [*changes, {"published_at": None}]:
            with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
                row.write(**values)
            row.refresh_from_db()
    following = http("ada").call("post", one(first, "/next")).json()
    assert (following["number"], following["status"]) == (2, "draft")
    assert http("mia").call("post", one(first, "/next")).json()["id"] == following["id"]
    assert publish(http, following).json()["number"] == 2
    assert http("ada").read(one(first))["status"] == "retired"
    assert refused(give(http, first), 409, "form_not_published")
    assert give(http, following).status_code == 201


def test_retired_is_given_to_nobody(http):
    made = published(http)
    for _ in range(2):
        assert http("ada").call("put", one(made, "/retirement")).json()["status"] == "retired"
    assert http("ana").read("/form-templates")["items"] == []
    assert len(http("ana").read("/form-templates?status=retired")["items"]) == 1
    assert refused(give(http, made), 409, "form_not_published")
