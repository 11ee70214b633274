"""A practice's rules about passwords and sessions: for administrators, in bounds, written down, and at once."""

from datetime import timedelta

import pytest

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.people.models import User
from mentalspace.people.tests.browser import enrol, sign_in
from mentalspace.practices.models import Practice
from tests.cast import HERE, ID, NEXT_DOOR, NOW, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

PATH = "/practice/sign-in-rules"
RULES = {"password_max_age_days": 0, "sessions_per_person": 5, "version": 1}


def change(browser, **given):
    return browser.call("put", PATH, RULES | given)


def kept(practice=HERE):
    with acting_as(IDENTITY):
        row = Practice.objects.get(pk=practice)
    return row.password_max_age_days, row.sessions_per_person, row.version


def test_they_are_read_and_changed(http):
    ada = http("ada")
    assert ada.read(PATH) == RULES
    answer = change(ada, password_max_age_days=90, sessions_per_person=2)
    assert answer.json() == {"password_max_age_days": 90, "sessions_per_person": 2, "version": 2}
    assert ada.read(PATH) == answer.json()
    assert kept() == (90, 2, 2)
    assert change(ada, version=2).json() == RULES | {"version": 3}
    assert kept() == (None, 5, 3)
    with acting_as(actor("ada")):
        first, _ = AuditLog.objects.filter(event="practice.sign_in_rules_changed").order_by("created_at")
    assert (first.user_id, first.resource_id, first.severity) == (ID["ada"], HERE, "critical")
    assert first.action_details == {
        "before": RULES,
        "after": {"password_max_age_days": 90, "sessions_per_person": 2, "version": 2},
    }


@pytest.mark.parametrize("who", ["ana", "ash", "sam", "bea", "fay", "otto"])
def test_only_administrators(http, who):
    assert refused(http(who).call("get", PATH), 404)
    assert refused(change(http(who)), 403, "not_allowed")
    assert kept() == kept(NEXT_DOOR) == (None, 5, 1)


def test_next_door_has_its_own(http):
    assert change(http("olga"), sessions_per_person=3).status_code == 200
    assert (kept(), kept(NEXT_DOOR)) == ((None, 5, 1), (None, 3, 2))
    assert http("ada").read(PATH) == RULES
    assert refused(http("cleo").call("get", PATH), 403, "staff_only")
    assert refused(http(None).call("get", PATH), 401)


def test_of_two_the_second_is_told(http):
    assert change(http("ada"), sessions_per_person=3).status_code == 200
    answer = change(http("mia"), sessions_per_person=9)
    assert refused(answer, 409, "changed_elsewhere")
    assert answer.json()["data"] == {"version": 2}
    assert kept() == (None, 3, 2)


@pytest.mark.parametrize(
    ("field", "values", "says"),
    [
        ("password_max_age_days", (-1, 366, 10**12), "Choose 1 to 365 days, or 0 if passwords need never be changed."),
        ("sessions_per_person", (0, -1, 21, 10**12), "Choose 1 to 20."),
    ],
)
def test_what_is_out_of_bounds_says_what_to_choose(http, field, values, says):
    ada = http("ada")
    for value in values:
        answer = change(ada, **{field: value})
        assert refused(answer, 422, "bad_input")
        assert answer.json()["fields"] == {field: [says]}
    for value in (None, "many", 1.5):
        assert refused(change(ada, **{field: value}), 422, "malformed")
    assert kept() == (None, 5, 1)
    for value in {"password_max_age_days": (1, 365), "sessions_per_person": (1, 20)}[field]:
        assert change(ada, version=kept()[2], **{field: value}).status_code == 200


def test_a_password_too_old_by_now_is_changed_first(http):
    with clock.frozen(NOW):
        ada, ana, otto = http("ada"), http("ana"), http("otto")
        with acting_as(IDENTITY):
            User.objects.update(password_changed_at=NOW - timedelta(days=30))
            User.objects.filter(pk=ID["ada"]).update(password_changed_at=NOW - timedelta(days=1))
        assert ana.call("get", "/me").status_code == 200
        assert change(ada, password_max_age_days=30).status_code == 200
        assert refused(ana.call("get", "/me"), 403, "password_change_due")
        assert ada.call("get", "/me").status_code == otto.call("get", "/me").status_code == 200
        assert change(ada, version=2).status_code == 200
        assert ana.call("get", "/me").status_code == 200


def test_sessions_beyond_the_limit_end_and_the_next_sign_in_keeps_to_it(http):
    made = []
    for minute in range(3):
        with clock.frozen(NOW + timedelta(minutes=minute)):
            made.append((http("ana"), http("ada"), http("otto")))
    with clock.frozen(NOW + timedelta(minutes=3)):
        oldest_of_ada = made[0][1]  # which makes the change, and stays for it
        assert change(oldest_of_ada, sessions_per_person=2).status_code == 200
        found = [[browser.call("get", "/me").status_code for browser in each] for each in zip(*made, strict=True)]
        assert found == [[401, 200, 200], [200, 401, 200], [200, 200, 200]]
        app = enrol("ana")
        sign_in("ana", app)
        assert sign_in("ana", app).read("/account")["most_sessions"] == 2
        assert [each[0].call("get", "/me").status_code for each in made] == [401, 401, 401]


def test_a_change_that_is_refused_ends_nothing(http):
    first, second = http("ana"), http("ana")
    assert refused(change(http("ada"), sessions_per_person=1, version=7), 409)
    assert first.call("get", "/me").status_code == second.call("get", "/me").status_code == 200
