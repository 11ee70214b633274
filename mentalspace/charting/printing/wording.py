"""A note document in words: every date, time and label as printed, in the practice's time zone."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from mentalspace.charting.printing.document import NoteDocument, PrintedAmendment, PrintedPerson
from mentalspace.core.printing.glyphs import has_undrawable
from mentalspace.core.printing.words import (
    SPELLED_REMARK,
    Draw,
    Json,
    clock_time,
    drawn,
    letterhead_lines,
    long_date,
    moment,
    one_line,
    zone_of,
)

SHORT_DIGEST: Final = 16
NOT_RECORDED: Final = "Not recorded"
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALTERED: Final = (
    "WARNING: this text is not what was signed. It was changed in the database after the signature; do not rely on it."
)
SIGNED_ELSEWHERE: Final = "Signed before this note was brought into this system; time and name as they came with it."


def content_of(document: NoteDocument, draw: Draw) -> Mapping[str, Json]:
    """What the template prints. `draw` makes any text drawable and is applied to every string."""
    signed = document.signature is not None
    content: Mapping[str, Json] = {
        "title": _title(document),
        "author": _printed(document.author),
        "heading": one_line(document.title),
        "state": _state(document),
        "running": _running(document),
        "is_draft": not signed,
        "confidentiality": one_line(document.confidentiality),
        "practice": {"name": one_line(document.practice.name), "lines": _letterhead(document)},
        "client": _client(document),
        "session": _session(document),
        "diagnoses": [[one_line(one.code), one_line(one.description)] for one in document.diagnoses],
        "sections": [
            {"label": one_line(one.label), "paragraphs": _paragraphs(draw(one.text))} for one in document.sections
        ],
        "signature": _signature(document),
        "amendments": [_amendment(one, document, draw) for one in document.amendments],
        "remark": SPELLED_REMARK if any(map(has_undrawable, _texts(document))) else "",
    }
    return {key: drawn(value, draw) for key, value in content.items()}


def _texts(document: NoteDocument) -> Iterator[str]:
    """All that people typed."""
    people = [document.author, *(one.author for one in document.amendments)]
    practice, client, session = document.practice, document.client, document.session
    yield from (document.title, practice.name, *practice.address_lines, practice.phone, practice.npi)
    yield from (client.name, client.mrn, session.location, session.service, document.confidentiality)
    for person in people:
        yield from (person.name, person.credentials, person.licence)
    for diagnosis in document.diagnoses:
        yield from (diagnosis.code, diagnosis.description)
    for section in document.sections:
        yield from (section.label, section.text)
    for amendment in document.amendments:
        yield from (amendment.reason, amendment.text)


# --- Parts ------------------------------------------------------------------------------------------------


def _title(document: NoteDocument) -> str:
    day = long_date(document.session.service_date)
    return f"{one_line(document.title)}: {one_line(document.client.name)}, {day}"


def _letterhead(document: NoteDocument) -> list[str]:
    practice = document.practice
    return letterhead_lines(practice.address_lines, practice.phone, practice.npi)


def _state(document: NoteDocument) -> str:
    if document.signature is None:
        return "Draft: not signed, and not part of the signed record."
    if document.is_altered:
        return ALTERED
    state = f"Electronically signed {long_date(_local_date(document.signature.signed_at, document))}"
    if not document.amendments:
        return f"{state}."
    times = "once" if len(document.amendments) == 1 else f"{len(document.amendments)} times"
    last = max(one.made_at for one in document.amendments)
    return f"{state}; amended {times}, last on {long_date(_local_date(last, document))}."


def _running(document: NoteDocument) -> str:
    mrn = f"MRN {document.client.mrn}" if document.client.mrn else ""
    what = f"{document.title} of {long_date(document.session.service_date)}"
    return "  ·  ".join(one_line(part) for part in (document.client.name, mrn, what) if part)


def _client(document: NoteDocument) -> list[list[str]]:
    born = document.client.date_of_birth
    return [
        ["Client", one_line(document.client.name)],
        ["Date of birth", long_date(born) if born else NOT_RECORDED],
        ["MRN", one_line(document.client.mrn) or NOT_RECORDED],
        ["Clinician", _printed(document.author)],
    ]


def _session(document: NoteDocument) -> list[list[str]]:
    session = document.session
    return [
        ["Date", f"{WEEKDAYS[session.service_date.weekday()]}, {long_date(session.service_date)}"],
        ["Time", _time_range(session.actual_start, session.actual_stop, document.timezone)],
        ["Location", one_line(session.location) or NOT_RECORDED],
        ["Service", one_line(session.service) or NOT_RECORDED],
    ]


def _signature(document: NoteDocument) -> Mapping[str, Json]:
    licence = list(filter(None, [_licence(document.author)]))
    if document.signature is None:
        return {"head": ["Not signed"], "name": _printed(document.author), "lines": licence, "fine": []}
    short = document.signature.digest[:SHORT_DIGEST]
    groups = " ".join(short[start : start + 4] for start in range(0, len(short), 4))
    fine = [f"Content hash (SHA-256, first {SHORT_DIGEST} digits): {groups}"]
    return {
        "head": ["Electronically signed by"],
        "name": _printed(document.author),
        "lines": [*licence, moment(document.signature.signed_at, document.timezone)],
        "fine": [*fine, SIGNED_ELSEWHERE] if document.signature.is_imported else fine,
    }


def _amendment(amendment: PrintedAmendment, document: NoteDocument, draw: Draw) -> Mapping[str, Json]:
    return {
        "heading": f"Amendment of {moment(amendment.made_at, document.timezone)}",
        "author": ", ".join(filter(None, (_printed(amendment.author), _licence(amendment.author)))),
        "reason": one_line(amendment.reason),
        "paragraphs": _paragraphs(draw(amendment.text)),
    }


# --- Words ------------------------------------------------------------------------------------------------


def _time_range(start: datetime | None, stop: datetime | None, timezone: str) -> str:
    if start is None:
        return NOT_RECORDED
    begun = start.astimezone(ZoneInfo(timezone))
    if stop is None:
        return f"{clock_time(begun)} {zone_of(begun)}, end not recorded"
    ended = stop.astimezone(ZoneInfo(timezone))
    minutes = int((stop - start).total_seconds() // 60)
    first = clock_time(begun) if zone_of(begun) == zone_of(ended) else f"{clock_time(begun)} {zone_of(begun)}"
    later = "" if begun.date() == ended.date() else f", {long_date(ended.date())}"
    return f"{first} \u2013 {clock_time(ended)} {zone_of(ended)}{later} ({minutes} min)"


def _local_date(instant: datetime, document: NoteDocument) -> date:
    return instant.astimezone(ZoneInfo(document.timezone)).date()


def _printed(person: PrintedPerson) -> str:
    return one_line(", ".join(part for part in (person.name, person.credentials) if part))


def _licence(person: PrintedPerson) -> str:
    return f"License {one_line(person.licence)}" if person.licence else ""


def _paragraphs(text: str) -> list[list[str]]:
    """Lines grouped into paragraphs at blank lines."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
