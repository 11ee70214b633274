"""Which details of a chart an answer may become, declared as data.

Not among them: the legal name, the date of birth and insurance. They say who somebody is, or who pays, so a person
looks at a card or a document before they change.
"""

from typing import Literal

ChartField = Literal[
    "preferred_name",
    "pronouns",
    "gender",
    "primary_phone",
    "email",
    "street1",
    "city",
    "state",
    "zip_code",
    "contact_name",
    "contact_relationship",
    "contact_phone",
]
"""What a question may fill. The last three make one emergency contact together."""

CLIENT: dict[str, str] = {
    "preferred_name": "Preferred name",
    "pronouns": "Pronouns",
    "gender": "Gender",
    "primary_phone": "Telephone",
    "email": "E-mail",
    "street1": "Street",
    "city": "City",
    "state": "State",
    "zip_code": "ZIP code",
}
"""Fields of `ClientIn`, by the names the chart gives them."""

CONTACT = {"contact_name": "name", "contact_relationship": "relationship", "contact_phone": "phone"}
"""Fields of `ContactIn`, by what fills them."""

Detail = Literal[
    "preferred_name",
    "pronouns",
    "gender",
    "primary_phone",
    "email",
    "street1",
    "city",
    "state",
    "zip_code",
    "contact",
]
"""What a reviewer takes over or leaves: a field of the client, or the emergency contact as a whole."""

KINDS = ("text", "choice")
"""Kinds of question whose answer is a word or a line, as these details are."""
