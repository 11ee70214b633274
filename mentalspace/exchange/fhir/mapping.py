"""One unit of a file, turned into drafts and refusals. Pure: the same unit always gives the same result."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from mentalspace.exchange.fhir.clinical import appointment_draft, diagnosis_draft
from mentalspace.exchange.fhir.declining import Declined
from mentalspace.exchange.fhir.drafts import Draft, MeasureDraft
from mentalspace.exchange.fhir.errors import InvalidResource, Place
from mentalspace.exchange.fhir.measures import Panels, measure_draft
from mentalspace.exchange.fhir.people import client_draft, staff_draft
from mentalspace.exchange.fhir.reading import Entry, JsonObject, Unit
from mentalspace.exchange.fhir.references import Key, Names, digest_of
from mentalspace.exchange.fhir.values import Node

EVENTS = ("Condition", "Encounter", "Observation")
"""What points to people, and so is written after them."""


def is_event(resource_type: str) -> bool:
    return resource_type in EVENTS


def is_no_event(resource_type: str) -> bool:
    """People, and everything that is only counted."""
    return resource_type not in EVENTS


def is_anything(resource_type: str) -> bool:
    return True


class Mapped(NamedTuple):
    """A resource and what it comes to."""

    place: Place
    key: Key
    resource: JsonObject
    result: Draft | Declined

    @property
    def resource_type(self) -> str:
        return self.key.resource_type

    @property
    def weight(self) -> int:
        """How many resources this one stands for: a questionnaire's total also for its panel and items."""
        return 1 + len(self.result.parts) if isinstance(self.result, MeasureDraft) else 1

    def digest(self) -> str:
        """What the resource says, in 32 letters."""
        return digest_of(self.resource)


def map_unit(unit: Unit, now: datetime, is_wanted: Callable[[str], bool] = is_anything) -> Iterator[Mapped]:
    """What the unit holds of the wanted types. Raises BrokenFile where a resource breaks FHIR's rules."""
    names = Names(unit)
    panels = Panels(unit, names)
    wanted = [entry for entry in unit.entries if is_wanted(entry.resource_type)]
    yield from _without_parts([_map(entry, names, panels, now) for entry in wanted])


def _map(entry: Entry, names: Names, panels: Panels, now: datetime) -> Mapped:
    result: Draft | Declined
    try:
        result = _draft(entry, names, panels, now)
    except Declined as declined:
        result = declined.with_traceback(None)  # else it keeps this frame, and the whole unit, alive
    except InvalidResource as error:
        raise entry.broken_by(error) from None
    return Mapped(entry.place, names.key(entry), entry.resource, result)


def _draft(entry: Entry, names: Names, panels: Panels, now: datetime) -> Draft:
    match entry.resource_type:
        case "Patient":
            return client_draft(Node.of(entry.resource))
        case "Practitioner":
            return staff_draft(Node.of(entry.resource))
        case "Condition":
            return diagnosis_draft(entry, names)
        case "Encounter":
            return appointment_draft(entry, names, now)
        case "Observation":
            return measure_draft(entry, names, panels)
        case _:
            raise Declined("this kind of resource is not imported", is_supported=False)


def _without_parts(mapped: list[Mapped]) -> list[Mapped]:
    """Leaves out resources that another draft already stands for, so that each is counted once."""
    parts = {key for item in mapped if isinstance(item.result, MeasureDraft) for key in item.result.parts}
    return [item for item in mapped if item.key not in parts] if parts else mapped
