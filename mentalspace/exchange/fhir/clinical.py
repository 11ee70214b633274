"""Condition → diagnosis, Encounter → past appointment."""

import re
from datetime import date, datetime, timedelta

from mentalspace.exchange.fhir.declining import Declined
from mentalspace.exchange.fhir.drafts import AppointmentDraft, DiagnosisDraft
from mentalspace.exchange.fhir.reading import Entry
from mentalspace.exchange.fhir.references import Names, Reference
from mentalspace.exchange.fhir.values import ICD10_CM, SNOMED, Concept, Node

_ICD10_CM = re.compile(r"([A-TV-Z][0-9][0-9A-Z])\.?([0-9A-Z]{0,4})")
_SNOMED_TAG = re.compile(r"\(([a-z/ ]+)\)$")
WITHDRAWN = ("entered-in-error", "refuted")
OVER = ("inactive", "remission", "resolved")
FINISHED = {"finished": "Completed", "completed": "Completed", "cancelled": "Cancelled"}
NOT_OVER = ("planned", "arrived", "triaged", "in-progress", "onleave", "on-hold", "discharged")
DID_NOT_ATTEND = "281399006"
FIRST_VISITS = ("79094001", "185317003", "270427003")
"""SNOMED CT: initial psychiatric interview; first visits as patient or referral."""
LONGEST = timedelta(hours=24)


def diagnosis_draft(entry: Entry, names: Names) -> DiagnosisDraft:
    """Raises Declined for what was withdrawn, has no code we keep, or ended on a day nobody knows.

    The last would stand in the chart as if it still were.
    """
    condition = Node.of(entry.resource)
    if condition.code("verificationStatus") in WITHDRAWN:
        raise Declined("withdrawn by its source (entered in error or refuted)")
    concept = condition.concept("code")
    if concept is None:
        raise Declined("the condition has no code")
    code, system = _coded(concept)
    onset, resolved = _day(condition, "onset", "start"), _day(condition, "abatement", "end")
    if onset and resolved and resolved < onset:
        raise Declined("the condition ended before it began")
    if condition.code("clinicalStatus") in OVER and resolved is None:
        raise Declined("the condition is over, but nothing says since when")
    return DiagnosisDraft(
        client=client_of(condition, entry, names),
        code=code,
        code_system=system,
        label=concept.label,
        category=_category(condition, concept),
        onset_on=onset,
        resolved_on=resolved,
    )


def appointment_draft(entry: Entry, names: Names, now: datetime) -> AppointmentDraft:
    """Raises Declined for what is not over, has no length we know, or lasts longer than a day."""
    encounter = Node.of(entry.resource)
    kinds = encounter.concepts("type") + encounter.concepts("reasonCode")
    status = _appointment_status(encounter, kinds)
    starts_at, ends_at = _period(encounter, now)
    return AppointmentDraft(
        client=client_of(encounter, entry, names),
        clinician=_clinician(encounter, entry, names),
        starts_at=starts_at,
        ends_at=ends_at,
        status=status,
        label=next((kind.label for kind in kinds if kind.label), ""),
        is_first_visit=any(kind.code_in(SNOMED) in FIRST_VISITS for kind in kinds),
    )


def client_of(node: Node, entry: Entry, names: Names) -> Reference:
    subject = node.child("subject")
    reference = names.resolve(subject, "Patient", entry)
    if subject is None:
        raise Declined("it names no patient")
    if reference.key is None:
        raise Declined("its subject is not a patient we can tell")
    return reference


def _coded(concept: Concept) -> tuple[str, str]:
    """The ICD-10-CM code with its dot, else the SNOMED CT concept."""
    icd = _ICD10_CM.fullmatch((concept.code_in(*ICD10_CM) or "").upper())
    if icd is not None:
        head, tail = icd.groups()
        return (f"{head}.{tail}" if tail else head), "ICD-10-CM"
    snomed = concept.code_in(SNOMED)
    if snomed is not None and snomed.isascii() and snomed.isdigit() and 6 <= len(snomed) <= 18:
        return snomed, "SNOMED CT"
    raise Declined("the condition has no code in ICD-10-CM or SNOMED CT")


def _category(condition: Node, concept: Concept) -> str:
    """SNOMED's own kind when it is no disorder ("finding", "situation"), else the source's category."""
    tag = _SNOMED_TAG.search(concept.label)
    if tag is not None and tag[1] != "disorder":
        return tag[1]
    codes = (coding.code for kind in condition.concepts("category") for coding in kind.codings)
    return next(filter(None, codes), "")


def _day(condition: Node, name: str, end: str) -> date | None:
    """A choice of types: only a day, month, year or period can be placed; the first day of it counts."""
    period = condition.child(f"{name}Period")
    found = condition.date(f"{name}DateTime") or (period.date(end) if period else None)
    return found.value if found else None


def _appointment_status(encounter: Node, kinds: list[Concept]) -> str:
    status = encounter.text("status")
    if any(kind.code_in(SNOMED) == DID_NOT_ATTEND for kind in kinds) and status in FINISHED:
        return "No Show"
    if status in FINISHED:
        return FINISHED[status]
    if status in NOT_OVER:
        raise Declined("the encounter is not over; only past ones are imported", is_supported=False)
    if status == "entered-in-error":
        raise Declined("withdrawn by its source (entered in error or refuted)")
    raise Declined("the encounter's status is unknown")


def _period(encounter: Node, now: datetime) -> tuple[datetime, datetime]:
    period = encounter.child("period")
    if period is None or not period.has("start") or not period.has("end"):
        raise Declined("the encounter has no start and end")
    starts_at, ends_at = period.moment("start"), period.moment("end")
    if starts_at is None or ends_at is None:
        raise Declined("the encounter's times are days only")
    if ends_at == starts_at:
        raise Declined("the encounter has no length: it starts and ends at the same moment")
    if ends_at < starts_at:
        raise Declined("the encounter ends before it starts")
    if ends_at - starts_at > LONGEST:
        raise Declined("the encounter lasts longer than a day (a stay, not an appointment)")
    if ends_at > now:
        raise Declined("the encounter is not over; only past ones are imported", is_supported=False)
    return starts_at, ends_at


def _clinician(encounter: Node, entry: Entry, names: Names) -> Reference:
    """The primary performer, else the first practitioner who took part."""
    people = encounter.children("participant")
    people.sort(key=lambda node: not _is_primary(node))
    found = [names.resolve(node.child("individual"), "Practitioner", entry) for node in people]
    known = [reference for reference in found if reference.key is not None]
    if not known:
        raise Declined("the encounter names no practitioner")
    return known[0]


def _is_primary(participant: Node) -> bool:
    codes = {coding.code for kind in participant.concepts("type") for coding in kind.codings}
    return bool(codes & {"PPRF", "ATND"})
