"""Seeing a wording before others do: as a preview, and as a message to oneself."""

from typing import Any

from django.conf import settings

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.correspondence.wordings.drafts import Draft, check, may, worded
from mentalspace.correspondence.wordings.errors import NoSuchAddress
from mentalspace.notify import outbox, wordings
from mentalspace.notify.fields import literal
from mentalspace.notify.messages import mark
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.scheduling.reminders import rules as reminders

TEST = "wording.test"
NOTHING_ELSE = "This is a test of a wording. Names and links in it are made up.\n\n"

ELSEWHERE = "The text of this mail is worded under Reminders.\n"

EXAMPLE = "x" * 24
"""As long as what stands in a real link."""


def preview(draft: Draft, *, by: Actor) -> dict[str, Any]:
    """Subject and text as a reader gets them, with invented values, and how many text messages that takes.

    Made by the same hands as what is sent. Raises BadInput.
    """
    subject, text = _said(draft, by)
    if draft.channel == SMS:
        return {"subject": "", "text": text, "parts": reminders.text_messages(text)}
    return {"subject": subject, "text": wordings.footed(by.practice, text), "parts": 1}


def _said(draft: Draft, by: Actor) -> tuple[str, str]:
    may(by)
    check(draft)
    message, about = worded(draft.kind, draft.channel)
    name = Practice.objects.values_list("name", flat=True).get(pk=by.practice)
    values = {field: said.sample for field, said in about.says.items()}
    text = message.text(values, name, draft.words.body) if about.words_body(draft.channel) else ELSEWHERE
    for link in message.links:
        text = text.replace(mark(link), f"{settings.PUBLIC_URL}/{EXAMPLE}")
    if draft.channel == SMS and about.only_subject:  # to clients, who may always end them
        text = reminders.with_links(reminders.SMS, text, {})
    subject = message.title(draft.words.subject, values, name) if draft.channel == EMAIL else ""
    return subject, text


@records("wording.tried", "{actor} sent a wording to themselves", resource_type="message_wording")
def send_to_oneself(draft: Draft, *, by: Actor) -> Profile:
    """The message as it would read, marked as a test, to the person's own address. Raises BadInput, NoSuchAddress."""
    person = Profile.objects.get(pk=by.person)
    subject, text = _said(draft, by)
    is_mail = draft.channel == EMAIL
    phone = "" if is_mail else reminders.plain_address(reminders.SMS, person.phone_number)
    if not is_mail and not phone:
        raise NoSuchAddress
    outbox.queue(
        kind=TEST,
        recipient=person.pk,
        values={"text": ""},
        template=literal(NOTHING_ELSE + text if is_mail else f"Test: {text}"),
        subject=f"Test: {subject}" if is_mail else None,
        email=person.email if is_mail else "",
        phone=phone,
    )
    return person
