"""What may be wrong when somebody words a message."""

from mentalspace.core.errors import Refusal


class WordingChangedElsewhere(Refusal):
    code, status = "wording_changed_elsewhere", 409
    message = "Not saved: somebody changed this wording in the meantime. Reload to see it; your entries are kept here."


class NoSuchAddress(Refusal):
    code, status = "no_such_address", 409
    message = "Not sent: your own profile has no telephone number that texts can be sent to."
