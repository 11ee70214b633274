"""The note formats, as data: which sections a note has, in which order, and which must be filled to sign it.

The section keys and the values of the formats are stored with every note and are part of what a signature
covers: never rename one. Sources of the hints: field-knowledge section 4, Templates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class NoteKind(StrEnum):
    """What a note documents."""

    PROGRESS = "progress_note"


KIND_LABELS: Final[Mapping[NoteKind, str]] = MappingProxyType({NoteKind.PROGRESS: "Progress note"})


class NoteFormat(StrEnum):
    """How the text of a note is divided."""

    SOAP = "SOAP"
    DAP = "DAP"
    BIRP = "BIRP"
    GIRP = "GIRP"
    NARRATIVE = "Narrative"


@dataclass(frozen=True, slots=True)
class Section:
    """One text of a note: its stored key, its heading, what belongs in it, whether signing demands it."""

    key: str
    label: str
    hint: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """A format: its name and its sections in the order in which they are written and printed."""

    format: NoteFormat
    label: str
    sections: tuple[Section, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The section keys in order."""
        return tuple(section.key for section in self.sections)


_PLAN = Section("plan", "Plan", "Next steps, homework, frequency of sessions, next appointment.")
_INTERVENTION = Section("intervention", "Intervention", "What you did: methods and techniques used, and for how long.")
_RESPONSE = Section("response", "Response", "How the client responded in session, and progress towards each objective.")

LAYOUTS: Final[Mapping[NoteFormat, Layout]] = MappingProxyType(
    {
        layout.format: layout
        for layout in (
            Layout(
                NoteFormat.SOAP,
                "SOAP",
                (
                    Section(
                        "subjective",
                        "Subjective",
                        "What the client reports: themes, symptoms since the last session, homework.",
                    ),
                    Section(
                        "objective",
                        "Objective",
                        "What you observe: presentation, mental status, measures, response in session.",
                    ),
                    Section(
                        "assessment",
                        "Assessment",
                        "Your interpretation: progress per objective, diagnosis, risk, medical necessity.",
                    ),
                    _PLAN,
                ),
            ),
            Layout(
                NoteFormat.DAP,
                "DAP",
                (
                    Section(
                        "data",
                        "Data",
                        "What the client reports, what you observe, and the interventions used.",
                    ),
                    Section(
                        "assessment",
                        "Assessment",
                        "Your interpretation: progress per objective, diagnosis, risk, medical necessity.",
                    ),
                    _PLAN,
                ),
            ),
            Layout(
                NoteFormat.BIRP,
                "BIRP",
                (
                    Section(
                        "behavior",
                        "Behavior",
                        "What the client reports and what you observe: mood, symptoms, presentation.",
                    ),
                    _INTERVENTION,
                    _RESPONSE,
                    _PLAN,
                ),
            ),
            Layout(
                NoteFormat.GIRP,
                "GIRP",
                (
                    Section("goal", "Goal", "The goal or objective of the plan that this session worked on."),
                    _INTERVENTION,
                    _RESPONSE,
                    _PLAN,
                ),
            ),
            Layout(
                NoteFormat.NARRATIVE,
                "Narrative",
                (
                    Section(
                        "narrative",
                        "Session narrative",
                        "The session in your own words: report, observation, intervention, response, plan.",
                    ),
                ),
            ),
        )
    }
)


def layout_of(note_format: NoteFormat) -> Layout:
    """The sections of a format."""
    return LAYOUTS[note_format]
