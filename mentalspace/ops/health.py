"""`/functions/v1/health-check`: 200 healthy, 207 degraded, 503 unhealthy. Says no more than that of each part."""

import os
import shutil
import time
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, JsonResponse

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.continuity import watching
from mentalspace.core import clock
from mentalspace.env import EnvironmentRefused, environment
from mentalspace.jobs import signs
from mentalspace.launch.watching import OLDEST as SILENT_AFTER
from mentalspace.people.models import User
from mentalspace.people.sessions import SessionStore
from mentalspace.practices.models import Practice
from mentalspace.storage import stores
from mentalspace.storage.errors import StorageAway

HEALTHY, DEGRADED, UNHEALTHY = "healthy", "degraded", "unhealthy"
LITTLE_SPACE = 1 << 30
"""Bytes free below which storage is degraded."""

ASKED_EVERY, PATIENCE = 30.0, 2.0
"""Seconds: between two questions to the store, and for its answer."""

OLDEST_SIGN = {signs.WORKER: 60, signs.SEALED: 300, signs.ALERTS: SILENT_AFTER}
"""Seconds: a worker's heart beats every ten, the chain is sealed every minute, alerts are evaluated every minute."""

GRACE_SECONDS = 120
"""A web process this young does not judge the worker, which starts after it."""

STARTED = time.monotonic()


def check_database() -> str:
    """A fenced table answers."""
    with acting_as(IDENTITY), transaction.atomic():
        Practice.objects.exists()
    return HEALTHY


def check_auth() -> str:
    """Accounts and sessions can be read, as sign-in reads them."""
    with acting_as(IDENTITY), transaction.atomic():
        User.objects.exists()
    SessionStore("a" * 32).load()
    return HEALTHY


def check_storage() -> str:
    """The data folder can be written and has room, and the store that files go to answers.

    S3 is asked at most every half minute by each process, whoever asks us: without it everything but files still works.
    """
    folder = settings.OBJECTS
    if not os.access(folder, os.W_OK):
        return UNHEALTHY
    has_room = shutil.disk_usage(folder).free >= LITTLE_SPACE
    answers = settings.S3 is None or _store_answers(int(time.monotonic() / ASKED_EVERY))
    return HEALTHY if has_room and answers else DEGRADED


@lru_cache(maxsize=1)
def _store_answers(window: int) -> bool:
    """One answer for each window of time."""
    try:
        stores.probe(PATIENCE)
    except StorageAway:
        return False
    return True


def check_seals() -> str:
    """The audit chain can be sealed outside the database, and is."""
    return _alive(signs.SEALED) if os.access(settings.SEALS, os.W_OK) else DEGRADED


def check_worker() -> str:
    """A worker that reaches the queue gave a sign of life."""
    return _alive(signs.WORKER)


def check_alerts() -> str:
    """Alerts are being evaluated."""
    return _alive(signs.ALERTS)


def check_backup() -> str:
    """Last night's backup is there, the log is sealed as it is written, and a restore drill passed."""
    if environment().database_url:
        return HEALTHY  # whoever runs that server backs it up
    try:
        overdue = set(watching.lately().overdue(clock.now()))
    except (EnvironmentRefused, OSError):  # the product works without them
        return DEGRADED
    if time.monotonic() - STARTED < GRACE_SECONDS:
        overdue -= {"log"}  # it follows once the product answers
    return DEGRADED if overdue else HEALTHY


def _alive(sign: str) -> str:
    young = time.monotonic() - STARTED < GRACE_SECONDS
    return HEALTHY if young or signs.age(sign) <= OLDEST_SIGN[sign] else DEGRADED


CHECKS: dict[str, Callable[[], str]] = {
    "database": check_database,
    "auth": check_auth,
    "storage": check_storage,
    "audit": check_seals,
    "worker": check_worker,
    "alerts": check_alerts,
    "backup": check_backup,
}
STATUS = {HEALTHY: 200, DEGRADED: 207, UNHEALTHY: 503}


def health_check(request: HttpRequest) -> JsonResponse:
    """Every part's state, and the worst of them as the whole's."""
    checks = {name: _state(check) for name, check in CHECKS.items()}
    worst = max(checks.values(), key=list(STATUS).index)
    body = {"timestamp": clock.now().isoformat(), "status": worst, "checks": checks}
    return JsonResponse(body, status=STATUS[worst], headers={"Cache-Control": "no-store"})


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, OSError):
        return UNHEALTHY
