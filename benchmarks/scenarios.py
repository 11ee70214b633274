"""What is measured: each scenario makes one request after another, as a signed-in person of the practice."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from benchmarks import data

FREE_FROM, FREE_SLOTS = 200, 10
"""Days after the first, and hours a day, that the loaded calendar leaves free."""


@dataclass
class Request:
    """One HTTP request; `then` makes the next from its answer, for scenarios of two steps."""

    method: str
    path: str
    body: Any = None
    then: Callable[[dict[str, Any]], "Request | None"] | None = None
    expect: tuple[int, ...] = (200, 201)

    def payload(self) -> bytes:
        return b"" if self.body is None else json.dumps(self.body, default=str).encode()


@dataclass
class Person:
    """Somebody the load acts as: which clients and notes are theirs, and what they have booked so far."""

    number: int
    scale: data.Scale
    chance: random.Random = field(default_factory=lambda: random.Random(data.SEED))
    booked: int = 0
    signed: int = 0

    @property
    def email(self) -> str:
        return f"staff{self.number}@bench.example"

    def any_client(self) -> Any:
        return data.client_id(self.chance.choice(data.clients_of(self.number, self.scale)))

    def any_draft(self) -> Any:
        """One of the first half of their drafts; the others are for signing."""
        return self._draft(self.chance.randrange(self._drafts() // 2))

    def next_to_sign(self) -> Any:
        """A draft that was not signed yet: each can be signed once."""
        self.signed += 1
        return self._draft(self._drafts() // 2 + self.signed % (self._drafts() // 2))

    def _drafts(self) -> int:
        return self.scale.sessions_each // data.DRAFT_EVERY

    def _draft(self, number: int) -> Any:
        return data.note_id(self.number * self.scale.sessions_each + data.DRAFT_EVERY * number)

    def free_slot(self) -> datetime:
        """Beyond the loaded calendar, each time once."""
        self.booked += 1
        day, slot = divmod(self.booked, FREE_SLOTS)
        return data.FIRST_DAY.replace(hour=0) + timedelta(days=FREE_FROM + day, hours=slot)


Scenario = Callable[[Person], Request]


def open_chart(person: Person) -> Request:
    return Request("GET", f"/api/clients/{person.any_client()}")


def timeline(person: Person) -> Request:
    return Request("GET", f"/api/clients/{person.any_client()}/timeline")


def search(person: Person) -> Request:
    name = person.chance.choice(data.LAST_NAMES)[:5].lower()
    return Request("GET", f"/api/clients/search?q={name}{person.chance.randrange(997)}")


def week(person: Person) -> Request:
    start = data.FIRST_DAY.replace(hour=0) + timedelta(weeks=person.chance.randrange(20))
    end = start + timedelta(days=7)
    span = f"start={start:%Y-%m-%dT%H:%M:%SZ}&end={end:%Y-%m-%dT%H:%M:%SZ}"
    return Request("GET", f"/api/appointments?{span}&clinician_id={data.staff_id(person.number)}")


def book(person: Person) -> Request:
    start = person.free_slot()
    return Request(
        "POST",
        "/api/appointments",
        {"client_id": str(person.any_client()), "starts_at": start, "ends_at": start + timedelta(minutes=50)},
    )


def _text(person: Person) -> dict[str, str]:
    words = " ".join(person.chance.choices(data.WORDS, k=60))
    return {"subjective": words, "objective": words, "assessment": words, "plan": words}


def save_draft(person: Person) -> Request:
    """Open a draft and save it, as the editor does: two requests."""
    note = person.any_draft()

    def save(opened: dict[str, Any]) -> Request:
        kept = {name: opened[name] for name in ("version", "note_format", "diagnoses", "service_date")}
        return Request("PUT", f"/api/notes/{note}/draft", {**kept, "sections": _text(person)})

    return Request("GET", f"/api/notes/{note}", then=save)


def sign(person: Person) -> Request:
    """Prove who one is again, open, and sign: three requests."""
    note = person.next_to_sign()

    def put(opened: dict[str, Any]) -> Request:
        return Request("POST", f"/api/notes/{note}/signature", {"version": opened["version"]})

    def get(_: dict[str, Any]) -> Request:
        return Request("GET", f"/api/notes/{note}", then=put)

    again = "/_allauth/browser/v1/auth/reauthenticate"
    return Request("POST", again, {"password": PASSWORD}, then=get)


def sign_in(person: Person) -> Request:
    """The password step: what hashes. The second factor is then asked for (401)."""
    body = {"email": person.email, "password": PASSWORD}
    return Request("POST", "/_allauth/browser/v1/auth/login", body, expect=(200, 401, 409))


PASSWORD = "a-bench-password-of-length"

SCENARIOS: dict[str, Scenario] = {
    "open chart": open_chart,
    "timeline": timeline,
    "client search": search,
    "clinician's week": week,
    "book": book,
    "save draft (2 requests)": save_draft,
    "sign (3 requests)": sign,
    "sign in (password)": sign_in,
}
