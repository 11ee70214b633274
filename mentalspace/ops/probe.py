"""The product, asked where its users ask it how it is."""

import json
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings

PATIENCE = 5.0
"""Seconds for an answer."""


def parts() -> dict[str, str] | None:
    """What the health check says of each part; None when there is no answer that says so."""
    try:
        with urlopen(f"{settings.PUBLIC_URL}/functions/v1/health-check", timeout=PATIENCE) as answer:  # noqa: S310 (ours)
            return _said(answer.read())
    except HTTPError as error:  # 503 says as much as 200
        return _said(error.read())
    except (URLError, OSError):
        return None


def _said(body: bytes) -> dict[str, str] | None:
    try:
        found: dict[str, str] = json.loads(body)["checks"]
    except (ValueError, KeyError, TypeError):
        return None
    return found


def is_up(said: dict[str, str] | None) -> bool:
    """Every part works, if not all as they should."""
    return said is not None and "unhealthy" not in said.values()
