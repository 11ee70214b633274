"""The installation's own mail: a server named by MENTALSPACE_SMTP_URL, or the folder that stands in for everything."""

import smtplib
from email.mime.image import MIMEImage
from email.utils import parseaddr, quote

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

from mentalspace.notify import folder
from mentalspace.notify.letterhead import Picture
from mentalspace.notify.ports import Letter, Refused

PERMANENT = 500
"""SMTP answers from here on mean: not this message, not later either (RFC 5321, 4.2.1)."""


class Mail:
    """Django's mail connection. A server that has a Message-ID already can tell; few do."""

    name = "smtp" if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") else "folder"

    def send(self, letter: Letter) -> str:
        try:
            with get_connection() as provider:  # closed however it ends
                provider.send_messages([as_mail(letter)])
        except smtplib.SMTPRecipientsRefused as failure:
            if all(code >= PERMANENT for code, _ in failure.recipients.values()):
                raise Refused(f"The mail server knows no such reader: {failure}") from None
            raise
        except smtplib.SMTPDataError as failure:
            if failure.smtp_code >= PERMANENT:
                raise Refused(f"The mail server does not take this text: {failure}") from None
            raise
        return ""


class TextFolder:
    """Text messages while no provider is connected: into the folder that `mentalspace outbox` shows."""

    name = "folder"

    def send(self, letter: Letter) -> str:
        made = EmailMessage(subject="Text message", body=letter.text, headers={"To": letter.to})
        folder.put(str(letter.key), made.message().as_bytes())
        return ""


class _Whole(EmailMultiAlternatives):
    """Its pictures belong to its HTML: they are no attachments."""

    mixed_subtype = "related"


def as_mail(letter: Letter, sender: str | None = None) -> EmailMultiAlternatives:
    """A letter as an e-mail whose Message-ID is its key: as text, and as HTML with the logo that it names."""
    address = parseaddr(sender or settings.DEFAULT_FROM_EMAIL)[1]
    domain = address.rpartition("@")[2]
    if letter.sender_name:
        sender = f'"{quote(letter.sender_name)}" <{address}>'
    mail = _Whole(
        subject=letter.subject,
        body=letter.text,
        from_email=sender,
        to=[letter.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": f"<{letter.key}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    if letter.logo:
        mail.attach(_inline(letter.logo))
    return mail


def _inline(logo: Picture) -> MIMEImage:
    part = MIMEImage(logo.content, logo.content_type.removeprefix("image/"))
    part.add_header("Content-ID", f"<{logo.cid}>")
    part.add_header("Content-Disposition", "inline", filename=logo.file_name)
    return part
