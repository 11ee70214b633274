"""What an editor sent, compared and merged with the draft that is stored. No database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mentalspace.charting import rules
from mentalspace.charting.formats import LAYOUTS
from mentalspace.charting.models import ClinicalNote
from mentalspace.core.errors import BadInput

KEYS = frozenset(key for layout in LAYOUTS.values() for key in layout.keys)
"""A draft may hold the sections of several formats: what was typed stays when the format is changed."""

Diagnoses = list[dict[str, str]]
Conflicts = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Sent:
    """The editor's whole content. `version` and the bases are those it was built on; a missing time is no change."""

    saved_by: UUID
    version: int
    note_format: str
    sections: dict[str, str]
    base: dict[str, str] | None
    diagnoses: Diagnoses
    base_diagnoses: Diagnoses | None
    service_date: date
    started_at: datetime | None
    ended_at: datetime | None


def check(sent: Sent) -> None:
    """Raises BadInput for content that no draft can have."""
    if unknown := sorted(sent.sections.keys() - KEYS):
        raise BadInput(fields={"sections": [f"{len(unknown)} of these sections are in no format."]})
    if problem := rules.problem_with_times(sent.started_at, sent.ended_at):
        raise BadInput(fields={"ended_at": [problem]})


def check_day(day: date, today: date) -> None:
    """Raises BadInput for a day of service on which no session can have been; `today` is the practice's."""
    if day > today or day.year < rules.EARLIEST_YEAR:
        raise BadInput(fields={"service_date": ["This is not a day on which a session can have been."]})


def is_stored(note: ClinicalNote, sent: Sent) -> bool:
    """The note already holds exactly this."""
    return rules.same_text(note.sections, sent.sections) and not _changed_beside(note, sent)


def merge(note: ClinicalNote, sent: Sent) -> tuple[Sent, Conflicts]:
    """What to store, and what was changed on both sides (by section key, or the field's name).

    Without a base nobody can say which side changed something, so each difference is a conflict.
    """
    base = sent.base if sent.base is not None else dict.fromkeys(KEYS, "\0")
    merged = rules.merge(base, sent.sections, note.sections)
    conflicts = {key: {"mine": one.mine, "theirs": one.theirs} for key, one in merged.conflicts.items()}
    made = replace(sent, sections=dict(merged.sections))
    for name in _changed_beside(note, sent):
        mine, theirs = getattr(sent, name), getattr(note, name)
        if name == "diagnoses" and sent.base_diagnoses == mine:
            made = replace(made, diagnoses=theirs)
        elif not (name == "diagnoses" and sent.base_diagnoses == theirs):
            conflicts[name] = {"mine": _worded(mine), "theirs": _worded(theirs)}
    return made, conflicts


def as_stored(note: ClinicalNote) -> dict[str, Any]:
    """`data` of the 409 `note_changed_elsewhere`."""
    return {
        "version": note.version,
        "updated_at": note.updated_at,
        "sections": note.sections,
        "conflicts": {},
        "kept_version_id": None,
    }


def _changed_beside(note: ClinicalNote, sent: Sent) -> Iterable[str]:
    """The names of what differs beside the text."""
    names = [
        name for name in ("note_format", "diagnoses", "service_date") if getattr(note, name) != getattr(sent, name)
    ]
    times = [name for name in ("started_at", "ended_at") if getattr(sent, name) not in (None, getattr(note, name))]
    return names + times


def _worded(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(f"{one['code']} {one['description']}" for one in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
