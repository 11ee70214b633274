"""Whether a rule's conditions hold for what was found. Pure: no database, no clock.

A condition is `{"field", "operator", "value"}`; all of them must hold. What is not known is equal to nothing, contains
nothing and is neither greater nor less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mentalspace.correspondence.rules.vocabulary import Operator

Value = str | float | int | None

TEXT, NUMBER, CHOICE = "text", "number", "choice"
O = Operator  # noqa: E741 - a table reads better
UNARY: Final = (O.IS_NULL, O.IS_NOT_NULL)
OPERATORS: Final[dict[str, tuple[Operator, ...]]] = {
    TEXT: (O.EQUALS, O.NOT_EQUALS, O.CONTAINS, O.NOT_CONTAINS, *UNARY),
    NUMBER: (O.EQUALS, O.NOT_EQUALS, O.GREATER, O.LESS, *UNARY),
    CHOICE: (O.EQUALS, O.NOT_EQUALS),
}
"""By kind of field, what may be asked of it."""

MOST: Final = 10
LONGEST: Final = 200


@dataclass(frozen=True)
class Field:
    """Something a condition may ask about: its name to people, its kind, and for a choice what there is."""

    label: str
    kind: str
    choices: tuple[str, ...] = ()


def problem(fields: Mapping[str, Field], conditions: Sequence[Mapping[str, Any]]) -> str | None:
    """Why these conditions cannot be used, as a sentence; None when they can."""
    if len(conditions) > MOST:
        return f"At most {MOST} conditions."
    return next((found for one in conditions if (found := _problem(fields, one))), None)


def _problem(fields: Mapping[str, Field], condition: Mapping[str, Any]) -> str | None:
    field = fields.get(condition["field"])
    if field is None:
        return f"There is no “{condition['field']}” to ask about here."
    if condition["operator"] not in OPERATORS[field.kind]:
        return f"{field.label} cannot be asked that way."
    value = condition.get("value")
    if condition["operator"] in UNARY:
        return None
    if value is None or value == "":
        return f"{field.label}: enter what to compare with."
    if field.kind == NUMBER and _number(value) is None:
        return f"{field.label} is a number."
    if field.kind == CHOICE and value not in field.choices:
        return f"{field.label} is never “{value}”."
    return None


def hold(fields: Mapping[str, Field], conditions: Sequence[Mapping[str, Any]], values: Mapping[str, Value]) -> bool:
    """Whether all of them do. One about a field that is no more does not."""
    return all(one["field"] in fields and _holds(fields[one["field"]], one, values) for one in conditions)


def _holds(field: Field, condition: Mapping[str, Any], values: Mapping[str, Value]) -> bool:
    value, operator = values.get(condition["field"]), Operator(condition["operator"])
    is_known = value is not None and value != ""
    if operator in UNARY:
        return is_known == (operator is O.IS_NOT_NULL)
    if field.kind == NUMBER:
        return _compare(operator, _number(value), _number(condition["value"]))
    ours, theirs = str(value or "").casefold(), str(condition["value"]).casefold()
    found = is_known and (theirs in ours if operator in (O.CONTAINS, O.NOT_CONTAINS) else ours == theirs)
    return found == (operator in (O.EQUALS, O.CONTAINS))


def _compare(operator: Operator, ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return operator is O.NOT_EQUALS
    return {
        O.EQUALS: ours == theirs,
        O.NOT_EQUALS: ours != theirs,
        O.GREATER: ours > theirs,
        O.LESS: ours < theirs,
    }[operator]


def _number(value: object) -> float | None:
    try:
        found = float(str(value))
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None
