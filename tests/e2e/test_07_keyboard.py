"""The whole day without a mouse: sign in, find, look, book, run the session, write, sign."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter, fresh_code
from tests.e2e.facts import clients_of
from tests.e2e.visit import find, press, tab_to

STEPS = ("Check in", "Start session", "End session", "Write note")


def test_a_day_by_keyboard_alone(enter: Enter, people: dict[str, Any]) -> None:
    visit = enter(None)
    page = visit.page
    sign_in_by_keyboard(page, people["mia"])
    client = next(each for each in clients_of(visit) if visit.read(f"/clients/{each['id']}")["diagnoses"])
    find(page, client["name"])
    expect(page.get_by_role("menuitem", name=client["name"]).first).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1, name=client["name"])).to_be_visible()

    press(page, "g", "c")
    expect(page.get_by_role("heading", name="Calendar")).to_be_attached()
    book_by_keyboard(page, client["name"])

    press(page, "g", "t")
    for step in STEPS:
        take_step(page, step, client["name"])
    write_by_keyboard(page)
    press(page, "Control+Enter")
    expect(page.get_by_label("Your password")).to_be_focused()
    page.keyboard.type(people["mia"]["password"])
    press(page, "Enter")
    expect(page.get_by_role("region", name="Signature")).to_contain_text("Mia Lindqvist")


def sign_in_by_keyboard(page: Page, person: dict[str, Any]) -> None:
    page.goto("/")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type(person["email"])
    press(page, "Tab")
    page.keyboard.type(person["password"])
    press(page, "Enter")
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    page.keyboard.type(fresh_code(page, person))
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


def book_by_keyboard(page: Page, name: str) -> None:
    """A session at five this morning, so that its time is nobody else's."""
    press(page, "n")
    expect(page.get_by_role("combobox", name="Client")).to_be_focused()
    page.keyboard.type(name)
    expect(page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}")).first).to_be_visible()
    press(page, "ArrowDown", "Enter")
    tab_to(page, page.get_by_role("spinbutton", name=re.compile("hour.*Start")))
    page.keyboard.type("0500a")
    tab_to(page, page.get_by_role("button", name="Book session"))
    press(page, "Enter")
    expect(page.get_by_role("dialog", name="New session")).to_have_count(0)


def take_step(page: Page, step: str, name: str) -> None:
    day = page.get_by_role("list", name="Sessions of the day")
    button = day.get_by_role("button", name=f"{step}: {name}")
    tab_to(page, button, most=150)
    expect(button).to_be_enabled()
    press(page, "Enter")
    if step == "End session":  # it has just begun, so the product asks
        confirm = page.get_by_role("alertdialog").get_by_role("button", name="End session")
        tab_to(page, confirm)
        press(page, "Enter")


def write_by_keyboard(page: Page) -> None:
    first = page.get_by_role("textbox", name="Subjective")
    tab_to(page, first)
    for label in ("Subjective", "Objective", "Assessment", "Plan"):
        expect(page.get_by_role("textbox", name=label)).to_be_focused()
        page.keyboard.type(f"{label}, written without a mouse.")
        press(page, "Alt+ArrowDown")
    press(page, "Control+s")
    expect(page.get_by_role("status").get_by_text(re.compile("^Saved "))).to_be_visible()
