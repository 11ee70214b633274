"""Observation → a measure's result, by LOINC. Totals are kept as reported, with the item answers if given.

LOINC codes and names (c) Regenstrief Institute. Totals and panels as Synthea and US Core write them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal

from mentalspace.exchange.fhir.clinical import client_of
from mentalspace.exchange.fhir.declining import Declined
from mentalspace.exchange.fhir.drafts import MeasureDraft
from mentalspace.exchange.fhir.errors import InvalidResource
from mentalspace.exchange.fhir.reading import Entry, Unit
from mentalspace.exchange.fhir.references import Key, Names
from mentalspace.exchange.fhir.values import LOINC, Node

PHQ9_ITEMS = {
    "44250-9": "interest",
    "44255-8": "mood",
    "44259-0": "sleep",
    "44254-1": "energy",
    "44251-7": "appetite",
    "44258-2": "worth",
    "44252-5": "concentration",
    "44253-3": "psychomotor",
    "44260-8": "self_harm",
    "69722-7": "difficulty",
}
GAD7_ITEMS = {
    "69725-0": "nervous",
    "68509-9": "control_worry",
    "69733-4": "worry_much",
    "69734-2": "relax",
    "69735-9": "restless",
    "69689-8": "irritable",
    "69736-7": "afraid",
    "69722-7": "difficulty",
}
ANSWERS = {"LA6568-5": 0, "LA6569-3": 1, "LA6570-1": 2, "LA6571-9": 3}
"""LOINC answers of the PHQ and GAD: not at all, several days, more than half the days, nearly every day."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire: its LOINC panel and total, its highest score, its items."""

    name: str
    panel: str
    total: str
    highest: int
    items: Mapping[str, str]


INSTRUMENTS = (
    Instrument("PHQ-2", "55757-9", "55758-7", 6, {code: PHQ9_ITEMS[code] for code in ("44250-9", "44255-8")}),
    Instrument("PHQ-9", "44249-1", "44261-6", 27, PHQ9_ITEMS),
    Instrument("PHQ-9M", "89206-7", "89204-2", 27, {}),
    Instrument("GAD-7", "69737-5", "70274-6", 21, GAD7_ITEMS),
    Instrument("AUDIT", "72110-0", "75624-7", 40, {}),
    Instrument("AUDIT-C", "72109-2", "75626-2", 12, {}),
    Instrument("DAST-10", "82666-9", "82667-7", 10, {}),
)
BY_TOTAL = {instrument.total: instrument for instrument in INSTRUMENTS}
BY_PANEL = {instrument.panel: instrument for instrument in INSTRUMENTS}
ITEM_CODES = {code for instrument in INSTRUMENTS for code in instrument.items}


class Panels:
    """Panels of a unit that name their total and items as separate observations, as US Core has it."""

    def __init__(self, unit: Unit, names: Names) -> None:
        self._parts: dict[Key, tuple[Entry, ...]] = {}
        observations = [entry for entry in unit.entries if entry.resource_type == "Observation"]
        self._entries = {names.key(entry): entry for entry in observations}
        for entry in observations:
            if entry.resource.get("hasMember"):
                try:
                    self._gather(entry, names)
                except InvalidResource as error:
                    raise entry.broken_by(error) from None

    def _gather(self, panel: Entry, names: Names) -> None:
        node = Node.of(panel.resource)
        instrument = BY_PANEL.get(_loinc(node) or "")
        if instrument is None:
            return
        keys = [names.resolve(member, "Observation", panel).key for member in node.children("hasMember")]
        members = [self._entries[key] for key in keys if key in self._entries]
        for member in members:
            if _loinc(Node.of(member.resource)) == instrument.total:
                items = [item for item in members if item is not member]
                self._parts.setdefault(names.key(member), (panel, *items))

    def parts_of(self, total: Key) -> tuple[Entry, ...]:
        """The panel and the items of this total, within the unit."""
        return self._parts.get(total, ())


def measure_draft(entry: Entry, names: Names, panels: Panels) -> MeasureDraft:
    """A total of its own, or a panel that carries its total. Raises Declined for every other observation."""
    node = Node.of(entry.resource)
    code = _loinc(node)
    instrument = BY_TOTAL.get(code or "") or BY_PANEL.get(code or "")
    if instrument is None or code is None:
        is_item = code in ITEM_CODES
        reason = "one answer without its questionnaire's total" if is_item else "not a measure we store"
        raise Declined(reason, is_supported=False)
    _check_final(node)
    parts = panels.parts_of(names.key(entry))
    return MeasureDraft(
        client=client_of(node, entry, names),
        instrument=instrument.name,
        loinc_code=instrument.total,
        score=_score(node, instrument, is_panel=code == instrument.panel),
        answers=_answers(node, instrument) | _members(parts, instrument),
        taken_at=_taken_at(node),
        parts=tuple(names.key(part) for part in parts),
    )


def _loinc(node: Node) -> str | None:
    concept = node.concept("code")
    return concept.code_in(LOINC) if concept else None


def _check_final(node: Node) -> None:
    status = node.text("status")
    if status in ("entered-in-error", "cancelled"):
        raise Declined("withdrawn by its source (entered in error or cancelled)")
    if status not in ("final", "amended", "corrected"):
        raise Declined("the observation is not final")


def _score(node: Node, instrument: Instrument, *, is_panel: bool) -> Decimal:
    score = _value(node)
    if score is None and is_panel:
        totals = [part for part in node.children("component") if _loinc(part) == instrument.total]
        score = next((value for part in totals if (value := _value(part)) is not None), None)
        if score is None:
            raise Declined("a panel without a total of its own", is_supported=False)
    if score is None:
        raise Declined("the score is missing")
    if not 0 <= score <= instrument.highest:
        raise Declined(f"the score lies outside what {instrument.name} can give")
    return score


def _value(node: Node) -> Decimal | None:
    quantity = node.child("valueQuantity")
    if quantity is not None:
        return quantity.number("value")
    return node.number("valueInteger")


def _answers(node: Node, instrument: Instrument) -> dict[str, int]:
    return _answered(node.children("component"), instrument)


def _members(parts: tuple[Entry, ...], instrument: Instrument) -> dict[str, int]:
    return _answered([Node.of(part.resource) for part in parts], instrument)


def _answered(nodes: list[Node], instrument: Instrument) -> dict[str, int]:
    answered = ((instrument.items.get(_loinc(node) or ""), _answer(node)) for node in nodes)
    return {name: answer for name, answer in answered if name is not None and answer is not None}


def _answer(node: Node) -> int | None:
    """0 to 3 as a number or as a LOINC answer; anything else is left out rather than guessed."""
    concept = node.concept("valueCodeableConcept")
    if concept is not None:
        return next((ANSWERS[coding.code] for coding in concept.codings if coding.code in ANSWERS), None)
    value = _value(node)
    return int(value) if value is not None and value == int(value) and 0 <= value <= 3 else None


def _taken_at(node: Node) -> datetime:
    """The moment; a mere day stands for its noon in UTC, which is that day in every American time zone."""
    period = node.child("effectivePeriod")
    for moment in (
        node.moment("effectiveDateTime"),
        node.moment("effectiveInstant"),
        period.moment("start") if period else None,
    ):
        if moment is not None:
            return moment
    day = node.date("effectiveDateTime")
    if day is not None and day.is_exact:
        return datetime.combine(day.value, time(12), UTC)
    if (issued := node.moment("issued")) is not None:
        return issued
    raise Declined("the observation has no date")
