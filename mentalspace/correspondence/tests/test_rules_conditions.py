"""What a rule asks, when it speaks and what it may say: pure rules, by table."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mentalspace.charting.rules import documentation_deadline
from mentalspace.correspondence.rules import conditions, wording
from mentalspace.correspondence.rules.causes import CAUSES, WAITING
from mentalspace.correspondence.rules.conditions import CHOICE, NUMBER, TEXT, Field
from mentalspace.correspondence.rules.schemas import Trigger as TriggerName
from mentalspace.correspondence.rules.timing import When, first_at, shifted
from mentalspace.correspondence.rules.vocabulary import Timing, Trigger, Unit
from mentalspace.notify.fields import problem
from mentalspace.outcomes.rules import is_critical

NEW_YORK = ZoneInfo("America/New_York")
FIELDS = {
    "days": Field("Days", NUMBER),
    "state": Field("State", TEXT),
    "kind": Field("Kind", CHOICE, ("Crisis", "Testing")),
}


@pytest.mark.parametrize(
    ("field", "operator", "value", "known", "expected"),
    [
        ("days", "greater_than", "3", 4, True),
        ("days", "greater_than", "3", 3, False),
        ("days", "less_than", "3", 2, True),
        ("days", "equals", "3.0", 3, True),
        ("days", "not_equals", "3", None, True),
        ("days", "greater_than", "3", None, False),
        ("days", "is_null", "", None, True),
        ("days", "is_null", "", 0, False),
        ("state", "equals", "ny", "NY", True),
        ("state", "contains", "new", "New York", True),
        ("state", "contains", "new", None, False),
        ("state", "not_contains", "new", None, True),
        ("state", "not_equals", "NY", "", True),
        ("state", "is_not_null", "", "", False),
        ("kind", "equals", "Crisis", "Crisis", True),
        ("kind", "not_equals", "Crisis", "Crisis", False),
        ("gone", "equals", "x", "x", False),
    ],
)
def test_operators(field, operator, value, known, expected):
    asked = [{"field": field, "operator": operator, "value": value}]
    assert conditions.hold(FIELDS, asked, {field: known}) is expected


def test_all_of_them_must_hold_and_none_is_no_condition():
    more = [{"field": "days", "operator": "greater_than", "value": n} for n in ("1", "5")]
    assert conditions.hold(FIELDS, [], {})
    assert not conditions.hold(FIELDS, more, {"days": 3})
    assert conditions.hold(FIELDS, more[:1], {"days": 3})


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"field": "age", "operator": "equals", "value": "1"}, "There is no “age”"),
        ({"field": "days", "operator": "contains", "value": "1"}, "cannot be asked that way"),
        ({"field": "days", "operator": "equals", "value": ""}, "enter what to compare"),
        ({"field": "days", "operator": "equals", "value": "soon"}, "is a number"),
        ({"field": "days", "operator": "less_than", "value": "nan"}, "is a number"),
        ({"field": "kind", "operator": "equals", "value": "Other"}, "is never “Other”"),
    ],
)
def test_what_cannot_be_asked(asked, said):
    assert said in (conditions.problem(FIELDS, [asked]) or "")
    assert conditions.problem(FIELDS, [asked] * 11) == "At most 10 conditions."


@pytest.mark.parametrize(
    ("count", "unit", "expected"),
    [
        # The clocks go forward on Sunday, March 8, 2026: 15:00 local is 19:00 UTC after it and 20:00 UTC before.
        (-1, Unit.DAYS, datetime(2026, 3, 7, 20, tzinfo=UTC)),
        (-24, Unit.HOURS, datetime(2026, 3, 7, 19, tzinfo=UTC)),
        (-24 * 60, Unit.MINUTES, datetime(2026, 3, 7, 19, tzinfo=UTC)),
        (1, Unit.DAYS, datetime(2026, 3, 9, 19, tzinfo=UTC)),
    ],
)
def test_a_day_is_one_of_the_wall_clock_and_hours_are_such_as_pass(count, unit, expected):
    assert shifted(datetime(2026, 3, 8, 19, tzinfo=UTC), count, unit, NEW_YORK) == expected


def test_an_hour_that_is_skipped_or_repeated():
    skipped = first_at(time(2, 30), datetime(2026, 3, 8, 5, 30, tzinfo=UTC), NEW_YORK)
    assert skipped == datetime(2026, 3, 8, 7, tzinfo=UTC), "2:30 does not exist: the clock shows 3:00"
    twice = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30 EDT, the first of two
    assert first_at(time(1, 30), twice, NEW_YORK) == twice
    assert first_at(time(1), twice, NEW_YORK) == datetime(2026, 11, 2, 6, tzinfo=UTC)


def test_the_end_of_the_third_day_over_a_change_of_the_clocks():
    held = datetime(2026, 3, 6, 20, tzinfo=UTC)  # Friday 15:00; due at the end of Monday
    assert documentation_deadline(held, NEW_YORK) == datetime(2026, 3, 10, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "field"),
    [
        (When(Timing.SCHEDULED), "timing_at"),
        (When(Timing.AFTER, 0), "timing_offset"),
        (When(Timing.BEFORE, 366, Unit.DAYS), "timing_offset"),
    ],
)
def test_timings_that_are_none(when, field):
    assert when.problem is not None
    assert when.problem[0] == field


@pytest.mark.parametrize(
    "text", ["", " ", "{x", "{nobody}", "{practice!r}", "{practice:>9}", "{practice.id}", "x" * 99]
)
def test_wordings_that_cannot_be_used(text):
    assert problem(text, ["practice"], 50)


def test_values_stay_in_their_place():
    values = {"practice": "A\r\nBcc: {client_name} \ufffc"}
    assert wording.rendered("{practice}", values, client="X") == "A Bcc: {client_name}  "


def test_every_trigger_is_wired_or_waits_and_the_api_offers_the_wired():
    assert len(Trigger) == 15
    assert not CAUSES.keys() & WAITING.keys()
    assert [trigger.value for trigger in CAUSES] == list(TriggerName.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("cause", CAUSES.values(), ids=list(CAUSES))
def test_no_subject_names_a_client(cause):
    assert "client_name" not in cause.in_subject


@pytest.mark.parametrize(
    ("instrument", "score", "answers", "expected"),
    [
        ("PHQ-9", 20, {}, True),
        ("PHQ-9", 19, {}, False),
        ("PHQ-9", 4, {"self_harm": 1}, True),
        ("PHQ-9", 4, {"self_harm": 0}, False),
        ("GAD-7", 15, {}, True),
        ("AUDIT-C", 12, {}, False),
    ],
)
def test_critical_scores(instrument, score, answers, expected):
    assert is_critical(instrument, score, answers) is expected
