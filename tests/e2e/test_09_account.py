"""One's own account: the links in mails, passkeys, recovery codes, trust, and where one is signed in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import fresh_code
from tests.e2e.product import Product
from tests.e2e.visit import Visit

CHOSEN = "three slow herons at noon"


class Account:
    """Somebody at a browser of their own, at the name `localhost`: passkeys do not work at a bare address."""

    def __init__(self, browser: Browser, product: Product, person: dict[str, Any]) -> None:
        self.browser, self.product, self.person = browser, product, dict(person)
        self.visits: list[Visit] = []

    def browse(self) -> Page:
        """A fresh browser at sign-in."""
        self.visits.append(Visit(self.browser, self.product.url.replace("127.0.0.1", "localhost")))
        page = self.visits[-1].page
        page.goto("/sign-in")
        return page

    def give_password(self, page: Page) -> None:
        page.get_by_label("E-mail").fill(self.person["email"])
        page.get_by_role("textbox", name="Password").fill(self.person["password"])
        page.get_by_role("button", name="Sign in", exact=True).click()

    def give_code(self, page: Page) -> None:
        """The app's code of the moment. It opens one door: nobody here asks for two within half a minute."""
        page.get_by_label("Code", exact=True).fill(fresh_code(page, self.person))
        expect(person_menu(page)).to_be_visible()


def person_menu(page: Page) -> Locator:
    """In the top bar of whoever is in."""
    return page.get_by_role("button", name=re.compile("account$"))


Meet = Callable[[dict[str, Any]], Account]


@pytest.fixture
def meet(browser: Browser, product: Product) -> Iterator[Meet]:
    met: list[Account] = []

    def one(person: dict[str, Any]) -> Account:
        met.append(Account(browser, product, person))
        return met[-1]

    yield one
    visits = [visit for account in met for visit in account.visits]
    for visit in visits:
        visit.context.close()
    assert [fault for visit in visits for fault in visit.faults] == []


def own_account(page: Page) -> None:
    page.goto("/account")
    expect(page.get_by_role("heading", level=1, name="Your account")).to_be_visible()


def prove(page: Page, password: str) -> None:
    """The question that stands before every change of how one signs in."""
    dialog = page.get_by_role("dialog", name="Is it you?")
    dialog.get_by_role("textbox", name="Password").fill(password)
    dialog.get_by_role("button", name="Continue").click()


def test_a_forgotten_password_is_set_anew_by_mail(meet: Meet, people: dict[str, Any]) -> None:
    bea = meet(people["bea"])
    page = bea.browse()
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    for address in ("nobody@riverbend.example", bea.person["email"]):
        page.get_by_label("E-mail").fill(address)
        page.get_by_role("button", name="Send the link").click()
        expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
        expect(page.get_by_text(f"If {address} belongs to an account here")).to_be_visible()
        page.get_by_role("button", name="Use another address").click()
    link = bea.product.mailed(bea.person["email"], "reset")
    page.goto(link)
    field = page.get_by_role("textbox", name="New password")
    field.fill("short")
    expect(page.get_by_text("At least 12 characters: 7 more")).to_be_visible()
    field.fill("password1234")
    page.get_by_role("button", name="Set new password").click()
    expect(page.get_by_text("This password is easy to guess: many people use it.")).to_be_visible()
    field.fill(CHOSEN)
    page.get_by_role("button", name="Set new password").click()
    expect(page.get_by_text("Your new password is set")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(bea.person["email"])
    bea.person["password"] = CHOSEN
    bea.give_password(page)
    bea.give_code(page)
    page = bea.browse()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link is no longer good")).to_be_visible()
    expect(page.get_by_role("link", name="Ask for a new link")).to_be_visible()


def test_an_invitation_leads_to_a_password_a_second_factor_and_in(
    meet: Meet, people: dict[str, Any], browser: Browser, product: Product
) -> None:
    ada = meet(people["ada"])
    page = ada.browse()
    ada.give_password(page)
    ada.give_code(page)
    new = {"first_name": "Nell", "last_name": "Ashby", "email": "nell@riverbend.example", "roles": ["front_desk"]}
    asked = ada.visits[0].api("POST", "/api/users", new)
    assert asked.status == 201, asked.bytes
    nell = meet({"email": new["email"], "password": CHOSEN})
    page = nell.browse()
    page.goto(nell.product.mailed(nell.person["email"], "invitation"))
    expect(page.get_by_role("heading", name="Welcome, Nell")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill("nell ashby riverbend")
    page.get_by_role("button", name="Choose this password").click()
    expect(page.get_by_text("it is made of your name")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill(CHOSEN)
    page.get_by_role("button", name="Choose this password").click()
    expect(page.get_by_role("heading", name="Set up your second factor")).to_be_visible()
    authenticator(page)
    page.get_by_role("button", name="Make a passkey").click()
    prove(page, CHOSEN)
    expect(page.get_by_role("heading", name="Keep these codes")).to_be_visible()
    expect(page.get_by_role("list", name="Recovery codes").get_by_role("listitem")).to_have_count(10)
    page.get_by_text("I have kept the codes in a safe place").click()
    page.get_by_role("button", name="Go to MentalSpace").click()
    expect(page.get_by_role("button", name="Nell Ashby, account")).to_be_visible()


def authenticator(page: Page) -> None:
    """A device that holds passkeys and is shown a finger whenever it asks."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_signs_in_and_is_removed(meet: Meet, people: dict[str, Any]) -> None:
    fay = meet(people["fay"])
    page = fay.browse()
    authenticator(page)
    fay.give_password(page)
    fay.give_code(page)
    own_account(page)
    keys = page.get_by_role("region", name="Passkeys")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Front desk laptop")
    page.get_by_role("button", name="Make the passkey").click()
    prove(page, fay.person["password"])
    expect(keys.get_by_text("Front desk laptop")).to_be_visible()
    keys.get_by_role("button", name="Rename Front desk laptop").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Desk")
    page.get_by_role("button", name="Save name").click()
    expect(keys.get_by_text("Desk", exact=True)).to_be_visible()
    person_menu(page).click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(person_menu(page)).to_be_visible()
    own_account(page)
    keys.get_by_role("button", name="Remove Desk").click()
    page.get_by_role("button", name="Remove passkey").click()
    prove(page, fay.person["password"])
    expect(keys.get_by_text("None yet.")).to_be_visible()


def test_trust_saves_the_second_step_until_it_is_taken_back(meet: Meet, people: dict[str, Any]) -> None:
    mia = meet(people["mia"])
    page = mia.browse()
    mia.give_password(page)
    page.get_by_text("Trust this browser for 30 days").click()
    mia.give_code(page)
    own_account(page)
    trusted = page.get_by_role("region", name="Trusted browsers")
    expect(trusted.get_by_text("This browser")).to_be_visible()
    person_menu(page).click()
    page.get_by_role("menuitem", name="Sign out").click()
    mia.give_password(page)
    expect(person_menu(page)).to_be_visible()
    own_account(page)
    trusted.get_by_role("button", name=re.compile("^Stop trusting")).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    mia.give_password(page)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()


def test_codes_are_made_anew_and_one_stands_in_once(meet: Meet, people: dict[str, Any], tmp_path: Path) -> None:
    sam = meet(people["sam"])
    page = sam.browse()
    sam.give_password(page)
    sam.give_code(page)
    own_account(page)
    page.get_by_role("button", name="Make new codes").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Make new codes").click()
    prove(page, sam.person["password"])
    shown = page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(shown).to_have_count(10)
    codes = shown.all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "codes.txt")
    assert codes[9] in (tmp_path / "codes.txt").read_text()
    page.get_by_text("I have kept the codes in a safe place").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("10 of 10 left")).to_be_visible()
    other = sam.browse()
    sam.give_password(other)
    other.get_by_role("button", name="Use a recovery code").click()
    other.get_by_label("Recovery code").fill(codes[0])
    other.get_by_role("button", name="Continue").click()
    expect(person_menu(other)).to_be_visible()
    page.reload()
    expect(page.get_by_text("9 of 10 left")).to_be_visible()
    here = page.get_by_role("region", name="Where you are signed in")
    expect(here.get_by_role("listitem")).to_have_count(2)
    expect(here.get_by_text("This one")).to_have_count(1)
    here.get_by_role("button", name="Sign out everywhere else").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Sign out everywhere else").click()
    expect(here.get_by_role("listitem")).to_have_count(1)
    other.goto("/")
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
