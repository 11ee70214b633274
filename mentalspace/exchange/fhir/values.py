"""Typed reading of FHIR JSON: each accessor checks the datatype and names the path of what is wrong.

A value that is absent is None; a value that breaks FHIR R4 raises InvalidResource. Nothing is guessed.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Self

from mentalspace.exchange.fhir.errors import InvalidResource

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
ICD10_CM = ("http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90")
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/"

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""What FHIR strings may not hold, and PostgreSQL could not store."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A FHIR date, which may be a year or a month only: then `value` is its first day."""

    value: date
    precision: str

    @property
    def is_exact(self) -> bool:
        return self.precision == "day"


class Coding(NamedTuple):
    """A code of a system, with the label the source gave it."""

    system: str
    code: str
    label: str


class Concept(NamedTuple):
    """A CodeableConcept: the same thing in several systems, and in words."""

    codings: tuple[Coding, ...]
    text: str

    def code_in(self, *systems: str) -> str | None:
        """The first code of one of these systems."""
        found = (coding.code for coding in self.codings if coding.system in systems)
        return next(filter(None, found), None)

    @property
    def label(self) -> str:
        """In words: the source's own, else the first label, else the first code."""
        labels = (coding.label for coding in self.codings if coding.label)
        codes = (coding.code for coding in self.codings if coding.code)
        return self.text or next(labels, None) or next(codes, "")


class Node:
    """One JSON object of a resource, and its path."""

    __slots__ = ("_at", "_name", "_parent", "data")

    def __init__(self, data: dict[str, Any], name: str, parent: "Node | None" = None, at: int | None = None) -> None:
        self.data, self._name, self._parent, self._at = data, name, parent, at

    @classmethod
    def of(cls, resource: dict[str, Any]) -> Self:
        """The resource itself; paths start with its type."""
        return cls(resource, str(resource["resourceType"]))

    @property
    def path(self) -> str:
        """Where this object stands. Made when asked for: nearly always nobody asks."""
        name = self._name if self._at is None else f"{self._name}[{self._at}]"
        return name if self._parent is None else f"{self._parent.path}.{name}"

    def fail(self, name: str, reason: str) -> InvalidResource:
        return InvalidResource(f"{self.path}.{name}", reason)

    def has(self, name: str) -> bool:
        return self.data.get(name) is not None

    def child(self, name: str) -> Self | None:
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fail(name, "is not an object")
        return type(self)(value, name, self)

    def children(self, name: str) -> list[Self]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.fail(name, "is not a list")
        nodes = []
        for at, item in enumerate(value):
            if not isinstance(item, dict):
                raise self.fail(f"{name}[{at}]", "is not an object")
            nodes.append(type(self)(item, name, self, at))
        return nodes

    def text(self, name: str) -> str | None:
        """A string, code, id or URI, without space around it; None when absent or blank."""
        value = self.data.get(name)
        if value is None:
            return None
        if value.__class__ is str and value.isprintable():  # nearly all, and so without the closer look
            return value.strip() or None
        return self._checked(value, name)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.data.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fail(name, "is not a list")
        # A null stands where only an extension of the value is known.
        checked = (self._checked(item, f"{name}[{at}]") for at, item in enumerate(value) if item is not None)
        return tuple(item for item in checked if item)

    def _checked(self, value: object, name: str) -> str | None:
        if not isinstance(value, str):
            raise self.fail(name, "is not text")
        if _FORBIDDEN.search(value):
            raise self.fail(name, "holds a control character that FHIR does not allow")
        return value.strip() or None

    def boolean(self, name: str) -> bool | None:
        value = self.data.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise self.fail(name, "is neither true nor false")

    def number(self, name: str) -> Decimal | None:
        """A decimal or integer, exactly as written up to 15 digits."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail(name, "is not a number")
        if abs(value) >= 1e12 or (isinstance(value, float) and not math.isfinite(value)):
            raise self.fail(name, "is a number out of any range")
        return Decimal(repr(value))

    def date(self, name: str) -> PartialDate | None:
        """The day of a date or dateTime, as the source's own clock had it."""
        text = self.text(name)
        if text is None:
            return None
        if "T" in text:
            return PartialDate(self._moment(text, name).date(), "day")
        match = _DATE.fullmatch(text)
        if match is None:
            raise self.fail(name, "is not a FHIR date")
        year, month, day = match.groups()
        try:
            value = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise self.fail(name, "is a day that no calendar has") from None
        return PartialDate(value, "day" if day else "month" if month else "year")

    def moment(self, name: str) -> datetime | None:
        """A dateTime or instant with a time of day, in UTC; None when absent or a mere date."""
        text = self.text(name)
        if text is None or "T" not in text:
            self.date(name)
            return None
        try:
            return self._moment(text, name).astimezone(UTC)
        except OverflowError:
            raise self.fail(name, "lies outside the calendar") from None

    def _moment(self, text: str, name: str) -> datetime:
        if not _MOMENT.fullmatch(text):
            raise self.fail(name, "is not a FHIR dateTime with a time zone")
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise self.fail(name, "is a moment that no calendar has") from None

    def concept(self, name: str) -> Concept | None:
        node = self.child(name)
        return None if node is None else node.as_concept()

    def code(self, name: str) -> str | None:
        """The first code of a CodeableConcept, for concepts that have one system."""
        node = self.child(name)
        codings = node.children("coding") if node is not None else ()
        return codings[0].text("code") if codings else None

    def concepts(self, name: str) -> list[Concept]:
        return [node.as_concept() for node in self.children(name)]

    def as_concept(self) -> Concept:
        codings = [node.as_coding() for node in self.children("coding")]
        return Concept(tuple(codings), self.text("text") or "")

    def as_coding(self) -> Coding:
        return Coding(self.text("system") or "", self.text("code") or "", self.text("display") or "")

    def extensions(self, url: str) -> Iterator[Self]:
        """The extensions of this URL."""
        return (node for node in self.children("extension") if node.text("url") == url)

    def extension(self, url: str) -> Self | None:
        return next(self.extensions(url), None)
