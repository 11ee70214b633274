"""A note document in words: every date, time and label as printed, in the practice's time zone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from mentalspace.charting.printing.document import NoteDocument, PrintedAmendment, PrintedPerson
from mentalspace.charting.printing.glyphs import has_undrawable

Json: TypeAlias = "str | bool | Sequence[Json] | Mapping[str, Json]"

SHORT_DIGEST: Final = 16
NOT_RECORDED: Final = "Not recorded"
# Not strftime's: those follow the locale of the machine.
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ALTERED: Final = (
    "WARNING: this text is not what was signed. It was changed in the database after the signature; do not rely on it."
)
SIGNED_ELSEWHERE: Final = "Signed before this note was brought into this system; time and name as they came with it."
SPELLED_REMARK: Final = (
    "Characters that this document cannot draw are given in brackets, by their Unicode name or number."
)


def content_of(document: NoteDocument, draw: Callable[[str], str]) -> Mapping[str, Json]:
    """What the template prints. `draw` makes any text drawable and is applied to every string."""
    signed = document.signature is not None
    content: Mapping[str, Json] = {
        "title": _title(document),
        "author": _printed(document.author),
        "heading": _line(document.title),
        "state": _state(document),
        "running": _running(document),
        "is_draft": not signed,
        "confidentiality": _line(document.confidentiality),
        "practice": {"name": _line(document.practice.name), "lines": _letterhead(document)},
        "client": _client(document),
        "session": _session(document),
        "diagnoses": [[_line(one.code), _line(one.description)] for one in document.diagnoses],
        "sections": [
            {"label": _line(one.label), "paragraphs": _paragraphs(draw(one.text))} for one in document.sections
        ],
        "signature": _signature(document),
        "amendments": [_amendment(one, document, draw) for one in document.amendments],
        "remark": SPELLED_REMARK if any(map(has_undrawable, _texts(document))) else "",
    }
    return {key: _mapped(value, draw) for key, value in content.items()}


def _mapped(value: Json, draw: Callable[[str], str]) -> Json:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return draw(value)
    if isinstance(value, Mapping):
        return {key: _mapped(one, draw) for key, one in value.items()}
    return [_mapped(one, draw) for one in value]


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
    return f"{_line(document.title)}: {_line(document.client.name)}, {day}"


def _letterhead(document: NoteDocument) -> list[str]:
    practice = document.practice
    last = [
        f"Phone {practice.phone}" if practice.phone else "",
        f"NPI {practice.npi}" if practice.npi else "",
    ]
    lines = [*practice.address_lines, "  ·  ".join(filter(None, last))]
    return [line for line in map(_line, lines) if line]


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
    return "  ·  ".join(_line(part) for part in (document.client.name, mrn, what) if part)


def _client(document: NoteDocument) -> list[list[str]]:
    born = document.client.date_of_birth
    return [
        ["Client", _line(document.client.name)],
        ["Date of birth", long_date(born) if born else NOT_RECORDED],
        ["MRN", _line(document.client.mrn) or NOT_RECORDED],
        ["Clinician", _printed(document.author)],
    ]


def _session(document: NoteDocument) -> list[list[str]]:
    session = document.session
    return [
        ["Date", f"{WEEKDAYS[session.service_date.weekday()]}, {long_date(session.service_date)}"],
        ["Time", _time_range(session.actual_start, session.actual_stop, document.timezone)],
        ["Location", _line(session.location) or NOT_RECORDED],
        ["Service", _line(session.service) or NOT_RECORDED],
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


def _amendment(amendment: PrintedAmendment, document: NoteDocument, draw: Callable[[str], str]) -> Mapping[str, Json]:
    return {
        "heading": f"Amendment of {moment(amendment.made_at, document.timezone)}",
        "author": ", ".join(filter(None, (_printed(amendment.author), _licence(amendment.author)))),
        "reason": _line(amendment.reason),
        "paragraphs": _paragraphs(draw(amendment.text)),
    }


# --- Words ------------------------------------------------------------------------------------------------


def long_date(day: date) -> str:
    """ "March 10, 2026", in English."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def moment(instant: datetime, timezone: str) -> str:
    """ "March 10, 2026 at 4:02 PM EDT"."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{long_date(local.date())} at {_clock(local)} {_zone(local)}"


def _time_range(start: datetime | None, stop: datetime | None, timezone: str) -> str:
    if start is None:
        return NOT_RECORDED
    begun = start.astimezone(ZoneInfo(timezone))
    if stop is None:
        return f"{_clock(begun)} {_zone(begun)}, end not recorded"
    ended = stop.astimezone(ZoneInfo(timezone))
    minutes = int((stop - start).total_seconds() // 60)
    first = _clock(begun) if _zone(begun) == _zone(ended) else f"{_clock(begun)} {_zone(begun)}"
    later = "" if begun.date() == ended.date() else f", {long_date(ended.date())}"
    return f"{first} \u2013 {_clock(ended)} {_zone(ended)}{later} ({minutes} min)"


def _clock(local: datetime) -> str:
    return f"{local.hour % 12 or 12}:{local.minute:02d}\u00a0{'AM' if local.hour < 12 else 'PM'}"


def _zone(local: datetime) -> str:
    """The zone's letters; where it has none, the offset."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local:%z}"


def _local_date(instant: datetime, document: NoteDocument) -> date:
    return instant.astimezone(ZoneInfo(document.timezone)).date()


def _printed(person: PrintedPerson) -> str:
    return _line(", ".join(part for part in (person.name, person.credentials) if part))


def _licence(person: PrintedPerson) -> str:
    return f"License {_line(person.licence)}" if person.licence else ""


def _line(text: str) -> str:
    """Text of a single line: a break in a name must not break the form."""
    return " ".join(text.split())


def _paragraphs(text: str) -> list[list[str]]:
    """Lines grouped into paragraphs at blank lines."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
