"""Asking for ids that one may not see leaves a line in the trail, and tells no more than that nothing is there."""

from uuid import uuid4

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import REFUSED, AuditLog
from tests.cast import CLEO, ID, NOOR, OLEG, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

ASKED = [("get", "/clients/{}"), ("get", "/clients/{}/timeline"), ("put", "/clients/{}/favorite")]


def lines(who="ada"):
    with acting_as(actor(who)):
        rows = AuditLog.objects.filter(action_type=REFUSED).order_by("created_at")
        return list(rows.values("user_id", "client_ids", "resource_id", "severity", "action_details"))


@pytest.mark.parametrize(("verb", "path"), ASKED)
def test_who_asks_for_what_they_may_not_see_is_written_down(http, verb, path):
    for client in (NOOR, OLEG, uuid4()):
        before = lines()
        assert refused(http("ana").call(verb, path.format(client)), 404)
        *earlier, line = lines()
        assert earlier == before
        assert (line["user_id"], line["client_ids"], line["severity"]) == (ID["ana"], [], "warning")
        assert line["action_details"] == {"code": "not_found", "path": f"/api{path.format(client)}"}


@pytest.mark.parametrize(("verb", "path"), ASKED)
def test_the_answer_is_the_same_whether_it_exists_or_not(http, verb, path):
    answers = [http("otto").call(verb, path.format(client)) for client in (CLEO, NOOR, uuid4())]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert lines() == []  # what is tried next door is next door's to know
    assert {line["user_id"] for line in lines("olga")} == {ID["otto"]}


def test_nobody_who_is_not_signed_in_is_written_down(http):
    assert refused(http(None).call("get", f"/clients/{CLEO}"), 401)
    assert lines() == lines("olga") == []
