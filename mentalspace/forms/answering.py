"""Answers held against the form they were given to. Pure functions, used while a form is filled and when it is sent.

An answer is, by the kind of its question: a text; a number; true or false; a date as YYYY-MM-DD; the key of an option,
or a list of them; for a signature or a consent `{"name": …, "date": …, "signed": true}`; for files a list of their ids.
What was not answered is not there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentalspace.forms.spec import FormDefinition, FormField, FormScore

Answers = Mapping[str, Any]

LONGEST = {"text": 500, "long_text": 20_000}
"""Characters."""

BIGGEST = 10**12
SIGNED = ("signature", "consent")
MISSING = {"signature": "Sign here.", "consent": "Sign here.", "file": "Add a file here."}
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Scored:
    """What a score came to. `total` is None while one of its questions that is shown has no answer."""

    key: str
    label: str
    total: float | None
    missing: int
    band: str


@dataclass(frozen=True)
class Progress:
    """How many of the questions that must be answered are."""

    done: int
    total: int


def shown(definition: FormDefinition, answers: Answers) -> list[FormField]:
    """The questions and headings that these answers let be seen. What depends on a hidden question is hidden."""
    seen: dict[str, FormField] = {}
    for field in definition.fields:
        when = field.show_when
        if when is None or (when.field in seen and _meets(when.test, when.value, answers.get(when.field))):
            seen[field.key] = field
    return list(seen.values())


def wrong_types(definition: FormDefinition, answers: Answers) -> dict[str, list[str]]:
    """What no question of this form could be answered with, by key; also answers to what it does not ask."""
    asked = {field.key: field for field in definition.fields if field.kind != "heading"}
    found = {}
    for key, value in answers.items():
        if key not in asked:
            found[key] = ["This form does not ask that."]
        elif sentence := KINDS[asked[key].kind](asked[key], value):
            found[key] = [sentence]
    return found


def unready(definition: FormDefinition, answers: Answers) -> dict[str, list[str]]:
    """Why these answers cannot be sent yet, by key: of what is shown, what is missing or out of bounds."""
    found = {}
    for field in shown(definition, answers):
        if field.required and not is_answered(field, answers.get(field.key)):
            found[field.key] = [MISSING.get(field.kind, "This needs an answer.")]
        elif sentence := _out_of_bounds(field, answers.get(field.key)):
            found[field.key] = [sentence]
    return found


def kept(definition: FormDefinition, answers: Answers) -> dict[str, Any]:
    """What remains when the form is sent: answers to the questions that are shown, and no empty ones."""
    fields = shown(definition, answers)
    return {field.key: answers[field.key] for field in fields if is_answered(field, answers.get(field.key))}


def progress(definition: FormDefinition, answers: Answers) -> Progress:
    must = [field for field in shown(definition, answers) if field.required and field.kind != "heading"]
    return Progress(sum(is_answered(field, answers.get(field.key)) for field in must), len(must))


def scores(definition: FormDefinition, answers: Answers) -> list[Scored]:
    """Each score of the form. Nothing is guessed for an answer that is missing, and nothing is rounded."""
    fields = [field for field in shown(definition, answers) if field.kind == "scored"]
    return [
        _scored(score, [field for field in fields if field.score == score.key], answers) for score in definition.scores
    ]


def is_answered(field: FormField, value: Any) -> bool:
    """A signature counts once it is named, dated and ticked; "no" and 0 are answers."""
    if field.kind == "heading":
        return False
    if field.kind in SIGNED:
        return isinstance(value, dict) and bool(value.get("name", "").strip() and value.get("date") and value["signed"])
    return value is not None and value != [] and not (isinstance(value, str) and not value.strip())


def _scored(score: FormScore, fields: list[FormField], answers: Answers) -> Scored:
    points = {field.key: {option.key: option.points for option in field.options} for field in fields}
    given = [points[field.key][answers[field.key]] for field in fields if is_answered(field, answers.get(field.key))]
    missing = len(fields) - len(given)
    total = sum(given) if fields and not missing else None
    bands = (band.label for band in score.bands if total is not None and band.least <= total <= band.most)
    return Scored(score.key, score.label, total, missing, next(bands, ""))


def _meets(test: str, value: str, answer: Any) -> bool:
    if isinstance(answer, bool):
        return value == ("yes" if answer else "no")
    if isinstance(answer, list):
        return answer == [value] if test == "is" else value in answer
    if isinstance(answer, str):
        given, wanted = answer.strip().casefold(), value.strip().casefold()
        return wanted in given if test == "contains" else given == wanted
    return False


def _out_of_bounds(field: FormField, value: Any) -> str | None:
    if field.kind != "number" or value is None:
        return None
    if field.least is not None and value < field.least:
        return f"The smallest number here is {field.least:g}."
    if field.most is not None and value > field.most:
        return f"The largest number here is {field.most:g}."
    return None


def _text(field: FormField, value: Any) -> str | None:
    if not isinstance(value, str) or not _is_storable(value):
        return "This is no text that can be stored."
    most = LONGEST[field.kind]
    return f"At most {most} characters." if len(value) > most else None


def _number(field: FormField, value: Any) -> str | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return None if is_number and abs(value) <= BIGGEST else "This is no number."  # NaN is not below anything


def _yes_no(field: FormField, value: Any) -> str | None:
    return None if isinstance(value, bool) else "This is neither yes nor no."


def _date(field: FormField, value: Any) -> str | None:
    return None if _is_date(value) else "This is no date."


def _choice(field: FormField, value: Any) -> str | None:
    return None if value in [option.key for option in field.options] else "This is not one of the answers."


def _choices(field: FormField, value: Any) -> str | None:
    keys = [option.key for option in field.options]
    is_list = isinstance(value, list) and all(each in keys for each in value)
    return None if is_list and len(set(value)) == len(value) else "These are not answers to choose from."


def _files(field: FormField, value: Any) -> str | None:
    """Which files there are, and whose, only the database knows."""
    if not isinstance(value, list) or not all(isinstance(each, str) and ID.fullmatch(each) for each in value):
        return "These are no files."
    if len(set(value)) < len(value):
        return "The same file stands here twice."
    return f"At most {field.most_files} files." if len(value) > field.most_files else None


def _signature(field: FormField, value: Any) -> str | None:
    is_whole = isinstance(value, dict) and value.keys() == {"name", "date", "signed"}
    if not is_whole or not isinstance(value["name"], str) or not isinstance(value["signed"], bool):
        return "This is no signature."
    if len(value["name"]) > 200 or not _is_storable(value["name"]):
        return "This name cannot be stored."
    return None if value["date"] == "" or _is_date(value["date"]) else "This is no date."


KINDS: dict[str, Callable[[FormField, Any], str | None]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "yes_no": _yes_no,
    "date": _date,
    "choice": _choice,
    "scored": _choice,
    "choices": _choices,
    "signature": _signature,
    "consent": _signature,
    "file": _files,
}


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_storable(text: str) -> bool:
    """As `core.fields.Storable`: neither NUL nor half a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
