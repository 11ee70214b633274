"""A document is shared with a client, who reads it on a phone; then it is taken back."""

from typing import Any

from playwright.sync_api import expect

from mentalspace.storage.tests.files import pdf
from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.routes import an_adult
from tests.e2e.test_02_every_page import OVERFLOW
from tests.e2e.test_10_authority import flaws


def test_shared_read_on_a_phone_and_taken_back(enter: Enter, product: Product) -> None:
    ana = enter("ana")
    ana.go("/")
    client = an_adult(ana)
    page = ana.page
    ana.go(f"/clients/{client['id']}?tab=documents")
    file: Any = {"name": "To read.pdf", "mimeType": "application/octet-stream", "buffer": pdf("To read")}
    page.get_by_test_id("files").set_input_files([file])
    page.get_by_role("button", name="More about To read").click()
    page.get_by_role("menuitem", name="Share with the client").click()
    dialog = page.get_by_role("dialog", name="Share To read")
    dialog.get_by_role("textbox", name="Message").fill("Please tell me what you think.")
    assert flaws(page) == []
    dialog.get_by_role("button", name="Share document").click()
    expect(page.get_by_role("row").filter(has_text="To read")).to_contain_text("Shared by a link")

    phone = enter(None, width=390, height=844)
    phone.page.goto(product.mailed(client["email"], "d"))
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("A document for you")
    assert flaws(phone.page) == []
    phone.page.get_by_label("Date of birth").fill("1901-01-01")
    phone.page.get_by_role("button", name="Go on").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("not the date of birth")
    phone.page.get_by_label("Date of birth").fill(client["date_of_birth"])
    phone.page.get_by_role("button", name="Go on").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("To read")
    expect(phone.page.get_by_text("Please tell me what you think.")).to_be_visible()
    assert phone.page.evaluate(OVERFLOW) == 0
    assert flaws(phone.page) == []
    with phone.page.expect_download() as kept:
        phone.page.get_by_role("link", name="Download it").click()
    assert kept.value.suggested_filename == "To read.pdf"

    page.get_by_role("button", name="More about To read").click()
    page.get_by_role("menuitem", name="Rename, file, versions").click()
    region = page.get_by_role("dialog", name="Document").get_by_role("region", name="Shared with")
    expect(region).to_contain_text("opened")
    assert flaws(page) == []
    region.get_by_role("button", name="Take back").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Take back").click()
    expect(region).to_contain_text("Taken back")
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("This link is over")
    assert flaws(phone.page) == []
