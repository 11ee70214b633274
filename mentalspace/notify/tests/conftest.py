"""Two kinds of message of the tests' own."""

import pytest

from mentalspace.notify import messages
from mentalspace.notify.messages import message


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """`tests.plain` says something; `tests.linked` has a link, made by what `kinds["maker"]` is."""
    made = {"maker": lambda row: f"https://example.org/{row.metadata['key']}"}
    monkeypatch.setattr(messages, "KINDS", messages.KINDS.copy())
    for module in ("outbox", "delivery"):
        monkeypatch.setattr(f"mentalspace.notify.{module}.KINDS", messages.KINDS)
    message("tests.plain", subject="Something happened", body="Hello {name} of {practice}.\n")
    message("tests.linked", subject="A link", body="Go to {link}\n", link=lambda row: made["maker"](row))
    return made
