"""People who work without a browser: signed in over HTTP, reading and writing, and counting what failed."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.e2e.product import Product, code_of, seconds_left

PATIENCE = 60.0
"""Seconds for an answer: a request that waits is not one that failed."""


class Desk:
    """Somebody signed in at a running product. Each request is on a connection of its own."""

    def __init__(self, product: Product, person: dict[str, Any]) -> None:
        self.client = httpx.Client(base_url=product.url, timeout=PATIENCE, headers={"Origin": product.url})
        self._sign_in(person)

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """What the product answers. Raises httpx.HTTPError when it does not."""
        return self.client.request(method, path, json=body, headers=self._headers())

    def upload(self, path: str, name: str, content: bytes) -> httpx.Response:
        """What the product answers to a file."""
        return self.client.post(path, files={"file": (name, content, "text/plain")}, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"X-CSRFToken": self.client.cookies.get("csrftoken") or "", "Connection": "close"}

    def read(self, path: str) -> Any:
        """The JSON at an API path; it must be there."""
        answer = self.send("GET", f"/api{path}")
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
        return answer.json()

    def _sign_in(self, person: dict[str, Any]) -> None:
        self.send("GET", "/_allauth/browser/v1/auth/session")
        given = {"email": person["email"], "password": person["password"]}
        self.send("POST", "/_allauth/browser/v1/auth/login", given)
        while seconds_left() < 3:
            time.sleep(0.5)
        done = self.send("POST", "/_allauth/browser/v1/auth/2fa/authenticate", {"code": code_of(person)})
        assert done.status_code == 200, done.text


@dataclass
class Work:
    """A light load: requests one after the other, until it is ended."""

    desk: Desk
    requests: list[Callable[[Desk], httpx.Response]]
    answered: int = 0
    longest: float = 0.0
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def begin(self) -> "Work":
        self._thread.start()
        return self

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._over.is_set():
            for request in self.requests:
                self._one(request)

    def _one(self, request: Callable[[Desk], httpx.Response]) -> None:
        began = time.monotonic()
        try:
            answer = request(self.desk)
        except httpx.HTTPError as fault:
            self.failed.append(repr(fault))
            return
        self.longest = max(self.longest, time.monotonic() - began)
        if answer.status_code < 400:
            self.answered += 1
        else:
            self.failed.append(f"{answer.request.method} {answer.url.path}: {answer.status_code} {answer.text[:200]}")


def ordinary(desk: Desk, which: int = 0) -> list[Callable[[Desk], httpx.Response]]:
    """What a clinician's page asks for all day, and two writes, about one of their clients."""
    client = desk.read("/clients")["items"][which]["id"]
    return [
        lambda at: at.send("GET", "/api/me"),
        lambda at: at.send("GET", f"/api/clients/{client}"),
        lambda at: at.send("PUT", f"/api/clients/{client}/favorite"),
        lambda at: at.send("DELETE", f"/api/clients/{client}/favorite"),
    ]
