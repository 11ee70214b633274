"""What the places of a template become: from the record where it is known, else as it was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentalspace.clients.models import Client
from mentalspace.core.errors import BadInput
from mentalspace.core.printing.words import is_seen, long_date, one_line
from mentalspace.documents.templates import text
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

UNANSWERED = "Say what belongs here. Nothing is printed with a gap."


def known(client: Client, clinician: Profile | None, practice: Practice, today: date) -> dict[str, str]:
    """Each variable's value; those that the record does not tell are left out."""
    told = {
        "client_name": " ".join((client.first_name, client.middle_name, client.last_name, client.suffix)),
        "client_preferred_name": client.preferred_name or client.first_name,
        "client_date_of_birth": long_date(client.date_of_birth),
        "clinician_name": clinician.full_name if clinician else "",
        "clinician_credentials": clinician.credentials if clinician else "",
        "practice_name": practice.name,
        "practice_address": practice.one_line_address,
        "practice_phone": practice.phone,
        "date": long_date(today),
    }
    return {name: line for name, value in told.items() if (line := one_line(value))}


@dataclass(frozen=True, slots=True)
class Filled:
    """A template's text with what is known of its places, and what still has to be asked for."""

    blocks: list[text.Block]
    values: Mapping[str, str]
    asked: list[str]

    @property
    def questions(self) -> list[dict[str, str]]:
        return [{"key": slot, "label": text.label_of(slot)} for slot in self.asked]

    def runs(self) -> list[dict[str, Any]]:
        """The `BlockOut`s. What was filled in keeps its line ends and is never read as anything else."""
        return [{"kind": one.kind, "lines": [[*map(self._run, line)] for line in one.lines]} for one in self.blocks]

    def require(self) -> None:
        """Raises BadInput, naming each question that has no answer."""
        gaps = {slot: [UNANSWERED] for slot in self.asked if not is_seen(self.values[slot])}
        if gaps:
            raise BadInput(fields=gaps)

    def _run(self, piece: text.Piece) -> dict[str, Any]:
        said = self.values.get(piece.slot, "") if piece.slot else piece.text
        return {"text": said, "is_bold": piece.is_bold, "slot": piece.slot}


def filled(body: str, told: Mapping[str, str], answers: Mapping[str, str]) -> Filled:
    """What the record tells is not overridden by an answer."""
    wanted = text.slots(body)
    asked = [slot for slot in wanted if slot not in told]
    values = {slot: answers.get(slot, "").strip() for slot in asked} | {
        slot: told[slot] for slot in wanted if slot in told
    }
    return Filled(text.blocks(body), values, asked)


def checked(body: str) -> str:
    """The text with one kind of line ends. Raises BadInput with every place that cannot be used."""
    plain = body.replace("\r\n", "\n").replace("\r", "\n")
    if problems := text.problems(plain):
        raise BadInput(fields={"body": problems})
    return plain


def with_examples(body: str) -> Filled:
    """For whoever writes it: every place filled with something invented."""
    return filled(body, {slot: text.example_of(slot) for slot in text.slots(body)}, {})
