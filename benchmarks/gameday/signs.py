"""What a running product says of itself, looked at from outside: its pages' tables, its health check, its terminal."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import httpx
import psycopg

from tests.e2e.product import Product

PAUSE = 0.25
NOT_SAID = "nothing"

CHECKS = """SELECT check_name, state,
    says || ' ' || array_to_string(ARRAY(SELECT jsonb_array_elements_text(details)), ' ')
  FROM check_results WHERE state IN ('bad', 'attention')"""
INCIDENTS = "SELECT incident_type, severity::text, description FROM security_incidents WHERE detected_at >= %s"

Sign = Callable[[], str]
"""What is said by now; nothing when nothing is."""


class Signs:
    """The signs of one instance."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self._operator = ""

    def rows(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """As the operator; nothing while the database is away."""
        self._operator = self._operator or self.product.operator()
        try:
            with psycopg.connect(self._operator, connect_timeout=3) as database:
                return database.execute(statement, given or None).fetchall()
        except psycopg.Error:
            self._operator = ""  # it may listen elsewhere when it is back
            return []

    def check(self, name: str, *words: str) -> Sign:
        """A check that is no longer good, in these words among others."""

        def sign() -> str:
            for check, state, says in self.rows(CHECKS):
                if check == name and all(word in says for word in words):
                    return f"Operations, {check} ({state}): {says.strip()}"
            return ""

        return sign

    def health(self, *parts: str) -> Sign:
        """One of these parts of the health check that is not well; any, when none is named."""

        def sign() -> str:
            try:
                answer = httpx.get(f"{self.product.url}/functions/v1/health-check", timeout=5)
                found = answer.json()["checks"]
            except (httpx.HTTPError, ValueError, KeyError):
                return ""
            wrong = [f"{part} {state}" for part, state in found.items() if state != "healthy"]
            wrong = [each for each in wrong if not parts or each.split()[0] in parts]
            return f"health check {answer.status_code}: {', '.join(wrong)}" if wrong else ""

        return sign

    def incident(self, kind: str, since: datetime) -> Sign:
        """A security incident of this kind."""

        def sign() -> str:
            for incident_type, severity, description in self.rows(INCIDENTS, since):
                if kind in incident_type:
                    return f"Security, incident ({severity}): {description}"
            return ""

        return sign

    def heard(self, words: str) -> Sign:
        """A line on the terminal of `mentalspace up`, from now on."""
        before = len(self.product.lines())
        return lambda: next((line.strip() for line in self.product.lines()[before:] if words in line), "")


def first(patience: float, *signs: Sign) -> tuple[float | None, str]:
    """How long it took until one of these was there, and what it says; None when none was."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < patience:
        for sign in signs:
            if said := sign():
                return passed, said
        time.sleep(PAUSE)
    return None, NOT_SAID


def until(patience: float, is_so: Callable[[], object]) -> float | None:
    """How long it took until it was so; None when it never was."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < patience:
        with suppress(httpx.HTTPError, AssertionError):
            if is_so():
                return passed
        time.sleep(PAUSE)
    return None
