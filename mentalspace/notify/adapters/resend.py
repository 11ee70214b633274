"""Resend, by anymail. Its Idempotency-Key keeps a letter that is handed over again from being sent again."""

from typing import Any

from anymail.backends.resend import EmailBackend
from anymail.exceptions import AnymailRequestsAPIError
from anymail.message import AnymailMessage
from django.conf import settings

from mentalspace.notify.adapters.installation import as_mail
from mentalspace.notify.ports import Later, Letter, Refused, pause_in

TIMEOUT = 20
"""Seconds for connecting, and for the answer."""

NAMES = {
    "missing_api_key": "Resend wants a key: enter one under Carriers.",
    "invalid_api_key": "Resend does not know this key: enter a new one under Carriers.",
    "restricted_api_key": "This key of Resend may not send: enter one with sending access under Carriers.",
    "invalid_access": "This key of Resend may not send: enter one with sending access under Carriers.",
    "invalid_from_address": "Resend does not send for this address: verify its domain there, or change the sender.",
    "daily_quota_exceeded": "Resend's limit for today is used up: it goes on tomorrow, or with a larger plan.",
    "monthly_quota_exceeded": "Resend's limit for this month is used up: it goes on with a larger plan.",
    "rate_limit_exceeded": "Resend takes no more at this moment; this is sent a little later.",
}
"""What Resend calls it, and what to do."""

OURS = {401, 403}
"""A wrong key or domain is for the practice to put right; the letter waits for it."""

TAKEN_BEFORE = "invalid_idempotent_request"
"""Its name for a key that it has with another text: the letter was taken, and its links were made anew since."""


class _OncePerKey(EmailBackend):
    """anymail's backend, with the header by which Resend knows a letter again."""

    def build_message_payload(self, message: Any, defaults: Any) -> Any:
        payload = super().build_message_payload(message, defaults)
        payload.headers["Idempotency-Key"] = message.metadata["notification"]
        return payload


class Resend:
    """`sender` is who writes, as in "Riverbend Counseling <office@riverbend.example>"."""

    name = "resend"

    def __init__(self, *, key: str, sender: str) -> None:
        self.key, self.sender = key, sender

    def send(self, letter: Letter) -> str:
        plain = as_mail(letter, self.sender)
        message = AnymailMessage(
            subject=plain.subject,
            body=plain.body,
            from_email=plain.from_email,
            to=plain.to,
            reply_to=plain.reply_to,
            headers=plain.extra_headers,
            alternatives=plain.alternatives,
            attachments=plain.attachments,
            metadata={"notification": str(letter.key)},
        )
        backend = _OncePerKey(
            api_key=self.key, api_url=settings.RESEND_URL, requests_timeout=TIMEOUT, ignore_unsupported_features=True
        )
        try:
            with backend:
                backend.send_messages([message])
        except AnymailRequestsAPIError as failure:
            return _taken_before(failure)
        return message.anymail_status.message_id or ""


def _taken_before(failure: AnymailRequestsAPIError) -> str:
    """The empty id, when it turns out that Resend had the letter. Raises Later, Refused."""
    status, answer = failure.status_code or 0, failure.response
    told = _json(answer)
    name, said = str(told.get("name", "")), str(told.get("message", ""))
    if name == TAKEN_BEFORE:
        return ""
    text = f"{NAMES.get(name, 'Resend did not take it.')} (Resend: {status} {said or name})"
    is_for_now = not status or status >= 500 or status in {409, 429, *OURS}
    if is_for_now or name in NAMES:
        raise Later(text, pause_in(answer.headers.get("Retry-After") if answer is not None else None)) from None
    raise Refused(text) from None


def _json(answer: Any) -> dict[str, Any]:
    try:
        found = answer.json()
    except (AttributeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
