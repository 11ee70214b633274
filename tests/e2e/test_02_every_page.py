"""Every page, in light and dark, wide and narrow: axe finds nothing, and nothing has to be scrolled sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mentalspace.env import ROOT
from tests.e2e.conftest import Enter
from tests.e2e.routes import ADDRESSES, OF_ADMINISTRATORS, OPEN, a_client, a_note, declared
from tests.e2e.visit import Visit

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

VIEWS = {
    "/calendar?view=day": "day",
    "/calendar?view=month": "month",
    "/clients?new=1": "new client",
    "/clients/:clientId?tab=details": "details",
    "/clients/:clientId?tab=notes": "notes",
    "/clients/:clientId?tab=documents": "documents",
    "/notes/:noteId signed": "signed",
}
"""Other faces of a page that have their own address."""


def test_every_route_has_an_address_here() -> None:
    assert declared() == set(ADDRESSES)


ROUTES = pytest.mark.parametrize("route", [*ADDRESSES, *VIEWS])


@pytest.fixture(scope="module")
def addresses() -> dict[str, str]:
    """Where each route was found, so that it is looked for once."""
    return {}


@pytest.fixture
def open_route(enter: Enter, addresses: dict[str, str]) -> Callable[..., Page]:
    """Open a route as somebody who may, in a window of this width."""

    def open_it(route: str, width: int) -> Page:
        who = "ada" if route in OF_ADMINISTRATORS else "ana"
        visit = enter(None if route in OPEN else who, width=width, height=900)
        if route not in addresses:
            if route not in OPEN:
                visit.go("/")
            addresses[route] = _address(visit, route)
        visit.page.goto(addresses[route])
        _stands(visit.page)
        return visit.page

    return open_it


@ROUTES
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_route: Callable[..., Page], route: str, width: int) -> None:
    page = open_route(route, width)
    found: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(PAINTED)
        found += [f"{scheme}: {each}" for each in violations(page)]
    assert found == []


@ROUTES
def test_nothing_is_scrolled_sideways_on_a_phone(open_route: Callable[..., Page], route: str) -> None:
    page = open_route(route, 390)
    wider = {390: page.evaluate(OVERFLOW)}
    page.set_viewport_size({"width": 320, "height": 844})
    page.evaluate(PAINTED)
    wider[320] = page.evaluate(OVERFLOW)
    assert wider == {390: 0, 320: 0}


def violations(page: Page) -> list[str]:
    """What axe-core objects to on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found


def _address(visit: Visit, route: str) -> str:
    if route == "/notes/:noteId signed":
        return f"/notes/{a_note(visit, 'signed')['id']}"
    if route.startswith("/clients/:clientId?"):
        return f"/clients/{a_client(visit)['id']}?{route.partition('?')[2]}"
    return ADDRESSES[route](visit) if route in ADDRESSES else route


def _stands(page: Page) -> None:
    """The page's own heading is there and nothing of it is still on its way."""
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")
