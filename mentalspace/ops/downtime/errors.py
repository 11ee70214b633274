"""What may be wrong when somebody turns the switch of downtime."""

from mentalspace.core.errors import Refusal


class AlreadyReadOnly(Refusal):
    code, status = "already_read_only", 409
    message = "The product is read-only already: somebody else has turned the switch. Nothing was changed."


class NotReadOnly(Refusal):
    code, status = "not_read_only", 409
    message = "The product is not read-only any more: somebody else has ended it. Nothing was changed."


class OperatorsSwitch(Refusal):
    code, status = "operators_switch", 409
    message = (
        "The operator has made the whole installation read-only. It ends on the machine, by `mentalspace downtime off`."
    )
