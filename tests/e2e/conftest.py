"""The product in a real browser. One instance with the demo practice serves all of these tests, one after the other.

They stay in the order they are written in, and on one worker of xdist: they share that instance, and nobody may sign
in twice with the same code.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mentalspace.env import ROOT
from tests.e2e.product import Product, code_of, new_home, seconds_left
from tests.e2e.visit import PATIENCE, Visit

HERE = Path(__file__).parent
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests first and in the order of their files, whatever shuffles the others."""
    ours = sorted((item for item in items if HERE in item.path.parents), key=_place)
    items[:] = ours + [item for item in items if HERE not in item.path.parents]


def _place(item: pytest.Item) -> tuple[str, int]:
    return item.path.name, item.reportinfo()[1] or 0


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; `make test` has looked for one, or installed it, and says where it is."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield chromium
        chromium.close()


def _chromium() -> str:
    if named := os.environ.get("MS_TEST_CHROMIUM"):
        return named
    sys.path.insert(0, str(ROOT / "setup"))
    try:
        from browser import present  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    found = present()
    assert found is not None, "There is no Chromium here; `make test` installs one."
    return str(found)


@pytest.fixture(scope="package")
def homes() -> Iterator[Callable[[], Path]]:
    """Empty folders for instances, gone afterwards."""
    made: list[Path] = []

    def make() -> Path:
        made.append(new_home())
        return made[-1]

    yield make
    for home in made:
        shutil.rmtree(home.parent)


@pytest.fixture(scope="package")
def product(homes: Callable[[], Path]) -> Iterator[Product]:
    """The product with the demo practice, running."""
    kept = os.environ.get("MS_TEST_HOME")  # for whoever writes these tests: a seeded home that is kept
    running = Product(Path(kept) if kept else homes(), demo=True)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def running(homes: Callable[[], Path]) -> Iterator[Product]:
    """Another one with the demo practice: for whoever upgrades it, and kills its parts."""
    another = Product(homes(), demo=True)
    try:
        another.start()
        yield another
    finally:
        another.stop()


@pytest.fixture(scope="package")
def people(product: Product) -> dict[str, dict[str, Any]]:
    """Who can sign in, by first name in small letters: address, password, secret of the authenticator."""
    return product.people()


@pytest.fixture(scope="package")
def signed_in() -> dict[str, Any]:
    """Cookies of those who have signed in, so that each does it once."""
    return {}


Enter = Callable[..., Visit]


@pytest.fixture
def enter(
    browser: Browser, product: Product, people: dict[str, dict[str, Any]], signed_in: dict[str, Any]
) -> Iterator[Enter]:
    """`enter("ana")` is Ana at a fresh browser, signed in; `enter(None)` is nobody yet."""
    visits: list[Visit] = []

    def open_browser(who: str | None, **options: Any) -> Visit:
        if who is not None and who not in signed_in:
            visit = Visit(browser, product.url)
            sign_in(visit.page, people[who])
            signed_in[who] = visit.context.storage_state()
            visit.context.close()
        visits.append(Visit(browser, product.url, signed_in[who] if who else None, **options))
        return visits[-1]

    yield open_browser
    faults = [fault for visit in visits for fault in visit.faults]
    for visit in visits:
        visit.context.close()
    assert faults == []


def sign_in(page: Page, person: dict[str, Any]) -> None:
    """Both factors, by mouse and keyboard, up to the first page."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    code_field = page.get_by_label("Code", exact=True)
    expect(code_field).to_be_focused()
    code_field.fill(fresh_code(page, person))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).not_to_have_url("/sign-in")


def fresh_code(page: Page, person: dict[str, Any]) -> str:
    """A code of the authenticator that will still be right when it arrives."""
    if seconds_left() < 3:
        page.wait_for_function("() => (Date.now() / 1000) % 30 < 25")
    return code_of(person)
