"""What emergency access refuses, and how it says so."""

from mentalspace.core.errors import NotAllowed, Refusal


class ClientNotMatched(Refusal):
    code, status = "client_not_matched", 404
    message = "No client here has this record number and this date of birth. Check both; nothing was opened."


class ChartIsOpenToYou(Refusal):
    code, status = "chart_is_open_to_you", 409
    message = "You can open this chart already, without emergency access. Look for it under Clients."


class TooManyRunning(Refusal):
    code, status = "too_many_running", 409
    message = "Three emergency accesses of yours are running. End one of them before you open another chart."


class StillRunning(Refusal):
    code, status = "still_running", 409
    message = "This access is still running. End it first, or review it when it has ended by itself."


class AlreadyReviewed(Refusal):
    code, status = "already_reviewed", 409
    message = "Somebody has reviewed this access already. Reload to see what they found."


class ReviewedByAnother(NotAllowed):
    code = "reviewed_by_another"
    message = "Nobody reviews their own emergency access: an administrator or a supervisor does."
