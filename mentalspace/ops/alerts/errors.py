"""What may be wrong when somebody works on alerts."""

from mentalspace.core.errors import Refusal


class AlreadyTaken(Refusal):
    code, status = "already_taken", 409
    message = "Somebody else has taken this alert on meanwhile. Nothing was changed."


class AlreadyOver(Refusal):
    code, status = "already_over", 409
    message = "This alert is over: it was resolved meanwhile. Nothing was changed."


class AlertRuleChangedElsewhere(Refusal):
    code, status = "changed_elsewhere", 409
    message = "Somebody else has changed this rule meanwhile. Nothing was saved: look at it as it is now."


class NameTaken(Refusal):
    code, status = "name_taken", 409
    message = "There is a rule of this name already. Nothing was saved."


class NoWebhook(Refusal):
    code, status = "no_webhook", 409
    message = "There is no webhook any more. Nothing was changed."
