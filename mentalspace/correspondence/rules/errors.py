"""What may be wrong when somebody works on a rule."""

from mentalspace.core.errors import Refusal


class RuleChangedElsewhere(Refusal):
    code, status = "rule_changed_elsewhere", 409
    message = "Not saved: somebody changed this rule in the meantime. Reload to see it; your entries are kept here."


class NoSuchAddress(Refusal):
    code, status = "no_such_address", 409
    message = "Not sent: your own profile has no telephone number that texts can be sent to."
