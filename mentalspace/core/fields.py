"""Kinds of text that come in over the API."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, StringConstraints


def _email(value: str) -> str:
    if value:
        try:
            validate_email(value)
        except ValidationError:
            raise ValueError("This is not an e-mail address.") from None
    return value


Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
"""An e-mail address, or empty."""


def _storable(value: str) -> str:
    """PostgreSQL holds neither a NUL nor half a surrogate pair, and would quote the text in its log to say so."""
    if "\0" in value or (not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value)):
        raise ValueError("This holds a character that cannot be stored.")
    return value


Storable = AfterValidator(_storable)
"""For free text: add it to the annotation."""
