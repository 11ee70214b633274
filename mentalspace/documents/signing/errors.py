"""What signing refuses, and how it says so."""

from mentalspace.core.errors import Refusal


class NotToBeSigned(Refusal):
    code, status = "not_to_be_signed", 409
    message = "Only the latest version of an active PDF can be sent for signature."


class OutForSignature(Refusal):
    code, status = "out_for_signature", 409
    message = "This document is out for signature. Withdraw the request first; signatures given so far are then void."


class AlreadySigned(Refusal):
    code, status = "document_signed", 409
    message = "This document is signed and stays as it is. Add what is new as a document of its own."


class NotYourTurn(Refusal):
    code, status = "not_your_turn", 409
    message = "You are asked once those before you have signed. You will be told."


class RequestOver(Refusal):
    code, status = "signature_request_over", 409
    message = "Nothing was signed: this request has ended in the meantime."


class AlreadyAnswered(Refusal):
    code, status = "already_answered", 409
    message = "You have answered this request already."


class NotAsked(Refusal):
    code, status = "not_asked_to_sign", 403
    message = "You are not asked to sign this document."


class NoLongerEntitled(Refusal):
    code, status = "authority_ended", 403
    message = "Nothing was signed: the practice's record no longer says that you may sign for this client."


class LeftTheChart(Refusal):
    code, status = "left_the_chart", 403
    message = "Nothing was signed: you are no longer among those who treat this client or keep the chart."


class OtherDocument(Refusal):
    code, status = "other_document", 409
    message = "Nothing was signed: the file is not the one you looked at. Open it again."


class NobodyToRemind(Refusal):
    code, status = "nobody_to_remind", 409
    message = "Nobody was reminded: there is no e-mail address in the chart to send the link to. Add one first."


class NoCopyToSend(Refusal):
    code, status = "no_copy_to_send", 409
    message = "Nothing was sent: links give a signed copy for 30 days from when it was made. Give it by another way."


class NoCopyToMake(Refusal):
    code, status = "no_copy_to_make", 409
    message = "The signed copy is there already, or is being made. Nothing was changed."
