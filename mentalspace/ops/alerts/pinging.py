"""A sign of life for a service outside (`MENTALSPACE_ALERTS_PING_URL`): when it stops, all of it may be dead."""

import logging

import urllib3
from urllib3.exceptions import HTTPError

from mentalspace.env import environment

PATIENCE = 5.0
"""Seconds. Evaluating happens every minute, whoever listens."""

log = logging.getLogger(__name__)


def ping(url: str | None = None) -> bool:
    """Say that alerts were evaluated just now. False where nobody listens: that stops nothing here."""
    to = environment().alerts_ping_url if url is None else url
    if not to:
        return False
    timeout = urllib3.Timeout(connect=PATIENCE, read=PATIENCE)
    try:
        with urllib3.PoolManager() as pool:
            answer = pool.request("GET", to, timeout=timeout, retries=False, redirect=False, preload_content=False)
            answer.close()
    except HTTPError as failure:
        log.warning("the sign of life was not taken: %s", type(failure).__name__)
        return False
    return bool(200 <= answer.status < 300)
