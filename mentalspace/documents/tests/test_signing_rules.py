"""Whose name was typed: what a telephone's keyboard makes of a name is the same name."""

import pytest

from mentalspace.documents.signing import rules


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Sean O\u2019Brien", "Sean O'Brien"),
        ("Sean O\u2018Brien", "Sean O'Brien"),
        ("Sean O'Brien", "Sean O\u02bcBrien"),
        ("Sean O`Brien", "Sean O'Brien"),
        ("Sean O\u00b4Brien", "Sean O'Brien"),
        ("Mary\u2013Ann Cole", "Mary-Ann Cole"),
        ("Mary\u2011Ann Cole", "Mary-Ann Cole"),
        ("Jose\u0301 Diaz", "Jos\u00e9 Diaz"),
        ("Jos\u00e9\u00a0Diaz", "Jos\u00e9 Diaz"),
        (" cleo  CLIENT", "Cleo Client"),
    ],
)
def test_the_same_name(typed, known):
    assert rules.is_ones_name(typed, [known])


@pytest.mark.parametrize("typed", ["OBrien", "O'Brian", "", "'"])
def test_another_name(typed):
    assert not rules.is_ones_name(typed, ["O'Brien"])
