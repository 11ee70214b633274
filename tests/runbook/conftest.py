"""The person behind `mentalspace psql`: the runbook's statements run as the operator, on a connection of their own."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections

from mentalspace.launch.connection import connection


@pytest.fixture
def operator(really_committed: None) -> Iterator[psycopg.Connection[Any]]:
    """Connected to a database of this test's own, where the product's transactions commit."""
    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(connection("ms_operator").dsn(), dbname=name, autocommit=True) as made:
        yield made
