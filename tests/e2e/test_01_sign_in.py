"""Signing in: two factors, sentences for what is wrong, a cookie that nothing else can read."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import Enter, fresh_code

COOKIE = "__Host-session"


def test_a_wrong_password_is_refused_in_a_sentence(enter: Enter, people: dict[str, Any]) -> None:
    page = enter(None).page
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("E-mail").fill(people["ana"]["email"])
    page.get_by_label("Password", exact=True).fill("not her password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("E-mail or password is not right.")
    expect(page.get_by_label("E-mail")).to_have_value(people["ana"]["email"])


def test_ana_signs_in_with_password_and_code(enter: Enter, people: dict[str, Any], signed_in: dict[str, Any]) -> None:
    visit = enter(None)
    page = visit.page
    page.goto("/calendar")
    page.get_by_label("E-mail").fill(people["ana"]["email"])
    page.get_by_label("Password", exact=True).fill(people["ana"]["password"])
    page.keyboard.press("Enter")
    code_field = page.get_by_label("Code", exact=True)
    code_field.fill("000000")
    expect(page.get_by_role("alert")).to_contain_text("That code is not right.")
    expect(code_field).to_have_value("")
    code_field.fill(fresh_code(page, people["ana"]))
    expect(page.get_by_role("heading", name="Calendar")).to_be_attached()
    expect(page).to_have_url(f"{visit.url}/calendar")
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    expect(page.get_by_role("list", name="Sessions of the day")).to_be_visible()
    signed_in.setdefault("ana", visit.context.storage_state())


def test_the_session_cookie_is_out_of_reach(enter: Enter) -> None:
    visit = enter("ana")
    visit.go("/")
    cookie = next(each for each in visit.context.cookies() if each["name"] == COOKIE)
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Lax", "/")
    assert COOKIE not in visit.page.evaluate("document.cookie")
