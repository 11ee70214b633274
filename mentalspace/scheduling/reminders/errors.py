"""What reminders refuse, and how they say so."""

from mentalspace.core.errors import Refusal


class SettingsChangedElsewhere(Refusal):
    code, status = "settings_changed_elsewhere", 409
    message = "Not saved: somebody changed these settings in the meantime. Reload to see them as they are."


class NotToBeSentAgain(Refusal):
    code, status = "not_to_be_sent_again", 409


class NoSuchAddress(Refusal):
    code, status = "no_such_address", 409
