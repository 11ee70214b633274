"""Two edits of one note: nothing that anybody typed is ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentalspace.charting.rules import Conflict, merge


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("a", "", "a", ""),
        ("a", "a", "", ""),
        ("", "", "b", "b"),
    ],
)
def test_silent(base: str, mine: str, theirs: str, merged: str) -> None:
    result = merge({"plan": base}, {"plan": mine}, {"plan": theirs})
    assert result.sections == {"plan": merged}
    assert not result.conflicts


@pytest.mark.parametrize(("base", "mine", "theirs"), [("a", "b", "c"), ("", "b", "c"), ("a", "", "c"), ("a", "b", "")])
def test_conflict_keeps_both(base: str, mine: str, theirs: str) -> None:
    result = merge({"plan": base}, {"plan": mine}, {"plan": theirs})
    assert result.conflicts == {"plan": Conflict(base, mine, theirs)}
    assert result.sections == {"plan": mine}


def test_an_absent_section_is_an_empty_one() -> None:
    result = merge({}, {"plan": "x"}, {"data": "y"})
    assert result.sections == {"plan": "x", "data": "y"}
    assert not result.conflicts


notes = st.dictionaries(st.sampled_from("sdap"), st.sampled_from(["", "a", "b", "c"]) | st.text("abc \n", max_size=3))


@given(notes, notes, notes)
def test_nothing_typed_is_lost(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    result = merge(base, mine, theirs)
    for side, of_conflict in ((mine, "mine"), (theirs, "theirs")):
        for key, text in side.items():
            if text == base.get(key, ""):
                continue  # not typed here
            kept = {result.sections[key]}
            if key in result.conflicts:
                kept.add(getattr(result.conflicts[key], of_conflict))
            assert text in kept


@given(notes, notes, notes)
def test_both_sides_see_the_same_conflicts(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.conflicts.keys() == other.conflicts.keys()
    for key, text in one.sections.items():
        assert key in one.conflicts or other.sections[key] == text


@given(notes, notes)
def test_one_side_alone_never_conflicts(base: dict[str, str], edit: dict[str, str]) -> None:
    for result in (merge(base, edit, base), merge(base, base, edit), merge(base, edit, edit)):
        assert not result.conflicts
        assert {key: text for key, text in result.sections.items() if text} == {
            key: text for key, text in edit.items() if text
        }
