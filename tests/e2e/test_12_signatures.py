"""A document is sent for signature: the client signs by the link in a mail, Ana where she is signed in."""

import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from mentalspace.storage.tests.files import pdf
from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.routes import an_adult
from tests.e2e.test_02_every_page import OVERFLOW
from tests.e2e.test_10_authority import flaws
from tests.e2e.visit import PATIENCE, Visit


def sent(visit: Visit, title: str) -> dict[str, Any]:
    """A document of a client's, sent to the client and then to Ana. Returns the client."""
    visit.go("/")
    client = an_adult(visit)
    page = visit.page
    visit.go(f"/clients/{client['id']}?tab=documents")
    file: Any = {"name": f"{title}.pdf", "mimeType": "application/octet-stream", "buffer": pdf(title)}
    page.get_by_test_id("files").set_input_files([file])
    page.get_by_role("button", name=f"More about {title}").click()
    page.get_by_role("menuitem", name="Send for signature").click()
    dialog = page.get_by_role("dialog", name=f"Send {title} for signature")
    expect(dialog.get_by_role("listitem", name="Signer 1")).to_contain_text(client["last_name"])
    dialog.get_by_role("button", name="Add a signer").click()
    dialog.get_by_role("listitem", name="Signer 2").get_by_role("button").first.click()
    page.get_by_role("option", name="Ana").first.click()
    dialog.get_by_label("Message").fill("As we agreed.")
    assert flaws(page) == []
    dialog.get_by_role("button", name="Send for signature").click()
    expect(page.get_by_role("row").filter(has_text=title)).to_contain_text("Out for signature")
    return client


def known(page: Page, path: str, born: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("A document to sign")
    assert flaws(page) == []
    page.get_by_label("Date of birth").fill("1901-01-01")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("not the date of birth")
    page.get_by_label("Date of birth").fill(born)
    page.get_by_role("button", name="Go on").click()


def draw(page: Page) -> None:
    paper = page.get_by_role("img", name="Drawn signature")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 40 + (step % 3) * 15)
    page.mouse.up()


def test_signed_by_the_client_on_a_phone_and_by_ana(enter: Enter, product: Product, people: dict[str, Any]) -> None:
    ana = enter("ana")
    client = sent(ana, "Agreement to sign")
    phone = enter(None, width=390, height=844)
    page = phone.page
    path = product.mailed(client["email"], "s", "A document to sign")
    known(page, path, client["date_of_birth"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Agreement to sign")
    expect(page.get_by_role("link", name="Open the document")).to_be_visible()
    assert page.evaluate(OVERFLOW) == 0
    page.get_by_label("I agree to read and sign").check()
    page.get_by_label("I have read this document").check()
    page.get_by_label("Your name").fill("Somebody Else")
    page.get_by_role("button", name="Sign the document").click()
    expect(page.get_by_text("Type your name as it stands here")).to_be_visible()
    page.get_by_label("Your name").fill(page.locator("#name-hint").inner_text().partition(": ")[2])
    draw(page)
    assert flaws(page) == []
    page.get_by_role("button", name="Sign the document").click()
    expect(page.get_by_text("You signed this document")).to_be_visible()
    assert flaws(page) == []
    sign_as_ana(ana, people["ana"]["password"])
    wait_until_signed(ana, client["id"], "Agreement to sign")
    page.reload()
    expect(page.get_by_role("link", name="Download the signed copy")).to_be_visible()
    ana.go(f"/clients/{client['id']}?tab=documents")
    row = ana.page.get_by_role("row").filter(has_text="Agreement to sign")
    expect(row).to_contain_text("Signed by everybody")
    row.get_by_role("button", name="More about").click()
    ana.page.get_by_role("menuitem", name="Rename, file, versions").click()
    panel = ana.page.get_by_role("dialog", name="Document")
    expect(panel.get_by_role("region", name="Signatures")).to_contain_text("drawn")
    assert flaws(ana.page) == []


def sign_as_ana(ana: Visit, password: str) -> None:
    """Once the client has signed she is asked: under Today."""
    page = ana.page
    asked = page.get_by_role("button", name="Read and sign Agreement to sign")
    wait_until_asked(ana, asked)
    asked.click()
    dialog = page.get_by_role("dialog", name="Agreement to sign")
    expect(dialog.locator("iframe")).to_be_visible()
    dialog.get_by_text("I agree to read and sign").click()
    dialog.get_by_text("I have read this document").click()
    dialog.get_by_label("Your name").fill(page_hint(dialog))
    draw(page)
    dialog.get_by_label("Your password").fill("not her password")
    dialog.get_by_role("button", name="Sign document").click()
    expect(dialog.get_by_text("That is not your password.")).to_be_visible()
    assert flaws(page) == []
    dialog.get_by_label("Your password").fill(password)
    dialog.get_by_role("button", name="Sign document").click()
    expect(dialog).to_have_count(0)


def wait_until_asked(ana: Visit, asked: Locator) -> None:
    """Today, looked at again until the job has asked her."""
    until = time.monotonic() + 4 * PATIENCE / 1000
    while not asked.count():
        assert time.monotonic() < until, "Ana was not asked"
        ana.go("/")
        ana.page.wait_for_load_state("networkidle")


def wait_until_signed(ana: Visit, client: str, title: str) -> None:
    """Until the job has put all signatures into the document."""
    until = time.monotonic() + 4 * PATIENCE / 1000
    while not any(
        one["title"] == title and one["signed_at"] for one in ana.read(f"/clients/{client}/documents")["items"]
    ):
        assert time.monotonic() < until, "no signed copy was made"


def page_hint(dialog: Locator) -> str:
    return str(dialog.get_by_text("As it stands here: ").inner_text().partition(": ")[2])


def test_withdrawn_and_the_link_is_over(enter: Enter, product: Product) -> None:
    ana = enter("ana", width=390, height=844)
    client = sent(ana, "Sent by mistake")
    path = product.mailed(client["email"], "s", "A document to sign")
    page = ana.page
    page.get_by_role("button", name="More about Sent by mistake").click()
    page.get_by_role("menuitem", name="Rename, file, versions").click()
    region = page.get_by_role("dialog", name="Document").get_by_role("region", name="Signatures")
    assert flaws(page) == []
    region.get_by_role("button", name="Withdraw").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Withdraw request").click()
    expect(region).to_contain_text("Withdrawn")
    assert page.evaluate(OVERFLOW) == 0
    somebody = enter(None)
    somebody.page.goto(path)
    expect(somebody.page.get_by_role("heading", level=1)).to_have_text("This link is over")
    assert flaws(somebody.page) == []
