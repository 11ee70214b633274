"""A person's browser in tests: JSON in, JSON out, and what a refusal must look like."""

import json
from typing import Any

from django.test import Client


class Http(Client):
    """Django's test client, speaking JSON to `/api`."""

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Send `body` as JSON to an API path such as `/clients`."""
        extra = {} if body is None else {"data": json.dumps(body, default=str), "content_type": "application/json"}
        return getattr(self, method)(f"/api{path}", **extra)

    def read(self, path: str) -> Any:
        """The JSON behind an API path; the answer must be 200."""
        answer = self.call("get", path)
        assert answer.status_code == 200, answer.content
        return answer.json()


def refused(answer: Any, status: int, code: str | None = None) -> bool:
    """The answer is a problem of this status (and code), in the one shape."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    body = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "code", "detail", "fields", "data"}
    assert code is None or body["code"] == code, body
    return True
