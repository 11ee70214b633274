"""When reminders go, and what their words may be."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentalspace.scheduling.reminders import rules
from mentalspace.scheduling.reminders.rules import EMAIL, SMS, Quiet

ZONE = ZoneInfo("America/New_York")
USUAL = Quiet(time(20), time(9), weekends=True)
NO_WEEKENDS = Quiet(time(20), time(9), weekends=False)
NEVER = Quiet(time(0), time(0), weekends=True)


def local(year, month, day, hour, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("quiet", "due", "goes"),
    [
        (USUAL, local(2026, 3, 3, 12), local(2026, 3, 3, 12)),
        (USUAL, local(2026, 3, 3, 23, 30), local(2026, 3, 3, 19, 55)),
        (USUAL, local(2026, 3, 3, 0, 0), local(2026, 3, 2, 19, 55)),
        (USUAL, local(2026, 3, 3, 8, 59), local(2026, 3, 2, 19, 55)),
        (USUAL, local(2026, 3, 3, 9, 0), local(2026, 3, 3, 9, 0)),
        (USUAL, local(2026, 3, 3, 20, 0), local(2026, 3, 3, 19, 55)),
        (USUAL, local(2026, 3, 8, 3, 30), local(2026, 3, 7, 19, 55)),
        (USUAL, local(2026, 11, 1, 1, 30), local(2026, 10, 31, 19, 55)),
        (NO_WEEKENDS, local(2026, 3, 7, 12), local(2026, 3, 6, 19, 55)),
        (NO_WEEKENDS, local(2026, 3, 9, 8), local(2026, 3, 6, 19, 55)),
        (NEVER, local(2026, 3, 3, 3), local(2026, 3, 3, 3)),
        (Quiet(time(12), time(13), weekends=True), local(2026, 3, 3, 12, 30), local(2026, 3, 3, 11, 55)),
    ],
)
def test_just_before_the_quiet(quiet, due, goes):
    assert quiet.just_before(due, ZONE) == goes


@pytest.mark.parametrize(
    ("quiet", "now", "goes"),
    [
        (USUAL, local(2026, 3, 3, 22), local(2026, 3, 4, 9)),
        (USUAL, local(2026, 3, 3, 3), local(2026, 3, 3, 9)),
        (NO_WEEKENDS, local(2026, 3, 6, 21), local(2026, 3, 9, 9)),
        (USUAL, local(2026, 3, 3, 12), local(2026, 3, 3, 12)),
    ],
)
def test_the_first_minute_after_the_quiet(quiet, now, goes):
    assert quiet.first_minute_after(now, ZONE) == goes


@given(
    st.integers(0, 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.booleans(),
)
def test_what_goes_never_goes_in_the_quiet(due, start, end, weekends):
    quiet = Quiet(start, end, weekends)
    goes, after = quiet.just_before(due, ZONE), quiet.first_minute_after(due, ZONE)
    assert goes <= due <= after
    nearly_always = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % 1440 > 1380
    if not nearly_always:
        assert not quiet.holds(goes.astimezone(ZONE))
        assert not quiet.holds(after.astimezone(ZONE))


def test_two_that_would_go_at_the_same_minute_are_one():
    start = local(2026, 3, 9, 9, 30)
    due = rules.reminders_due(start, [24, 1], quiet=NO_WEEKENDS, zone=ZONE)
    assert due == {1: local(2026, 3, 6, 19, 55)}


@pytest.mark.parametrize(
    ("now", "start", "reminder", "notice"),
    [
        (local(2026, 3, 3, 19, 59), local(2026, 3, 4, 8), local(2026, 3, 3, 19, 59), local(2026, 3, 3, 19, 59)),
        (local(2026, 3, 3, 20), local(2026, 3, 4, 10), local(2026, 3, 4, 9), local(2026, 3, 4, 9)),
        (local(2026, 3, 4, 3), local(2026, 3, 4, 9), None, local(2026, 3, 4, 3)),
    ],
)
def test_what_is_late_waits_for_the_morning_when_that_is_not_too_late(now, start, reminder, notice):
    assert rules.reminder_goes(start, quiet=USUAL, zone=ZONE, now=now) == reminder
    assert rules.notice_due(start, quiet=USUAL, zone=ZONE, now=now) == notice


@pytest.mark.parametrize(
    ("channel", "text", "links", "why"),
    [
        (EMAIL, "Hello {client_name}", True, None),
        (EMAIL, "  ", True, "Write something"),
        (EMAIL, "{diagnosis}", True, "no field {diagnosis}"),
        (EMAIL, "{client_name.last}", True, "no field"),
        (EMAIL, "{date!r}", True, "without anything behind"),
        (EMAIL, "{date:>99}", True, "without anything behind"),
        (EMAIL, "{date", True, "brace"),
        (EMAIL, "{cancel_link}", False, "no field {cancel_link}"),
        (SMS, "x" * 321, True, "At most 320"),
    ],
)
def test_what_a_wording_may_say(channel, text, links, why):
    found = rules.text_problem(channel, text, links=links)
    assert found is None if why is None else why in (found or "")


def test_links_are_added_where_the_text_has_none_and_taken_where_nobody_wants_them():
    wanted = {"confirm_link": True, "cancel_link": False}
    text = rules.with_links(EMAIL, "Hello\n\nTo cancel: {cancel_link}\nBye", wanted)
    assert text == "Hello\n\nBye\n\nTo confirm that you are coming:\n{confirm_link}\n"
    short = rules.with_links(SMS, "Hello.", wanted)
    assert short == "Hello. Confirm: {confirm_link} Reply STOP to end."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{practice}: appointment {date} {time}. Cancel: {cancel_link}", "line of its own"),
        ("Your appointment is tomorrow. Cancel: {cancel_link}", "Nothing would be left"),
        ("{date}, {time}\nCancel: {cancel_link}", None),
        ("{date}, {time}\n{confirm_link} {cancel_link}", None),
        ("{date}, {time}, confirm: {confirm_link}", None),
    ],
)
def test_a_wording_must_do_without_the_links_that_are_switched_off(text, why):
    found = rules.links_problem(text, {"confirm_link": True, "cancel_link": False})
    assert found is None if why is None else why in (found or "")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("x" * 152 + "€" + "x" * 151, 2),
        ("x" * 152 + "€" + "x" * 152, 3),
        ("ł" * 70, 1),
        ("ł" * 71, 2),
        ("x" * 134 + "’", 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 67, 3),
    ],
)
def test_how_many_text_messages_a_text_takes(text, count):
    assert rules.text_messages(text) == count


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("(212) 555-0100", "+12125550100"), ("+44 20 7946 0958", "+442079460958"), ("none", ""), ("1", ""), ("", "")],
)
def test_telephone_numbers(raw, plain):
    assert rules.plain_address(SMS, raw) == plain
