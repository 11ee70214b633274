"""A form by a link: sent from the chart, opened with a date of birth on a phone, filled, sent, and there to review.

And consents beside the forms: recorded, read in their words, revoked.
"""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.facts import clients_of
from tests.e2e.product import Product
from tests.e2e.test_02_every_page import OVERFLOW, PAINTED
from tests.e2e.test_10_authority import flaws
from tests.e2e.visit import Visit

ASKED = "A form to fill in"


def given(ana: Visit) -> tuple[dict[str, Any], str]:
    """A client of Ana's who can be written to, and a welcome form that they were given."""
    ana.go("/")
    charts = (ana.read(f"/clients/{row['id']}") for row in clients_of(ana))
    client = next(each for each in charts if each["email"] and each["date_of_birth"] < "2000-01-01")
    published = ana.read("/form-templates?status=published")["items"]
    template = next(each["id"] for each in published if each["title"] == "Welcome")
    answer = ana.api("POST", f"/api/clients/{client['id']}/forms", {"template_id": template})
    assert answer.status == 201, answer.bytes
    return client, answer.json()["id"]


def enter_birth(page: Page, born: str) -> None:
    year, month, day = born.split("-")
    page.get_by_role("spinbutton", name=re.compile("month")).click()
    page.keyboard.type(f"{month}{day}{year}")
    page.get_by_role("button", name="Continue").click()


def looked_at(page: Page) -> None:
    """Nothing is wrong with it, but for what was read out about the field of the date, which a moment later goes."""
    page.evaluate(PAINTED)
    assert page.evaluate(OVERFLOW) == 0
    assert [each for each in flaws(page) if not each.startswith('role-img-alt: div[role="img"]')] == []


def test_filled_at_home_and_reviewed(enter: Enter, product: Product) -> None:
    ana = enter("ana")
    client, form = given(ana)
    page = ana.page
    ana.go(f"/forms/{form}")
    page.get_by_role("button", name="Send a link").click()
    panel = page.get_by_role("dialog", name="Send a link")
    assert flaws(page) == []
    panel.get_by_role("button", name="Send link").click()
    expect(page.get_by_role("region", name="Fill at home").get_by_text("not opened yet")).to_be_visible()

    path = product.mailed(client["email"], "f")
    home = enter(None, width=390, height=844)
    phone = home.page
    home.go(path)
    expect(phone.get_by_role("heading", level=1, name=ASKED)).to_be_visible()
    assert client["last_name"] not in phone.content()
    looked_at(phone)
    enter_birth(phone, "1901-01-01")
    expect(phone.get_by_text("This is not the date of birth we have")).to_be_visible()
    looked_at(phone)
    enter_birth(phone, client["date_of_birth"])
    expect(phone.get_by_role("heading", level=1, name="Welcome")).to_be_focused()
    looked_at(phone)
    phone.get_by_role("textbox", name="What would you like to be called?").fill("Bee")
    expect(phone.get_by_text(re.compile("^Saved"))).to_be_visible()
    home.go(path)
    enter_birth(phone, client["date_of_birth"])
    name = phone.get_by_role("textbox", name="What would you like to be called?")
    expect(name).to_have_value("Bee")

    home.context.set_offline(True)
    name.fill("Beatrice")
    expect(phone.get_by_text(re.compile("Not saved: no connection"))).to_be_visible()
    looked_at(phone)
    home.context.set_offline(False)
    expect(phone.get_by_text(re.compile("^Saved"))).to_be_visible()
    phone.get_by_role("button", name="Send form").click()
    expect(phone.get_by_text("This needs an answer.").first).to_be_visible()
    looked_at(phone)
    phone.get_by_role("checkbox", name="By e-mail").check(force=True)
    phone.get_by_role("radio", name="No").check(force=True)
    phone.get_by_role("button", name="Send form").click()
    expect(phone.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    looked_at(phone)

    ana.go(f"/forms/{form}")
    expect(page.get_by_text("Beatrice").first).to_be_visible()
    expect(page.get_by_text(re.compile("by a link"))).to_be_visible()
    review = page.get_by_role("region", name="Review")
    review.get_by_role("textbox", name="Note").fill("Your pronouns, please.")
    review.get_by_role("button", name="Ask for changes").click()
    expect(page.get_by_text("Changes asked for").first).to_be_visible()
    home.go(path)
    enter_birth(phone, client["date_of_birth"])
    expect(phone.get_by_text("Your pronouns, please.")).to_be_visible()
    assert len(re.findall(path, product.run("outbox", "--json"))) == 2


def test_a_link_that_nobody_sent(enter: Enter) -> None:
    home = enter(None)
    home.go(f"/f/{'a' * 24}")
    enter_birth(home.page, "1990-05-04")
    expect(home.page.get_by_text("This link does not work")).to_be_visible()
    assert flaws(home.page) == []


def test_a_consent_is_recorded_and_revoked(enter: Enter) -> None:
    ana = enter("ana")
    ana.go("/")
    client = clients_of(ana)[-1]
    page = ana.page
    ana.go(f"/clients/{client['id']}?tab=forms")
    section = page.get_by_role("region", name="Consents")
    expect(section.get_by_role("heading", name="Treatment")).to_be_visible()
    section.get_by_role("button", name="Record a consent").click()
    panel = page.get_by_role("dialog", name="Record a consent")
    panel.get_by_role("button", name=re.compile("Agrees to")).click()
    page.get_by_role("option", name="Telehealth").click()
    panel.get_by_role("textbox", name="What was agreed to").fill("Sessions by video.")
    assert flaws(page) == []
    panel.get_by_role("button", name="Record consent").click()
    expect(section.get_by_role("heading", name="Telehealth")).to_be_visible()
    assert flaws(page) == []
    section.get_by_role("button", name=re.compile("^Open Telehealth")).click()
    dialog = page.get_by_role("dialog", name="Telehealth")
    expect(dialog.get_by_text("Sessions by video.")).to_be_visible()
    dialog.get_by_role("button", name="Record a revocation").click()
    page.get_by_role("dialog", name="Record a revocation").get_by_role("button", name="Record revocation").click()
    expect(section.get_by_text("Revoked").first).to_be_visible()
    small = enter("ana", width=390, height=844)
    small.go(f"/clients/{client['id']}?tab=forms")
    expect(small.page.get_by_role("region", name="Consents").get_by_text("Revoked").first).to_be_visible()
    looked_at(small.page)
