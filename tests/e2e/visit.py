"""A person at a browser: one fresh profile, its pages, and everything that went wrong in it."""

import json
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

PATIENCE = 15_000
"""Milliseconds for something to appear. Long, for machines that do other things too; nothing waits it out."""

ECHOES = ("Failed to load resource", "ApiError: ", "React Router caught the following error during render ApiError: ")
"""How the console repeats a refused request and the page that says so; requests are judged by themselves."""

REPORT_CSP = """addEventListener('securitypolicyviolation', (event) =>
  console.error(`CSP ${event.violatedDirective}: ${event.blockedURI}`))"""

FETCH = """async ([method, path, body]) => {
  const csrf = /csrftoken=([^;]+)/.exec(document.cookie)
  const answer = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json', ...(csrf && { 'X-CSRFToken': csrf[1] }) },
    body: body === null ? undefined : JSON.stringify(body),
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return { status: answer.status, type: answer.headers.get('content-type') ?? '',
           text: Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') }
}"""


SEND_FILE = """async ([path, name, content]) => {
  const csrf = /csrftoken=([^;]+)/.exec(document.cookie)
  const form = new FormData()
  form.append('file', new File([content], name))
  const answer = await fetch(path, { method: 'POST', headers: { 'X-CSRFToken': csrf[1] }, body: form })
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}"""


class Answer:
    """What the API said to the page's own `fetch`."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.status: int = raw["status"]
        self.type: str = raw["type"]
        self.bytes: bytes = raw["text"].encode("latin-1", "replace")

    def json(self) -> Any:
        return json.loads(self.bytes)


class Visit:
    """One browser profile and who uses it. `faults` must be empty at the end of every test."""

    def __init__(
        self, browser: Browser, url: str, state: Any = None, *, width: int = 1440, height: int = 900, **options: Any
    ) -> None:
        self.url = url
        self.faults: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            storage_state=state,
            viewport={"width": width, "height": height},
            locale="en-US",
            timezone_id="America/New_York",
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(REPORT_CSP)
        self.context.on("page", self._watch)
        self.page = self.context.new_page()

    def go(self, path: str, page: Page | None = None) -> None:
        """Open an address of the product and wait until its page stands."""
        page = page or self.page
        page.goto(path)
        expect(page.get_by_role("heading", level=1).first).to_be_attached()

    def api(self, method: str, path: str, body: Any = None) -> Answer:
        """Ask the API from within the page, with its cookies."""
        return Answer(self.page.evaluate(FETCH, [method, path, body]))

    def send_file(self, path: str, name: str, content: str) -> Answer:
        """Send a text file to the API as a form does."""
        return Answer(self.page.evaluate(SEND_FILE, [path, name, content]))

    def read(self, path: str) -> Any:
        """The JSON at an API path; it must be there."""
        answer = self.api("GET", f"/api{path}")
        assert answer.status == 200, answer.bytes
        return answer.json()

    def _watch(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"An exception on {page.url}: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(ECHOES):
            self.faults.append(f"The console said: {message.text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and f"{address.scheme}://{address.netloc}" != self.url:
            self.faults.append(f"Another origin was asked: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.request.method} {response.url} failed: {response.status}")


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, target: Locator, key: str = "Tab", most: int = 80) -> None:
    """Reach something with the Tab key alone. Raises AssertionError when it is not among the next `most` stops."""
    expect(target).to_be_visible()
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement || element.contains(document.activeElement)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}.")


def find(page: Page, words: str) -> None:
    """Ctrl-K, and type once it listens."""
    page.keyboard.press("Control+k")
    expect(page.get_by_role("textbox", name="Find a client or a command")).to_be_focused()
    page.keyboard.type(words)
