"""Text messages by Twilio. It has no idempotency keys: before a letter is handed over again, we ask if it is there."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from mentalspace.notify.ports import Later, Letter, Refused, Stopped

TIMEOUT = 15
HOME = "https://api.twilio.com"

NOT_A_READER = {
    21211: "This is no telephone number that texts can be sent to: put it right in the chart.",
    21408: "Texts to this country are not allowed in the Twilio account: allow them there.",
    21612: "Twilio cannot reach this number from yours.",
    21614: "This number cannot receive texts: put in a mobile number.",
}
"""Twilio's error codes that are about the reader."""

STOPPED = 21610
NOT_IN = 20003
MISSING_SENDER = {21212, 21606, 21659}


class _Elsewhere(TwilioHttpClient):
    """Twilio's client knows one host; this one asks the host of the settings, as a proxy or a test wants it."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, url.replace(HOME, settings.TWILIO_URL, 1), *args, **kwargs)


class Twilio:
    """`sender` is a number of the account in E.164, or its messaging service (MG…)."""

    name = "twilio"

    def __init__(self, *, account: str, token: str, sender: str) -> None:
        self.sender = sender
        self.client = Client(account, token, http_client=_Elsewhere(timeout=TIMEOUT))

    def send(self, letter: Letter) -> str:
        try:
            return self._before(letter) or self._now(letter)
        except TwilioRestException as failure:
            raise _told(failure) from None

    def _now(self, letter: Letter) -> str:
        callback = f"{settings.PUBLIC_URL}/functions/v1/twilio-status/{letter.practice}?notification={letter.key}"
        service = self.sender.startswith("MG")
        who = {"messaging_service_sid": self.sender} if service else {"from_": self.sender}
        made = self.client.messages.create(to=letter.to, body=letter.text, status_callback=callback, **who)
        return str(made.sid)

    def _before(self, letter: Letter) -> str:
        """The id under which Twilio has this letter from an attempt whose answer was lost.

        Asked for without a date: what is still queued there has none of sending.
        """
        if letter.tried_since is None:
            return ""
        since = letter.tried_since - timedelta(minutes=1)
        there = self.client.messages.list(to=letter.to, limit=50)
        found = (str(each.sid) for each in there if each.body == letter.text and each.date_created >= since)
        return next((sid for sid in found if sid not in letter.others), "")


def _told(failure: TwilioRestException) -> Exception:
    said = f"(Twilio: {failure.status} {failure.code or ''} {failure.msg})"
    if failure.code == STOPPED:
        return Stopped(f"This number has written STOP. It gets texts again when it writes START. {said}")
    if failure.code in NOT_A_READER:
        return Refused(f"{NOT_A_READER[failure.code]} {said}")
    if failure.code in MISSING_SENDER:
        return Later(f"Twilio does not send from this number: enter one of the account's under Carriers. {said}")
    if failure.code == NOT_IN or failure.status in {401, 403}:
        return Later(f"Twilio does not know this account or token: enter them anew under Carriers. {said}")
    if failure.status == 429 or failure.status >= 500:
        return Later(f"Twilio takes nothing at this moment; this is sent a little later. {said}")
    return Refused(f"Twilio did not take it. {said}")
