"""An installation that nobody carries messages for: a test is sent, kept, and read in the outbox; a stop is lifted."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Enter
from tests.e2e.test_02_every_page import OVERFLOW, PAINTED
from tests.e2e.test_10_authority import flaws
from tests.e2e.visit import press


def test_a_test_is_sent_and_read_in_the_outbox(enter: Enter) -> None:
    visit = enter("ada")
    page = visit.page
    visit.go("/")
    press(page, "g", "m")
    expect(page.get_by_role("heading", level=1, name="Messages")).to_be_visible()
    expect(page.get_by_text("Nothing leaves this installation", exact=True)).to_be_visible()
    page.get_by_role("tab", name="Carriers").click()
    expect(page).to_have_url(f"{visit.url}/messages/carriers")
    page.get_by_role("button", name="Send a test e-mail").click()
    panel = page.get_by_role("dialog", name="Send a test e-mail")
    panel.get_by_label("E-mail address").fill("office@riverbend.example")
    panel.get_by_role("button", name="Send test").click()
    sent = panel.get_by_role("region", name="What became of it")
    expect(sent.get_by_text("Sent, kept here")).to_be_visible()
    assert flaws(page) == []
    sent.get_by_role("link", name="See it in the outbox").click()
    message = page.get_by_role("dialog", name="A test message")
    arrived = message.frame_locator("iframe").get_by_text("This is a test message of Riverbend Counseling.")
    expect(arrived).to_be_visible()
    expect(message.get_by_text("it reached nobody")).to_be_visible()
    assert flaws(page) == []
    press(page, "Escape")
    expect(page).to_have_url(f"{visit.url}/messages")
    page.get_by_role("group", name="State").get_by_role("button", name="Failed").click()
    expect(page).to_have_url(f"{visit.url}/messages?state=failed")
    page.get_by_role("row").filter(has_text="A test message").get_by_role("link", name="Hannah Whitlock").click()
    failed = page.get_by_role("dialog", name="A test message")
    expect(failed.get_by_text("This number cannot receive texts: put in a mobile number.")).to_be_visible()
    failed.get_by_role("button", name="Call off").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Call message off").click()
    expect(failed.get_by_text("It was not sent and never will be.")).to_be_visible()


def test_a_phone_shows_messages_and_an_account_is_asked_for_in_full(enter: Enter) -> None:
    visit = enter("ada", width=390, height=844)
    page = visit.page
    for path in ("/messages", "/messages/stopped", "/messages/carriers"):
        visit.go(path)
        page.wait_for_load_state("networkidle")
        page.evaluate(PAINTED)
        assert page.evaluate(OVERFLOW) == 0
        assert flaws(page) == []
    page.get_by_role("button", name="Connect Resend").click()
    panel = page.get_by_role("dialog", name="Connect Resend")
    expect(panel.get_by_role("textbox", name="Webhook address")).to_have_value(
        re.compile("/functions/v1/resend-webhook/")
    )
    panel.get_by_role("button", name="Connect Resend").click()
    expect(panel.get_by_text("Enter the API key.")).to_be_visible()
    assert flaws(page) == []


def test_the_front_desk_sees_stops_alone_and_lifts_what_came_back(enter: Enter) -> None:
    visit = enter("fay")
    page = visit.page
    visit.go("/")
    page.get_by_role("navigation", name="Areas").first.get_by_role("link", name="Messages").click()
    expect(page.get_by_role("heading", level=1, name="Stopped addresses")).to_be_visible()
    table = page.get_by_role("table", name="Stopped addresses")
    luis = visit.read("/clients/search?q=luis%20ortega")["items"][0]["id"]
    assert visit.read(f"/clients/{luis}")["stopped"]["email"] == "bounced"
    expect(table.get_by_role("row").filter(has_text="Wrote STOP").get_by_role("button")).to_have_count(0)
    table.get_by_role("button", name="Lift the stop on luis.ortega@example.org").click()
    expect(page.get_by_text("Messages go to luis.ortega@example.org again")).to_be_visible()
    expect(table.get_by_text("luis.ortega@example.org")).to_have_count(0)
    assert visit.read(f"/clients/{luis}")["stopped"]["email"] is None
    visit.go("/messages")
    expect(page.get_by_role("heading", name="Messages and who carries them are the administrators’")).to_be_visible()
