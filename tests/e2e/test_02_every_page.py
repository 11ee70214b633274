"""Every page, in light and dark, wide and narrow: axe finds nothing, and nothing has to be scrolled sideways."""

import pytest
from playwright.sync_api import Page, expect

from mentalspace.env import ROOT
from tests.e2e.conftest import Enter
from tests.e2e.routes import ADDRESSES, OPEN, a_client, a_note, declared

AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
  .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`))"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

VIEWS = {
    "/calendar?view=day": "day",
    "/calendar?view=month": "month",
    "/clients?new=1": "new client",
    "/clients/:clientId?tab=details": "details",
    "/clients/:clientId?tab=notes": "notes",
    "/notes/:noteId signed": "signed",
}
"""Other faces of a page that have their own address."""


def test_every_route_has_an_address_here() -> None:
    assert declared() == set(ADDRESSES)


@pytest.mark.parametrize("route", [*ADDRESSES, *VIEWS])
def test_axe_finds_nothing(enter: Enter, route: str) -> None:
    visit = enter(None if route in OPEN else "ana")
    page = visit.page
    if route not in OPEN:
        visit.go("/")
    page.goto(_address(visit, route))
    _stands(page)
    found: list[str] = []
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{scheme} at {width} px: {each}" for each in violations(page)]
    assert found == []


@pytest.mark.parametrize("route", [*ADDRESSES, *VIEWS])
def test_nothing_is_scrolled_sideways_on_a_phone(enter: Enter, route: str) -> None:
    visit = enter(None if route in OPEN else "ana", width=390, height=844)
    page = visit.page
    if route not in OPEN:
        visit.go("/")
    page.goto(_address(visit, route))
    _stands(page)
    wider = {}
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        wider[width] = page.evaluate(OVERFLOW)
    assert wider == {390: 0, 320: 0}


def violations(page: Page) -> list[str]:
    """What axe-core objects to on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN)
    return found


def _address(visit, route: str) -> str:
    if route == "/notes/:noteId signed":
        return f"/notes/{a_note(visit, 'signed')['id']}"
    if route.startswith("/clients/:clientId?"):
        return f"/clients/{a_client(visit)['id']}?{route.partition('?')[2]}"
    return ADDRESSES[route](visit) if route in ADDRESSES else route


def _stands(page: Page) -> None:
    """The page's own heading is there and nothing of it is still on its way."""
    expect(page.get_by_role("heading", level=1).first).to_be_attached()
    page.wait_for_load_state("networkidle")
