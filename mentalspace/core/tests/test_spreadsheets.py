"""No cell of an export is a formula to a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest

from mentalspace.core.spreadsheets import cell, csv_text

SHARED = Path(__file__).parents[4] / "shared" / "data" / "bad-inputs" / "csv-injection.txt"
KNOWN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "=cmd|' /C calc'!A0", "＝1"]


@pytest.mark.parametrize("text", KNOWN)
def test_what_would_be_a_formula_is_text(text):
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Ana Cast", "", None, 7, "a=b", "10.0.0.1"])
def test_everything_else_stays(text):
    assert cell(text) == ("" if text is None else str(text))


def test_a_table_comes_back_as_it_was_but_for_the_marks():
    rows: list[list[object]] = [["a,b", 'say "hi"', "two\nlines"], ["=x", None, 3]]
    back = list(csv.reader(io.StringIO(csv_text(["one", "two", "three"], rows))))
    assert back == [["one", "two", "three"], ["a,b", 'say "hi"', "two\nlines"], ["'=x", "", "3"]]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared examples are not here")
def test_published_attacks_are_text():
    lines = [line for line in SHARED.read_text(errors="replace").splitlines() if line.strip()]
    for first in (row[0] for row in csv.reader(io.StringIO(csv_text(["x"], [[line] for line in lines])))):
        assert not first.lstrip().startswith(("=", "+", "-", "@"))
