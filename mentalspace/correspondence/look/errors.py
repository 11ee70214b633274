"""What may be wrong when somebody sets how mails look."""

from mentalspace.core.errors import Refusal


class MailSettingsChangedElsewhere(Refusal):
    code, status = "mail_settings_changed_elsewhere", 409
    message = "Not saved: somebody changed this in the meantime. Reload to see it; your entries are kept here."
