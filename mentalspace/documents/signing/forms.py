"""What a signer's form sends, as it may be kept."""

from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from mentalspace.core.errors import BadInput
from mentalspace.documents.signing.rules import Drawing
from mentalspace.documents.signing.schemas import Drawn

DRAWN: TypeAdapter[Drawing] = TypeAdapter(Drawn)
CONTROLS = dict.fromkeys(range(32), " ")


def words_in(form: Mapping[str, str], field: str, longest: int) -> str:
    """A text of the form on one line. Raises BadInput when there is none, or too much."""
    said = " ".join(form.get(field, "").translate(CONTROLS).split())
    if not said:
        raise BadInput(fields={field: ["Please fill this in."]})
    if len(said) > longest:
        raise BadInput(fields={field: [f"Please use at most {longest} letters."]})
    return said


def drawing_in(form: Mapping[str, str]) -> Drawing | None:
    """The strokes that the pen left in the form, if it was used. Raises BadInput."""
    sent = form.get("drawing", "")
    if not sent:
        return None
    try:
        return DRAWN.validate_json(sent)
    except ValidationError:
        raise BadInput(fields={"drawing": ["This drawing could not be read. Clear it and draw it again."]}) from None
