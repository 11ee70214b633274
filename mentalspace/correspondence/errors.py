"""What may be wrong when somebody works on the outbox."""

from mentalspace.core.errors import Refusal


class NothingToRetry(Refusal):
    code, status = "nothing_to_retry", 409
    message = "This message has been sent or called off meanwhile. Nothing was changed."


class BeingSent(Refusal):
    code, status = "being_sent", 409
    message = "This message is being sent at this moment. Nothing was changed; look again in a few minutes."


class NotConnected(Refusal):
    code, status = "not_connected", 409
    message = "No account with this provider is connected any more. Nothing was changed."


class NotLifted(Refusal):
    code, status = "not_lifted", 409
    message = "Only a returned address is lifted here: whoever wrote STOP or complained must ask for messages again."
