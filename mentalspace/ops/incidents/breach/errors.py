"""What may be wrong when somebody looks into a breach."""

from mentalspace.core.errors import Refusal


class AlreadyDeclared(Refusal):
    code, status = "already_declared", 409
    message = "Somebody has said already that this may be a breach. Reload to see it."


class BreachDecided(Refusal):
    code, status = "breach_decided", 409
    message = "Not changed: this was decided, and stays as it is."


class NobodyToTell(Refusal):
    code, status = "nobody_to_tell", 409
    message = "Not saved: people are told once it was decided that it was a breach."


class ExtractTooLong(Refusal):
    code, status = "extract_too_long", 409
    message = "Nothing was kept: these are more than 50,000 lines. Narrow what you look for."
