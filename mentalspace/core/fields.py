"""Kinds of text and numbers that come in over the API."""

from typing import Annotated

import phonenumbers
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


def e164(text: str) -> str:
    """A telephone number as carriers want it. Without a country it is one of the United States. Raises ValueError."""
    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValueError("This is no telephone number. Enter one like +1 518 555 0100.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _storable(value: str) -> str:
    """PostgreSQL holds neither a NUL nor half a surrogate pair, and would quote the text in its log to say so."""
    if "\0" in value or (not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value)):
        raise ValueError("This holds a character that cannot be stored.")
    return value


Storable = AfterValidator(_storable)
"""For free text: add it to the annotation."""

Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), Storable, AfterValidator(_email)]
"""An e-mail address, or empty."""

Telephone = Annotated[str, StringConstraints(max_length=30), Storable, AfterValidator(lambda text: text and e164(text))]
"""A telephone number in E.164, or empty."""

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""The version of a row that a change was built on; as far as its column counts."""
