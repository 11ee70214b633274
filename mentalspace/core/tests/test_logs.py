"""A line of the log names no link by which somebody acts."""

import logging
from typing import Any

import pytest
from django.conf import settings

from mentalspace.core.logs import HideLinks

TOKEN = "qi2R_o9cX7OLsl7W2o9B3lWjqf_fm0Rony_OeLuzWesn6W-GRaM-y7CA5uzBu4Cx"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/s/{TOKEN}", "/s/…"),
        (f"/s/{TOKEN}/document", "/s/…/document"),
        (f"/r/{TOKEN[:24]}", "/r/…"),
        (f"/d/{TOKEN}/document", "/d/…/document"),
        ("/s/pen.js", "/s/pen.js"),
        ("/api/documents/1", "/api/documents/1"),
    ],
)
def test_the_token_is_taken_out_and_the_line_stays(path, shown):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)
    assert HideLinks().filter(record)
    assert record.getMessage() == f"Not Found: {shown}"


def test_every_handler_has_it():
    handlers: dict[str, Any] = settings.LOGGING["handlers"]  # type: ignore[assignment]
    assert all("hide_links" in handler["filters"] for handler in handlers.values())
