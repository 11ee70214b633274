"""The week calendar by mouse: book in an empty place, drag, pull longer, and what happens when a time is taken."""

import re
from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.facts import ZONE, before_clock_change, book, clients_of, empty_monday, instant
from tests.e2e.visit import Visit

DAY_MINUTES = 24 * 60


def point(page: Page, day: date, clock: str) -> tuple[float, float]:
    """Where a clock time of a day stands in the grid, in the window's pixels."""
    box = page.locator(f'[data-column="{day}"]').bounding_box()
    assert box is not None
    hour, minute = map(int, clock.split(":"))
    return box["x"] + box["width"] / 3, box["y"] + box["height"] * (hour * 60 + minute) / DAY_MINUTES


def open_week(visit: Visit, day: date) -> Page:
    visit.go(f"/calendar?date={day}")
    expect(visit.page.locator(f'[data-column="{day}"]')).to_be_visible()
    return visit.page


def chip(page: Page, name: str, times: str) -> Locator:
    """A session in the calendar, by what a screen reader says of it."""
    return page.get_by_role("button", name=re.compile(rf"{re.escape(name)}, .*{re.escape(times)}"))


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def fill_client(page: Page, name: str) -> None:
    box = page.get_by_role("combobox", name="Client")
    box.fill(name)
    page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}")).first.click()


def test_a_click_books_and_a_drag_moves_and_the_edge_resizes(enter: Enter) -> None:
    visit = enter("ana")
    monday = empty_monday()
    page = open_week(visit, monday)
    client = clients_of(visit)[0]["name"]
    page.mouse.click(*point(page, monday, "10:05"))
    expect(page.get_by_role("dialog", name="New session")).to_be_visible()
    fill_client(page, client)
    page.get_by_role("button", name="Book session").click()
    expect(chip(page, client, "10:00 – 10:50 am")).to_be_visible()

    drag(page, point(page, monday, "10:20"), point(page, monday + timedelta(days=1), "14:20"))
    moved = chip(page, client, "2:00 – 2:50 pm")
    expect(moved).to_be_visible()
    expect(page.get_by_text(re.compile("^Moved to"))).to_be_visible()

    drag(page, point(page, monday + timedelta(days=1), "14:48"), point(page, monday + timedelta(days=1), "15:30"))
    expect(chip(page, client, "2:00 – 3:30 pm")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(chip(page, client, "2:00 – 3:30 pm")).to_be_visible()
    expect(chip(page, client, "10:00 – 10:50 am")).to_have_count(0)


def test_undo_puts_a_dragged_session_back(enter: Enter) -> None:
    visit = enter("ana")
    monday = empty_monday() + timedelta(weeks=1)
    page = open_week(visit, monday)
    client = clients_of(visit)[1]
    book(visit, client["id"], instant(monday, "09:00"), 50)
    page.reload()
    expect(chip(page, client["name"], "9:00 – 9:50 am")).to_be_visible()
    drag(page, point(page, monday, "09:20"), point(page, monday, "11:20"))
    expect(chip(page, client["name"], "11:00 – 11:50 am")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(chip(page, client["name"], "9:00 – 9:50 am")).to_be_visible()


def test_a_taken_time_is_explained_and_others_are_offered(enter: Enter) -> None:
    visit = enter("ana")
    monday = empty_monday() + timedelta(weeks=2)
    page = open_week(visit, monday)
    there, coming = clients_of(visit)[:2]
    book(visit, there["id"], instant(monday, "13:00"), 50)
    page.reload()
    expect(chip(page, there["name"], "1:00 – 1:50 pm")).to_be_visible()
    page.mouse.click(*point(page, monday, "12:35"))
    fill_client(page, coming["name"])
    page.get_by_role("button", name="Book session").click()
    refusal = page.get_by_role("dialog", name="New session")
    expect(refusal.get_by_text("That time is taken")).to_be_visible()
    expect(refusal.get_by_text("The clinician already has a session then.")).to_be_visible()
    offers = refusal.get_by_role("list", name="Free times near it").get_by_role("button")
    expect(offers.first).to_be_visible()
    offers.first.click()
    expect(refusal).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile(rf"^{re.escape(coming['name'])}, "))).to_have_count(1)


def test_a_weekly_series_stays_at_three_when_the_clocks_change(enter: Enter) -> None:
    visit = enter("ana")
    tuesday = before_clock_change(1)
    page = open_week(visit, tuesday)
    client = clients_of(visit)[2]["name"]
    page.mouse.click(*point(page, tuesday, "15:05"))
    fill_client(page, client)
    page.get_by_role("button", name=re.compile("Repeats")).click()
    page.get_by_role("option", name="Every week").click()
    page.get_by_role("textbox", name="Sessions in all").fill("3")
    page.get_by_role("button", name="Book session").click()
    expect(page.get_by_text(re.compile("^3 sessions booked"))).to_be_visible()
    expect(chip(page, client, "3:00 – 3:50 pm")).to_be_visible()
    page.get_by_role("button", name="Later week").click()
    expect(page.locator(f'[data-column="{tuesday + timedelta(weeks=1)}"]')).to_be_visible()
    expect(chip(page, client, "3:00 – 3:50 pm")).to_be_visible()
    before, after = (instant(tuesday + timedelta(weeks=week), "15:00")[-6:] for week in (0, 1))
    assert before != after, f"The clocks of {ZONE} do not change in this week"
