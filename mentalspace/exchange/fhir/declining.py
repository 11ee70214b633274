"""Saying no to one resource, with a reason for the report."""


class Declined(Exception):
    """Valid FHIR that we do not take. `reason` groups the report, so it names a rule and never a value.

    `is_supported` is False for what this product does not import at all.
    """

    def __init__(self, reason: str, *, is_supported: bool = True) -> None:
        self.reason, self.is_supported = reason, is_supported
        super().__init__(reason)
