"""A chart's documents in the browser: added by button and by drop, refused in words, looked at, renamed, archived."""

from playwright.sync_api import Page, expect

from mentalspace.storage.tests.files import pdf, picture
from tests.e2e.conftest import Enter
from tests.e2e.routes import a_client
from tests.e2e.test_02_every_page import OVERFLOW, violations
from tests.e2e.visit import Visit, press, tab_to

DROP = """([name, text]) => {
  const files = new DataTransfer()
  files.items.add(new File([text], name, { type: 'text/plain' }))
  const zone = document.querySelector('[aria-label="Add documents"]')
  for (const type of ['dragover', 'drop']) {
    zone.dispatchEvent(new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }))
  }
}"""


READ = """async (client) => {
  const answer = await fetch(`/api/clients/${client}/documents?q=Lessons`)
  return (await answer.json()).items[0].words === 'found'
}"""
"""A job has read the words of a document."""


def opened(visit: Visit) -> Page:
    """The documents of one of Ana's clients."""
    visit.go("/")
    visit.go(f"/clients/{a_client(visit)['id']}?tab=documents")
    expect(visit.page.get_by_role("group", name="Add documents")).to_be_visible()
    return visit.page


def file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_several_at_once_and_one_that_is_refused(enter: Enter) -> None:
    page = opened(enter("ana"))
    several = [file("Letter one.pdf", pdf("1")), file("Scan two.png", picture()), file("Fake.pdf", b"MZ not a PDF")]
    page.get_by_test_id("files").set_input_files(several)  # type: ignore[arg-type]
    for title in ("Letter one", "Scan two"):
        expect(page.get_by_role("button", name=f"Open {title}").first).to_be_visible()
    refused = page.get_by_role("list", name="Files on their way").get_by_role("alert")
    expect(refused).to_contain_text("its content is not a PDF")
    assert violations(page) == []
    page.get_by_role("button", name="Dismiss Fake.pdf").click()
    expect(refused).to_have_count(0)


def test_a_dropped_text_is_read_in_the_page_and_a_pdf_shown(enter: Enter) -> None:
    page = opened(enter("ana"))
    page.evaluate(DROP, ["Dropped.txt", "Said on the phone: <b>mornings</b>"])
    page.get_by_role("button", name="Open Dropped").first.click()
    dialog = page.get_by_role("dialog", name="Dropped")
    expect(dialog.get_by_text("Said on the phone: <b>mornings</b>")).to_be_visible()
    assert violations(page) == []
    press(page, "Escape")
    expect(dialog).to_have_count(0)
    page.get_by_test_id("files").set_input_files([file("Shown.pdf", pdf())])  # type: ignore[list-item]
    with page.expect_response(lambda answer: "/content?" in answer.url) as answered:
        page.get_by_role("button", name="Open Shown").first.click()
    assert (answered.value.status, answered.value.headers["content-type"]) == (200, "application/pdf")
    expect(page.get_by_role("dialog", name="Shown").locator("iframe")).to_be_visible()


def test_renamed_found_archived_and_restored_by_keyboard(enter: Enter) -> None:
    page = opened(enter("ana"))
    page.get_by_test_id("files").set_input_files([file("Form.pdf", pdf("form"))])  # type: ignore[list-item]
    tab_to(page, page.get_by_role("button", name="More about Form").first)
    press(page, "Enter", "ArrowDown", "Enter")
    panel = page.get_by_role("dialog", name="Document")
    expect(panel.get_by_role("region", name="Versions").get_by_text("Version 1")).to_be_visible()
    panel.get_by_label("Name").fill("Signed form of spring")
    panel.get_by_label("Tags").fill("paper, signed")
    assert violations(page) == []
    press(page, "Enter")
    expect(panel).to_have_count(0)
    page.get_by_role("searchbox", name="Search names and words").fill("form of spring")
    expect(page.get_by_role("table", name="Documents").get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="More about Signed form of spring").click()
    page.get_by_role("menuitem", name="Archive").click()
    expect(page.get_by_text("No document is called")).to_be_visible()
    page.get_by_role("button", name="Archived").click()
    page.get_by_role("button", name="More about Signed form of spring").click()
    page.get_by_role("menuitem", name="Restore", exact=True).click()
    expect(page.get_by_text("No archived document is called")).to_be_visible()


def test_a_cut_connection_is_waited_out(enter: Enter) -> None:
    visit = enter("ana")
    page = opened(visit)
    page.route("**/api/uploads/*", lambda route: route.abort("internetdisconnected"))
    page.get_by_test_id("files").set_input_files([file("Cut off.txt", b"Slept well. " * 100_000)])  # type: ignore[list-item]
    expect(page.get_by_text("Cut off.txt: no connection")).to_be_attached()
    assert violations(page) == []
    page.unroute("**/api/uploads/*")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Cut off.txt added")).to_be_visible()
    expect(page.get_by_role("button", name="Open Cut off")).to_be_visible()
    visit.faults.clear()  # the requests that were cut


def test_found_by_what_it_says(enter: Enter) -> None:
    page = opened(enter("ana"))
    said = b"The clarinet lessons begin again in spring."
    page.get_by_test_id("files").set_input_files([file("Lessons.txt", said)])  # type: ignore[list-item]
    expect(page.get_by_role("button", name="Open Lessons")).to_be_visible()
    page.wait_for_function(READ, arg=page.url.split("/clients/")[1].split("?")[0])
    page.get_by_role("searchbox", name="Search names and words").fill("clarinets")
    expect(page.locator("mark")).to_have_text("clarinet")
    assert violations(page) == []


def test_on_a_phone_nothing_is_scrolled_sideways(enter: Enter) -> None:
    page = opened(enter("ana", width=390, height=844))
    page.get_by_test_id("files").set_input_files([file("A long name " * 8 + ".txt", b"x")])  # type: ignore[list-item]
    expect(page.get_by_role("button", name="Open A long name").first).to_be_visible()
    assert page.evaluate(OVERFLOW) == 0
    assert violations(page) == []


def test_a_download_is_a_file_with_its_name(enter: Enter) -> None:
    page = opened(enter("ana"))
    page.get_by_test_id("files").set_input_files([file("To save.pdf", pdf("save"))])  # type: ignore[list-item]
    page.get_by_role("button", name="More about To save").first.click()
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name="Download").click()
    assert saved.value.suggested_filename == "To save.pdf"


def test_made_from_a_template_that_an_administrator_wrote(enter: Enter) -> None:
    """Written beside its preview by Ada; chosen, answered, looked at and kept by Ana, and opened as a PDF."""
    ada = enter("ada")
    ada.go("/library/templates/new")
    ada.page.get_by_label("Name").fill("Agreement on hours")
    ada.page.get_by_role("textbox", name="Text").fill("# Hours\n\n{client_name} comes at {field:Time of day}.")
    expect(ada.page.get_by_role("region", name="Preview").get_by_text("Jordan Example")).to_be_visible()
    assert violations(ada.page) == []
    ada.page.get_by_role("button", name="Save template").click()
    expect(ada.page.get_by_role("link", name="Agreement on hours")).to_be_visible()
    page = opened(enter("ana"))
    page.get_by_role("button", name="From a template").click()
    page.get_by_role("button", name="Agreement on hours").click()
    dialog = page.get_by_role("dialog", name="Agreement on hours")
    dialog.get_by_role("textbox", name="Time of day").fill("nine")
    expect(dialog.get_by_role("region", name="As it will be printed")).to_contain_text("comes at nine.")
    assert violations(page) == []
    dialog.get_by_role("button", name="Add to chart").click()
    expect(dialog).to_have_count(0)
    with page.expect_response(lambda answer: "/content?" in answer.url) as answered:
        page.get_by_role("button", name="Open Agreement on hours").first.click()
    assert (answered.value.status, answered.value.headers["content-type"]) == (200, "application/pdf")
