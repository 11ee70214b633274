"""Where mail goes while no server is named: into a folder of this installation, which `mentalspace outbox` shows."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from mentalspace.notify import folder


class FolderBackend(BaseEmailBackend):
    """Each message is a file named after its Message-ID: written twice, it is there once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for email in email_messages:
            made = email.message()
            folder.put(made["Message-ID"].strip("<>").partition("@")[0], made.as_bytes())
        return len(email_messages)
