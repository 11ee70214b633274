"""The one error type of the product. Apps subclass it; the API turns it into problem+json and rolls back."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A request that was understood and is not granted.

    `code` is for programs, `message` for people: it says what happened, what was kept and what to do, and
    never holds health information. `data` is JSON that helps the client recover; `fields` names bad inputs.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: str = "This cannot be done."

    def __init__(
        self,
        message: str | None = None,
        *,
        data: dict[str, Any] | None = None,
        fields: dict[str, list[str]] | None = None,
    ) -> None:
        self.message = message or self.message
        self.data = data or {}
        self.fields = fields or {}
        super().__init__(self.message)


class NotAllowed(Refusal):
    """The person may see the thing, and may not do this to it."""

    code, status, message = "not_allowed", 403, "Your role does not allow this."


class BadInput(Refusal):
    """A value is well formed and still not acceptable; `fields` says which and why."""

    code, status, message = "bad_input", 422, "Some of what was entered cannot be used."


class ReadOnly(Refusal):
    """Nothing is changed for a while, whoever asks; `data` says why and until when, where it is known."""

    code, status = "read_only", 503
    message = (
        "The product is read-only for a while, so nothing was saved. Keep this page open: what you typed stays here,"
        " and can be saved when it is over."
    )
