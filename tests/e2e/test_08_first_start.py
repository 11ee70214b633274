"""An empty instance: the printed link makes the first administrator, and Ctrl-C ends everything but the data."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mentalspace.launch.ports import is_free
from tests.e2e.conftest import fresh_code
from tests.e2e.product import Product
from tests.e2e.visit import Visit

PASSWORD = "three slow herons at noon"


@pytest.fixture(scope="module")
def empty(homes: Callable[[], Path]) -> Iterator[Product]:
    """An instance without the demo, running beside the other."""
    running = Product(homes(), demo=False)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def test_the_first_administrator_comes_in_by_the_printed_link(browser: Browser, empty: Product) -> None:
    visit = Visit(browser, empty.url)
    page = visit.page
    link = re.search(r"https?://\S+/setup/\S+", "".join(empty.said))
    assert link is not None
    page.goto(link[0])
    page.get_by_label("Practice name").fill("Lakeside Counseling")
    page.get_by_label("First name").fill("Nora")
    page.get_by_label("Last name").fill("Adler")
    page.get_by_label("E-mail").fill("nora@lakeside.example")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up practice").click()

    expect(page.get_by_text("Your practice is set up.")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("nora@lakeside.example")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    _enrol(page)
    expect(page.get_by_role("button", name="Nora Adler, account")).to_be_visible()
    assert visit.read("/me")["practice"]["name"] == "Lakeside Counseling"
    assert _spent(visit, link[0])
    visit.context.close()
    assert visit.faults == []


def test_ctrl_c_ends_everything_and_the_next_start_has_the_data(browser: Browser, empty: Product) -> None:
    practices = empty.ask("SELECT id, name FROM practices")
    assert practices
    assert empty.interrupt() == 0
    assert empty.processes() == []
    assert is_free(empty.port)
    empty.start()
    assert empty.ask("SELECT id, name FROM practices") == practices
    visit = Visit(browser, empty.url)
    visit.page.goto("/")
    expect(visit.page.get_by_role("heading", name="Sign in")).to_be_visible()
    visit.context.close()
    assert visit.faults == []


def _enrol(page: Page) -> None:
    """The second factor: scan, prove who and with what, keep the codes."""
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    page.get_by_role("button", name="I cannot scan it").click()
    secret = page.get_by_role("code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(fresh_code(page, {"totp_secret": secret}))
    page.get_by_role("button", name="Turn on").click()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Keep these codes")).to_be_visible()
    expect(page.get_by_role("list", name="Recovery codes").get_by_role("listitem")).to_have_count(10)
    page.get_by_text("I have kept the codes in a safe place").click()
    page.get_by_role("button", name="Go to MentalSpace").click()


def _spent(visit: Visit, link: str) -> bool:
    """The link does not work a second time."""
    details = dict.fromkeys(("practice_name", "first_name", "last_name"), "Again")
    body = details | {"timezone": "America/New_York", "email": "eve@lakeside.example", "password": PASSWORD}
    answer = visit.api("POST", "/api/setup", body | {"token": link.rpartition("/")[2]})
    return bool(answer.status == 409 and answer.json()["code"] == "set_up_link_spent")
