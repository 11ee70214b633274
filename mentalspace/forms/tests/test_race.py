"""Two tabs and two clicks: real threads, real connections, real commits."""

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.models import FormResponse, FormTemplate
from mentalspace.forms.tests.filling import ANSWERS, given, published
from mentalspace.forms.tests.linking import WRONG, enter, linked, opened, post
from tests.cast import actor
from tests.committed import at_once
from tests.http import Http, refused
from tests.sessions import session_of

pytestmark = pytest.mark.usefixtures("really_committed", "stopped_clock")
MANY = 8


def http(name):
    browser = Http(raise_request_exception=False)
    with transaction.atomic():
        browser.cookies["session"] = session_of(name)
    return browser


def stored(model, **where):
    with acting_as(actor("ada")), transaction.atomic():
        return list(model.objects.filter(**where).order_by("created_at", "id"))


def test_of_many_tabs_one_saves_and_the_others_hear_what_stands():
    form = given(http)

    def save(browser, number):
        return browser.call("put", f"/forms/{form['id']}/answers", {"version": 1, "answers": {"name": f"Tab {number}"}})

    answers = at_once(["ana", "fay"] * (MANY // 2), save)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (MANY - 1)
    (row,) = stored(FormResponse)
    for answer in answers:
        if answer.status_code == 409:
            assert refused(answer, 409, "form_changed_elsewhere")
            assert answer.json()["data"] == {"version": 2, "answers": row.answers}


def test_sent_by_two_clicks_it_is_sent_once():
    form = given(http)
    body = {"version": 1, "answers": ANSWERS}
    answers = at_once(["ana"] * MANY, lambda browser, _: browser.call("post", f"/forms/{form['id']}/submission", body))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (MANY - 1)
    assert all(refused(answer, 409, "form_not_open") for answer in answers if answer.status_code == 409)
    assert len(stored(AuditLog, event="form.submitted")) == 1


def test_two_reviewers_decide_once():
    form = given(http)
    http("ana").call("post", f"/forms/{form['id']}/submission", {"version": 1, "answers": ANSWERS})
    body = {"round": 1, "outcome": "returned", "note": "Again"}
    answers = at_once(["ana", "ada"], lambda browser, _: browser.call("post", f"/forms/{form['id']}/review", body))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert {row.round for row in stored(FormResponse)} == {1, 2}


def test_the_next_version_is_begun_once():
    path = f"/form-templates/{published(http)['id']}/next"
    answers = at_once(["ada", "mia"] * 2, lambda browser, _: browser.call("post", path))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted(row.number for row in stored(FormTemplate)) == [1, 2]


def test_by_one_link_sent_twice_at_once_it_is_sent_once():
    path = linked(http, given(http))
    body = {"proof": opened(path)["proof"], "version": 1, "answers": ANSWERS}
    answers = at_once(["ana"] * MANY, lambda browser, _: post(path, "submission", body, browser))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (MANY - 1)
    assert len(stored(AuditLog, event="form.submitted")) == 1


def test_many_guesses_at_once_are_counted_each():
    path = linked(http, given(http))
    answers = at_once(["ana"] * MANY, lambda browser, _: enter(path, WRONG, browser))
    assert sorted(answer.status_code for answer in answers) == [403] * 5 + [429] * (MANY - 5)
    assert [row.wrong_tries for row in stored(FormLink)] == [5]


def test_revoked_while_somebody_saves_nothing_comes_after():
    form = given(http)
    path = linked(http, form)
    shown, pk = opened(path), stored(FormLink)[0].pk
    body = {"proof": shown["proof"], "version": 1, "answers": {"name": "Cleo"}}

    def work(browser, number):
        if number == 0:
            return browser.call("put", f"/forms/{form['id']}/links/{pk}/revocation")
        return post(path, "answers", body, browser)

    assert {answer.status_code for answer in at_once(["ana"] * 4, work)} <= {200, 410}
    assert refused(post(path, "answers", {**body, "answers": {"name": "Late"}}), 410, "link_over")
    assert stored(FormResponse)[0].answers in ({}, {"name": "Cleo"})
