"""Answers against their form: types, what is shown, what is missing, scores. Pure rules, by table."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentalspace.forms import answering
from mentalspace.forms.spec import FormDefinition, problems
from mentalspace.forms.tests.filling import ANSWERS, ASKING, SIGNED

FORM = FormDefinition.model_validate(ASKING)
OPTIONS = [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]


def form(*fields, scores=()):
    return FormDefinition.model_validate({"fields": [{"label": "x", **each} for each in fields], "scores": scores})


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", ["", "Troy", "Zoë"], [1, None, True, [], {}, "a\0", "x" * 501, "\ud800"]),
        ("long_text", ["x" * 20_000], ["x" * 20_001, 1]),
        ("number", [0, -3, 1.5], ["1", True, None, math.inf, math.nan, 10**400, []]),
        ("yes_no", [True, False], ["yes", 0, None]),
        ("date", ["2026-02-28"], ["2026-02-30", "20260228", "2026-W10-1", "", 1, None]),
        ("choice", ["a"], ["c", "", 1, None, ["a"], {}]),
        ("scored", ["b"], ["c", ["a"]]),
        ("choices", [[], ["a"], ["b", "a"]], ["a", ["a", "a"], ["c"], [1], [["a"]], None]),
        (
            "signature",
            [SIGNED, {"name": "", "date": "", "signed": False}],
            ["Cleo", {}, {**SIGNED, "more": 1}, {**SIGNED, "signed": "yes"}, {**SIGNED, "date": "today"}, None],
        ),
    ],
)
def test_types(kind, right, wrong):
    asked = form({"key": "q", "kind": kind, "options": OPTIONS})
    assert [value for value in right if answering.wrong_types(asked, {"q": value})] == []
    assert [value for value in wrong if not answering.wrong_types(asked, {"q": value})] == []


def test_what_is_not_asked_cannot_be_answered():
    assert answering.wrong_types(FORM, {"about": "x", "nowhere": "x"}).keys() == {"about", "nowhere"}


def test_required_only_when_it_is_shown_and_hidden_answers_do_not_remain():
    assert answering.unready(FORM, ANSWERS) == {}
    assert answering.unready(FORM, ANSWERS | {"takes": True}).keys() == {"which"}
    assert answering.kept(FORM, ANSWERS | {"which": "Aspirin"}) == ANSWERS
    assert answering.kept(FORM, ANSWERS | {"takes": True, "which": "Aspirin"})["which"] == "Aspirin"
    assert answering.unready(FORM, {}).keys() == {"name", "takes", "sign"}


@pytest.mark.parametrize("more", [{"signed": False}, {"name": "  "}, {"date": ""}])
def test_half_a_signature_is_none(more):
    assert answering.unready(FORM, ANSWERS | {"sign": SIGNED | more}) == {"sign": ["Sign here."]}


def test_what_depends_on_a_hidden_question_is_hidden():
    asked = form(
        {"key": "one", "kind": "yes_no"},
        {"key": "two", "kind": "yes_no", "show_when": {"field": "one", "value": "yes"}},
        {"key": "three", "kind": "text", "show_when": {"field": "two", "value": "yes"}},
    )
    assert len(answering.shown(asked, {"one": True, "two": True})) == 3
    assert [field.key for field in answering.shown(asked, {"one": False, "two": True})] == ["one", "two"][:1]


@pytest.mark.parametrize(
    ("kind", "test", "value", "answer", "expected"),
    [
        ("choice", "is", "a", "a", True),
        ("choice", "is", "a", "b", False),
        ("choices", "contains", "a", ["b", "a"], True),
        ("choices", "is", "a", ["b", "a"], False),
        ("choices", "is", "a", ["a"], True),
        ("yes_no", "is", "no", False, True),
        ("yes_no", "is", "no", None, False),
        ("text", "is", "TROY ", "troy", True),
        ("text", "contains", "ro", "Troy", True),
    ],
)
def test_conditions(kind, test, value, answer, expected):
    first = {"key": "one", "kind": kind, "options": OPTIONS}
    asked = form(first, {"key": "two", "kind": "text", "show_when": {"field": "one", "test": test, "value": value}})
    assert (len(answering.shown(asked, {"one": answer})) == 2) is expected


def test_numbers_keep_to_their_bounds_when_the_form_is_sent():
    asked = form({"key": "n", "kind": "number", "least": 1, "most": 5})
    assert [n for n in (0, 1, 5, 6) if answering.unready(asked, {"n": n})] == [0, 6]
    assert answering.wrong_types(asked, {"n": 0}) == {}


@pytest.mark.parametrize(("answer", "total", "band"), [("well", 0, "rested"), ("badly", 2, "tired"), (None, None, "")])
def test_scores_guess_nothing(answer, total, band):
    (score,) = answering.scores(FORM, {"rest": answer} if answer else {})
    assert (score.total, score.band, score.missing) == (total, band, 0 if answer else 1)


def test_a_score_between_two_bands_has_no_name():
    asked = form(
        {
            "key": "q",
            "kind": "scored",
            "score": "s",
            "options": [{"key": "a", "label": "A", "points": 1.5}, *OPTIONS[1:]],
        },
        scores=[
            {
                "key": "s",
                "label": "S",
                "bands": [{"least": 0, "most": 1, "label": "x"}, {"least": 2, "most": 3, "label": "y"}],
            }
        ],
    )
    assert answering.scores(asked, {"q": "a"})[0].band == ""


def test_progress_counts_what_must_be_answered_and_is_shown():
    assert answering.progress(FORM, {}) == answering.Progress(0, 3)
    assert answering.progress(FORM, {"takes": True, "name": " "}) == answering.Progress(1, 4)


ONE = {"key": "one", "kind": "yes_no"}
SCORED = {"key": "q", "kind": "scored", "score": "s", "options": OPTIONS}
SCORE = {"key": "s", "label": "S"}


@pytest.mark.parametrize(
    ("fields", "scores", "key"),
    [
        ([ONE, ONE], [], "one"),
        ([{"key": "two", "kind": "text", "show_when": {"field": "one", "value": "yes"}}, ONE], [], "two"),
        ([{"key": "two", "kind": "text", "show_when": {"field": "two", "value": "yes"}}], [], "two"),
        ([{"key": "two", "kind": "text", "show_when": {"field": "gone", "value": "yes"}}], [], "two"),
        ([ONE, {"key": "two", "kind": "text", "show_when": {"field": "one", "value": "maybe"}}], [], "two"),
        ([{"key": "two", "kind": "choice", "options": OPTIONS[:1]}], [], "two"),
        ([{"key": "two", "kind": "choices", "options": OPTIONS[:1] * 2}], [], "two"),
        ([{"key": "n", "kind": "number", "least": 2, "most": 1}], [], "n"),
        ([SCORED], [], "q"),
        ([ONE], [SCORE], "s"),
        ([SCORED], [SCORE, SCORE], "s"),
        ([SCORED], [{**SCORE, "bands": [{"least": 2, "most": 1, "label": "x"}]}], "s"),
        (
            [SCORED],
            [{**SCORE, "bands": [{"least": 0, "most": 1, "label": "x"}, {"least": 1, "most": 2, "label": "y"}]}],
            "s",
        ),
    ],
)
def test_what_cannot_be_a_form(fields, scores, key):
    assert problems(form(*fields, scores=scores)).keys() == {key}
    assert problems(FORM) == {}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from([field.key for field in FORM.fields]), VALUES, max_size=6))
def test_whatever_is_sent_is_judged_and_what_is_right_can_be_counted(answers):
    wrong = answering.wrong_types(FORM, answers)
    right = {key: value for key, value in answers.items() if key not in wrong}
    assert answering.wrong_types(FORM, answering.kept(FORM, right)) == {}
    assert answering.progress(FORM, right).done <= answering.progress(FORM, right).total
    assert len(answering.scores(FORM, right)) == 1
