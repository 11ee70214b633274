"""From check-in to signature: steps of a session, a draft that is never lost, a signature that freezes."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.facts import begin_note, book, clients_of, instant, today
from tests.e2e.visit import Visit

SECTIONS = ("Subjective", "Objective", "Assessment", "Plan")


def open_note(visit: Visit, note: dict[str, Any], page: Page | None = None) -> Page:
    page = page or visit.page
    visit.go(f"/notes/{note['id']}", page)
    expect(section(page, "Subjective")).to_be_visible()
    return page


def section(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label)


def saved(page: Page) -> None:
    """The line beside the note says that everything is safe."""
    expect(page.get_by_role("status").get_by_text(re.compile("^Saved "))).to_be_visible()


def typed(page: Page, label: str, text: str) -> None:
    """Type at the end of a section; the page knows it is not saved yet."""
    section(page, label).press("Control+End")
    page.keyboard.type(text)


def test_a_session_goes_from_check_in_to_its_note(enter: Enter) -> None:
    visit = enter("ana")
    page = visit.page
    visit.go("/")
    client = clients_of(visit)[0]
    booked = book(visit, client["id"], instant(today(), "05:00"))
    page.reload()
    day = page.get_by_role("list", name="Sessions of the day")
    day.get_by_role("button", name=f"Check in: {client['name']}").click()
    day.get_by_role("button", name=f"Start session: {client['name']}").click()
    day.get_by_role("button", name=f"End session: {client['name']}").click()
    page.get_by_role("alertdialog").get_by_role("button", name="End session").click()
    day.get_by_role("button", name=f"Write note: {client['name']}").click()
    expect(page).to_have_url(re.compile("/notes/"))
    expect(section(page, "Subjective")).to_be_visible()
    run = visit.read(f"/appointments/{booked['id']}")
    assert (run["status"], run["note_state"]) == ("Completed", "draft")
    assert run["starts_at"] == booked["starts_at"] != run["actual_started_at"]


def test_what_was_typed_survives_a_killed_tab(enter: Enter) -> None:
    visit = enter("ana")
    visit.go("/")
    note = begin_note(visit, clients_of(visit)[1]["id"])
    page = visit.context.new_page()
    open_note(visit, note, page)
    typed(page, "Subjective", "Slept better this week.")
    expect(page.get_by_role("status").get_by_text("Saves when you pause")).to_be_visible()
    saved(page)
    page.close(run_before_unload=False)
    again = open_note(visit, note)
    expect(section(again, "Subjective")).to_have_value("Slept better this week.")


def test_two_tabs_in_one_section_lose_nothing(enter: Enter) -> None:
    visit = enter("ana")
    visit.go("/")
    note = begin_note(visit, clients_of(visit)[2]["id"])
    first, second = open_note(visit, note), open_note(visit, note, visit.context.new_page())
    typed(first, "Plan", "Walk every morning.")
    saved(first)
    typed(second, "Plan", "Call her sister.")
    expect(second.get_by_role("alert").get_by_text("another tab changed this note")).to_be_visible()
    second.get_by_role("button", name="Compare").click()
    choice = second.get_by_role("dialog", name="Two versions of this note")
    expect(choice.get_by_text("Walk every morning.")).to_be_visible()
    expect(choice.get_by_text("Call her sister.")).to_be_visible()
    choice.get_by_role("button", name="Keep both").click()
    choice.get_by_role("button", name="Save this version").click()
    saved(second)
    stored = visit.read(f"/notes/{note['id']}")["sections"]["plan"]
    assert "Walk every morning." in stored
    assert "Call her sister." in stored


def test_two_tabs_in_different_sections_are_merged(enter: Enter) -> None:
    visit = enter("ana")
    visit.go("/")
    note = begin_note(visit, clients_of(visit)[3]["id"])
    first, second = open_note(visit, note), open_note(visit, note, visit.context.new_page())
    typed(first, "Objective", "Calm, oriented.")
    saved(first)
    typed(second, "Plan", "Same time next week.")
    saved(second)
    expect(section(second, "Objective")).to_have_value("Calm, oriented.")


def test_signing_asks_who_it_is_and_freezes_the_note(enter: Enter, people: dict[str, Any]) -> None:
    visit = enter("ana")
    visit.go("/")
    note = begin_note(visit, clients_of(visit)[4]["id"])
    page = open_note(visit, note)
    write_all(page)
    page.get_by_role("button", name="Sign…").first.click()
    dialog = page.get_by_role("dialog", name="Sign this note")
    expect(dialog.get_by_role("group", name="What will be frozen")).to_contain_text("Her words about Plan.")
    dialog.get_by_label("Your password").fill("not her password")
    dialog.get_by_role("button", name="Sign note").click()
    expect(dialog.get_by_text("That is not your password.")).to_be_visible()
    dialog.get_by_label("Your password").fill(people["ana"]["password"])
    dialog.get_by_role("button", name="Sign note").click()
    expect(page.get_by_role("region", name="Signature")).to_contain_text("Ana Alvarez")
    expect(page.get_by_role("textbox")).to_have_count(0)
    signed = visit.read(f"/notes/{note['id']}")
    change = {name: signed[name] for name in ("version", "note_format", "diagnoses", "service_date")}
    refusal = visit.api("PUT", f"/api/notes/{note['id']}/draft", change | {"sections": {"plan": "Another plan."}})
    assert (refusal.status, refusal.json()["code"]) == (409, "note_already_signed")


def test_a_signed_note_is_amended_and_printed(enter: Enter) -> None:
    visit = enter("ana")
    visit.go("/")
    note = visit.read("/notes?state=signed")["items"][0]
    page = visit.page
    visit.go(f"/notes/{note['id']}")
    page.get_by_role("button", name="Add amendment").click()
    dialog = page.get_by_role("dialog", name="Add amendment")
    dialog.get_by_label("Reason").fill("Corrects a name")
    dialog.get_by_role("textbox", name="Amendment").fill("The sister's name is Ida.")
    dialog.get_by_role("button", name="Add amendment").click()
    expect(page.get_by_role("article").get_by_text("The sister's name is Ida.")).to_be_visible()
    printed = visit.api("GET", page.get_by_role("link", name="Print note").get_attribute("href") or "")
    assert (printed.status, printed.type, printed.bytes[:5]) == (200, "application/pdf", b"%PDF-")


def write_all(page: Page) -> None:
    """Everything that signing asks for."""
    for label in SECTIONS:
        section(page, label).fill(f"Her words about {label}.")
    if page.get_by_role("button", name=re.compile("^Remove ")).count() == 0:
        page.get_by_role("button", name="Add diagnosis").click()
        page.get_by_label("Code").fill("F41.1")
        page.get_by_label("Description").fill("Generalized anxiety disorder")
        page.get_by_role("button", name="Add", exact=True).click()
    saved(page)
