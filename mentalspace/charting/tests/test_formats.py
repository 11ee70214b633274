"""The formats are stored with every note and hashed: their keys and order are pinned here by hand."""

import pytest

from mentalspace.charting.formats import KIND_LABELS, LAYOUTS, NoteFormat, NoteKind, layout_of


@pytest.mark.parametrize(
    ("note_format", "label", "keys"),
    [
        ("SOAP", "SOAP", "subjective objective assessment plan"),
        ("DAP", "DAP", "data assessment plan"),
        ("BIRP", "BIRP", "behavior intervention response plan"),
        ("GIRP", "GIRP", "goal intervention response plan"),
        ("Narrative", "Narrative", "narrative"),
    ],
)
def test_sections(note_format: str, label: str, keys: str) -> None:
    layout = layout_of(NoteFormat(note_format))
    assert (layout.label, " ".join(layout.keys)) == (label, keys)


def test_every_format_and_kind_is_described() -> None:
    assert set(LAYOUTS) == set(NoteFormat)
    assert set(KIND_LABELS) == set(NoteKind)
    for layout in LAYOUTS.values():
        assert len(set(layout.keys)) == len(layout.keys)
        assert any(section.required for section in layout.sections)
        assert all(section.label and section.hint.endswith(".") for section in layout.sections)
