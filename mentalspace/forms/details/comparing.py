"""What the chart says now, beside what answers would make of it. Reads only; `taking` writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mentalspace.clients.models import Client, EmergencyContact
from mentalspace.clients.schemas import ClientIn, ContactIn
from mentalspace.core.fields import e164
from mentalspace.forms import answering
from mentalspace.forms.details.fields import CLIENT, CONTACT, Detail
from mentalspace.forms.models import FormAssignment, FormResponse
from mentalspace.forms.spec import FormDefinition, FormField

NO_NUMBER = "This is no telephone number."
NO_CONTACT = "An emergency contact needs a name and a telephone number."
DOES_NOT_FIT = "This is longer than the chart keeps, or holds a character that it cannot keep."
NO_ADDRESS = "This is not an e-mail address."


@dataclass(frozen=True)
class Offer:
    """A detail that was answered. `now` is what the chart says and `becomes` what it would say, both as they are read;
    `wrong` why the answer cannot be taken over, or empty; `values` what would be written."""

    what: Detail
    label: str
    now: str
    becomes: str
    wrong: str
    values: dict[str, str]
    contact: EmergencyContact | None = None

    @property
    def is_news(self) -> bool:
        """Taking it over would change something. Two ways to write one telephone number are the same."""
        return self.wrong != "" or _plain(self.now) != _plain(self.becomes)


def offers(form: FormAssignment, response: FormResponse, client: Client) -> list[Offer]:
    """Everything in what was sent that has a place in the chart, also what is there already."""
    answers = _answers(form, response)
    found = [_of_client(client, name, answers[name]) for name in CLIENT if name in answers]
    contact = {part: answers[name] for name, part in CONTACT.items() if name in answers}
    return [*found, *([_of_contact(client, contact)] if contact else [])]


def _answers(form: FormAssignment, response: FormResponse) -> dict[str, str]:
    """By the detail that it fills, each answer in words."""
    definition = FormDefinition.model_validate(form.template.definition)
    return {
        field.fills: _in_words(field, response.answers[field.key])
        for field in answering.shown(definition, response.answers)
        if field.fills and answering.is_answered(field, response.answers.get(field.key))
    }


def _in_words(field: FormField, answer: str) -> str:
    options = {option.key: option.label for option in field.options}
    return " ".join(options.get(answer, answer).split())


def _of_client(client: Client, name: str, answer: str) -> Offer:
    wrong = next(_wrong(ClientIn, name, answer), "")
    return Offer(name, CLIENT[name], getattr(client, name), answer, wrong, {name: answer})  # type: ignore[arg-type]


def _of_contact(client: Client, said: dict[str, str]) -> Offer:
    """The contact of this name as it would be; another one where there is none."""
    rows = client.emergency_contacts.order_by("created_at", "id")
    name = said.get("name", "").casefold()
    before = next((row for row in rows if row.name.casefold() == name), None)
    values = {part: said.get(part) or (getattr(before, part) if before else "") for part in CONTACT.values()}
    problems = [sentence for part, answer in said.items() for sentence in _wrong(ContactIn, part, answer)]
    if not values["name"] or not values["phone"]:
        problems = [NO_CONTACT]
    now = _contact_in_words({part: getattr(before, part) for part in CONTACT.values()}) if before else ""
    wrong = problems[0] if problems else ""
    return Offer("contact", "Emergency contact", now, _contact_in_words(values), wrong, values, before)


def _contact_in_words(values: dict[str, str]) -> str:
    return ", ".join(filter(None, (values["name"], values["relationship"], values["phone"])))


def _wrong(shape: Any, name: str, answer: str) -> Iterator[str]:
    """Why the chart would not keep this: what the clients' own shape refuses, and numbers that nobody could call."""
    info = shape.model_fields[name]
    try:
        TypeAdapter(info.rebuild_annotation()).validate_python(answer)
    except ValidationError:
        yield NO_ADDRESS if name == "email" else DOES_NOT_FIT
    if name in ("phone", "primary_phone") and not _is_number(answer):
        yield NO_NUMBER


def _is_number(text: str) -> bool:
    try:
        e164(text)
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """To compare: a telephone number as carriers have it, whatever stands before it."""
    *before, last = text.split(", ")
    return ", ".join((*before, e164(last) if _is_number(last) else last))
