"""The practice's own words for a message, and what of a wording cannot be used.

A wording never stops a message: one that is missing, or that does not fit any more because the product's own has
changed, gives way to the product's, and administrators are told (`UNUSED`).
"""

from collections.abc import Mapping
from uuid import UUID

from mentalspace.notify.fields import CONTROL, LONGEST_EMAIL, LONGEST_SUBJECT, LONGEST_TEXT, named, problem
from mentalspace.notify.happenings import tell_listeners
from mentalspace.notify.letterhead import FOOTER
from mentalspace.notify.messages import Message, Wording
from mentalspace.notify.models import EMAIL, SMS, MailSettings, MessageWording

UNUSED = "Wording Unused"
"""What has happened when a practice's wording could not be used, to its row (`happenings`)."""


def chosen(practice: UUID, message: Message, channel: str) -> Wording:
    """What a message of this kind says now by this channel: the practice's words, else the product's."""
    row = _row(practice, message, channel)
    if row is None:
        return message.default(channel)
    own = own_or_default(message, channel, row)
    if problems(message, channel, own):
        if row.told_at is None:
            tell_listeners.defer(practice=str(practice), what=UNUSED, entity=str(row.pk))
        return message.default(channel)
    return own


def subject(practice: UUID, message: Message, channel: str, values: Mapping[str, object], name: str) -> str:
    """The subject as its reader sees it; `name` is the practice's."""
    return message.title(chosen(practice, message, channel).subject, values, name)


def own_or_default(message: Message, channel: str, row: MessageWording) -> Wording:
    """The texts of a row; where one is empty, the product's own."""
    default = message.default(channel)
    return Wording(row.subject or default.subject, row.body or default.body)


def footed(practice: UUID, text: str) -> str:
    """A mail with what the practice has below every one of them."""
    footer = MailSettings.objects.filter(practice_id=practice).values_list("footer", flat=True).first()
    return with_footer(text, footer or "")


def with_footer(text: str, footer: str) -> str:
    return f"{text.rstrip()}{FOOTER}{footer}\n" if footer else text


def _row(practice: UUID, message: Message, channel: str) -> MessageWording | None:
    if message.worded is None or channel not in message.worded.channels:
        return None
    return MessageWording.objects.filter(practice_id=practice, kind=message.kind, channel=channel).first()


def problems(message: Message, channel: str, words: Wording) -> dict[str, str]:
    """By text, a sentence that says why it cannot be used. Empty when both can."""
    found = {}
    if channel == EMAIL and (said := _in_subject(message, words.subject)):
        found["subject"] = said
    if message.worded and message.worded.words_body(channel) and (said := _in_body(message, channel, words.body)):
        found["body"] = said
    return found


def subject_fields(message: Message) -> list[str]:
    """What a subject may name: it is read on locked screens, so nothing that says anything about a person."""
    says = message.worded.says if message.worded else {}
    return ["practice", *(name for name, said in says.items() if said.in_subject)]


def body_fields(message: Message) -> list[str]:
    return [*sorted(message.names), *sorted(message.links), "practice"]


def needed(message: Message) -> list[str]:
    """Fields without which the message is useless."""
    return [*message.links, *(message.worded.needs if message.worded else ())]


def _in_subject(message: Message, text: str) -> str | None:
    if CONTROL.search(text):
        return "A subject is one line, without marks that cannot be seen."
    wrong = problem(text, subject_fields(message), LONGEST_SUBJECT)
    if wrong and wrong.startswith("There is no field") and (private := named(text) & set(body_fields(message))):
        secret = sorted(private - set(subject_fields(message)))
        if secret:
            return f"{{{secret[0]}}} may stand in the text only: a subject is read on locked screens and by others."
    return wrong


def _in_body(message: Message, channel: str, text: str) -> str | None:
    longest = LONGEST_TEXT if channel == SMS else LONGEST_EMAIL
    if wrong := problem(text, body_fields(message), longest):
        return wrong
    missing = [name for name in needed(message) if name not in named(text)]
    return f"Without {{{missing[0]}}} this message is of no use to its reader: put it in." if missing else None
