"""Ctrl-K: a client is found and the chart opened without a mouse, and the look at it is on record."""

from playwright.sync_api import expect

from tests.e2e.conftest import Enter
from tests.e2e.facts import clients_of
from tests.e2e.product import Product
from tests.e2e.visit import find, press


def test_the_keyboard_alone_opens_a_chart_and_it_is_recorded(enter: Enter, product: Product) -> None:
    visit = enter("ana")
    page = visit.page
    visit.go("/")
    client, me = clients_of(visit)[0], visit.read("/me")["id"]
    find(page, client["name"][:6].lower())
    expect(page.get_by_role("menuitem", name=client["name"]).first).to_be_visible()
    page.keyboard.type(client["name"][6:])
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1, name=client["name"])).to_be_visible()
    expect(page).to_have_url(f"{visit.url}/clients/{client['id']}")
    expect(page).not_to_have_title(client["name"])
    rows = product.ask(
        "SELECT DISTINCT event, action_description FROM audit_logs WHERE action_type = 'PHI_ACCESS'"
        f" AND '{client['id']}' = ANY (client_ids) AND user_id = '{me}'"
    )
    assert ["client_chart.read", "Ana Alvarez opened a chart"] in rows
    assert ["client_list.read", "Ana Alvarez searched for a client"] in rows


def test_escape_closes_it_and_the_page_has_the_focus_again(enter: Enter) -> None:
    visit = enter("ana")
    page = visit.page
    visit.go("/calendar")
    press(page, "Control+k")
    expect(page.get_by_role("dialog", name="Find")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Find")).to_have_count(0)
    press(page, "g", "t")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


def test_nothing_found_says_what_to_try(enter: Enter) -> None:
    visit = enter("ana")
    visit.go("/")
    find(visit.page, "Zzyzx Quux")
    expect(visit.page.get_by_text("No client or command matches “Zzyzx Quux”.")).to_be_visible()
