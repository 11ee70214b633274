"""Seeing how mails look before others do: as a preview, and as a mail to oneself."""

from typing import Any
from uuid import UUID

from django.conf import settings

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.correspondence.look.drafts import check
from mentalspace.correspondence.wordings.drafts import may
from mentalspace.notify import outbox, wordings
from mentalspace.notify.fields import literal
from mentalspace.notify.letterhead import STANDARD, Letterhead, picture_of_page
from mentalspace.notify.stationery import picture_of
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice

TEST = "look.test"
SUBJECT = "How messages from {practice} look"
SAMPLE = (
    "Hello {name},\n\n"
    "This is how messages from {practice} look. It is a test, and the button leads to the first page.\n\n"
    "To look at it:\n{link}\n\n"
    "Whoever reads mail as plain text gets the same words, without colors and without the logo.\n"
)


def preview(*, by: Actor, accent_color: str, logo_id: UUID | None, footer: str) -> dict[str, Any]:
    """A made-up mail in a look that nobody has saved yet. Raises BadInput."""
    may(by)
    logo = check(accent_color, logo_id)
    name = Practice.objects.values_list("name", flat=True).get(pk=by.practice)
    head = Letterhead(name, accent_color or STANDARD, picture_of(logo) if logo else None)
    text = wordings.with_footer(_sample("Robin", name), footer)
    subject, home = SUBJECT.format(practice=name), settings.PUBLIC_URL
    html, dark = (
        picture_of_page(text, subject=subject, head=head, home=home, is_dark=is_dark) for is_dark in (False, True)
    )
    return {"subject": subject, "text": text, "html": html, "dark_html": dark}


@records("mail_look.tried", "{actor} sent themselves a mail to see how it looks", resource_type="mail_settings")
def send_to_oneself(*, by: Actor) -> Profile:
    """A mail in the look that is saved, to the person's own address."""
    may(by)
    person = Profile.objects.get(pk=by.person)
    name = Practice.objects.values_list("name", flat=True).get(pk=by.practice)
    outbox.queue(
        kind=TEST,
        recipient=person.pk,
        values={"text": ""},
        template=literal(_sample(person.first_name, name)),
        subject=f"Test: {SUBJECT.format(practice=name)}",
        email=person.email,
    )
    return person


def _sample(name: str, practice: str) -> str:
    return SAMPLE.format(name=name, practice=practice, link=f"{settings.PUBLIC_URL}/")
