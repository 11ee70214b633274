"""Kinds of text and numbers that come in over the API."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, Field, StringConstraints


def _email(value: str) -> str:
    if value:
        try:
            validate_email(value)
        except ValidationError:
            raise ValueError("This is not an e-mail address.") from None
    return value


def _storable(value: str) -> str:
    """PostgreSQL holds neither a NUL nor half a surrogate pair, and would quote the text in its log to say so."""
    if "\0" in value or (not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value)):
        raise ValueError("This holds a character that cannot be stored.")
    return value


Storable = AfterValidator(_storable)
"""For free text: add it to the annotation."""

Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), Storable, AfterValidator(_email)]
"""An e-mail address, or empty."""

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""The version of a row that a change was built on; as far as its column counts."""
