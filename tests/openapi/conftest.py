"""One world for every test of this folder, in one transaction that is rolled back; each test in a savepoint."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.openapi.world import World, made


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield made()
        transaction.set_rollback(True)
