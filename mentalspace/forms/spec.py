"""What a form consists of: the one shape in which a template's definition is stored, sent and read.

`problems` are the rules beyond shape: keys are unique, a question is shown only because of an earlier one, what is
scored belongs to a score, and the bands of a score do not overlap.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable
from mentalspace.forms.details.fields import CONTACT, KINDS, ChartField

Kind = Literal[
    "heading",
    "text",
    "long_text",
    "choice",
    "choices",
    "date",
    "yes_no",
    "number",
    "signature",
    "scored",
    "consent",
    "file",
]
Consent = Literal["treatment", "privacy", "electronic", "telehealth", "recording", "financial", "research"]
"""What a form can ask agreement to. A release of information is not among them: it says to whom and of what, for each
client anew, so it is recorded in the chart, with the form that shows it."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Storable]
Quantity = Annotated[float, Field(allow_inf_nan=False, ge=-1_000_000, le=1_000_000)]

MOST_FIELDS, MOST_OPTIONS, MOST_SCORES, MOST_FILES = 200, 50, 20, 10
MOST_FILES_OF_FORM = 30
"""What all questions of a form may ask for together."""

WITH_OPTIONS = ("choice", "choices", "scored")
CONDITIONAL_ON = ("choice", "choices", "yes_no", "scored", "text")
"""Kinds of question on whose answer another may depend."""


class FormOption(Schema):
    """One answer to choose. `points` count where the question is scored."""

    key: Key
    label: Label
    points: Quantity = 0


class FormCondition(Schema):
    """Show the question when an earlier one `is` this answer, or `contains` it: an option's key, "yes" or "no"; for a
    text question its words, whatever their capitals."""

    field: Key
    test: Literal["is", "contains"] = "is"
    value: Annotated[str, StringConstraints(min_length=1, max_length=200), Storable]


class FormField(Schema):
    """A question, or a heading over those that follow. What a kind has no use for is left as it is by default.

    `help` of a consent are the words that are agreed to; it is good for so many `months`, or does not end, and may be
    `expected` of every client. `fills` names the detail of the chart that a reviewer may take the answer over into. A
    question for a file takes up to `most_files`.
    """

    key: Key
    kind: Kind
    label: Label
    help: Annotated[str, StringConstraints(max_length=20_000), Storable] = ""
    required: bool = False
    options: Annotated[list[FormOption], Field(max_length=MOST_OPTIONS)] = []
    score: Key | None = None
    least: Quantity | None = None
    most: Quantity | None = None
    show_when: FormCondition | None = None
    consent: Consent | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    expected: bool = False
    fills: ChartField | None = None
    most_files: Annotated[int, Field(ge=1, le=MOST_FILES)] = 3


class FormBand(Schema):
    """What a total from `least` to `most`, both included, is called."""

    least: Quantity
    most: Quantity
    label: Label


class FormScore(Schema):
    """A sum of points, by name, and what it means."""

    key: Key
    label: Label
    bands: Annotated[list[FormBand], Field(max_length=20)] = []


class FormDefinition(Schema):
    """A whole form."""

    fields: Annotated[list[FormField], Field(max_length=MOST_FIELDS)] = []
    scores: Annotated[list[FormScore], Field(max_length=MOST_SCORES)] = []


def problems(definition: FormDefinition) -> dict[str, list[str]]:
    """Why this cannot be a form, by the key of the question or the score; empty when it can."""
    found: dict[str, list[str]] = {}
    for key, sentence in _wrong(definition):
        found.setdefault(key, []).append(sentence)
    return found


def _wrong(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    earlier: dict[str, FormField] = {}
    scores = {score.key for score in definition.scores}
    for field in definition.fields:
        if field.key in earlier:
            yield field.key, "Two questions have this key."
        if field.kind == "consent" and field.consent in {each.consent for each in earlier.values()}:
            yield field.key, "The form asks for this consent already."
        if field.fills and field.fills in {each.fills for each in earlier.values()}:
            yield field.key, "Another question fills this in the chart already."
        for sentence in (*_wrong_alone(field, scores), *_wrong_condition(field, earlier, definition)):
            yield field.key, sentence
        earlier[field.key] = field
    yield from _wrong_scores(definition)
    yield from _wrong_contact(definition)
    yield from _wrong_files(definition)


def _wrong_alone(field: FormField, scores: set[str]) -> Iterator[str]:
    keys = [option.key for option in field.options]
    if field.kind in WITH_OPTIONS and len(keys) < 2:
        yield "Give at least two answers to choose from."
    if len(set(keys)) < len(keys):
        yield "Two of its answers have the same key."
    if field.kind == "scored" and field.score not in scores:
        yield "Choose the score its points count for."
    if field.kind == "consent" and field.consent is None:
        yield "Choose what is agreed to."
    if field.kind == "consent" and not field.help.strip():
        yield "Write down the words that are agreed to."
    if field.fills and field.kind not in KINDS:
        yield "Only a short text or one of several can fill a detail of the chart."
    if field.least is not None and field.most is not None and field.least > field.most:
        yield "The smallest number is above the largest."


def _wrong_contact(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    """Nobody can be called who has no name, or no number."""
    filled = {field.fills: field.key for field in definition.fields if field.fills in CONTACT}
    if filled and not {"contact_name", "contact_phone"} <= filled.keys():
        yield next(iter(filled.values())), "An emergency contact needs a question for the name and one for the number."


def _wrong_files(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    asking = [field for field in definition.fields if field.kind == "file"]
    if sum(field.most_files for field in asking) > MOST_FILES_OF_FORM:
        yield asking[-1].key, f"The questions of a form ask for {MOST_FILES_OF_FORM} files together at most."


def _wrong_condition(field: FormField, earlier: dict[str, FormField], definition: FormDefinition) -> Iterator[str]:
    when = field.show_when
    if when is None:
        return
    asked = earlier.get(when.field)
    if when.field == field.key:
        yield "A question cannot depend on itself."
    elif asked is None and any(each.key == when.field for each in definition.fields):
        yield "A question can only depend on one that comes before it."
    elif asked is None:
        yield "The question it depends on is not in this form."
    elif asked.kind not in CONDITIONAL_ON:
        yield "The question it depends on has no answer that could be compared."
    elif asked.kind in WITH_OPTIONS and when.value not in {option.key for option in asked.options}:
        yield "The answer it depends on is not one of that question's."
    elif asked.kind == "yes_no" and when.value not in ("yes", "no"):
        yield "The answer it depends on is yes or no."


def _wrong_scores(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    keys = [score.key for score in definition.scores]
    counted = {field.score for field in definition.fields if field.kind == "scored"}
    for score in definition.scores:
        if keys.count(score.key) > 1:
            yield score.key, "Two scores have this key."
        if score.key not in counted:
            yield score.key, "No question counts for this score."
        ordered = sorted(score.bands, key=lambda band: band.least)
        if any(band.least > band.most for band in ordered):
            yield score.key, "A band ends before it begins."
        if any(one.most >= other.least for one, other in pairwise(ordered)):
            yield score.key, "Two bands overlap."
