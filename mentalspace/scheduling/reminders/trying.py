"""Seeing a wording before clients do: as a preview, and as a message to oneself."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.notify import outbox, wordings
from mentalspace.notify.fields import literal
from mentalspace.notify.messages import KINDS
from mentalspace.notify.models import EMAIL
from mentalspace.people.abilities import can
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.scheduling.reminders import rules, sending
from mentalspace.scheduling.reminders.errors import NoSuchAddress
from mentalspace.scheduling.reminders.models import About
from mentalspace.scheduling.rules import instant_at

TEST = "appointment.test"
EXAMPLE_TOKEN = "x" * 24
"""As long as a real one."""


@dataclass(frozen=True)
class Draft:
    """A wording being written, and which links it is to have."""

    channel: str
    about: str
    text: str
    require_confirmation: bool
    include_reschedule_link: bool
    include_cancel_link: bool

    @property
    def links(self) -> dict[str, bool]:
        is_reminder = self.about == About.REMINDER
        wanted = sending.links_of(self)
        return {name: is_reminder and yes for name, yes in wanted.items()}


def preview(draft: Draft, *, by: Actor, now: datetime) -> dict[str, object]:
    """The `PreviewOut` of a wording, about an appointment nobody has. Raises BadInput."""
    is_reminder = draft.about == About.REMINDER
    problem = rules.text_problem(draft.channel, draft.text, links=is_reminder)
    if problem is None and is_reminder:
        problem = rules.links_problem(draft.text, draft.links)
    if problem:
        raise BadInput(fields={"text": [problem]})
    practice = Practice.objects.get(pk=by.practice)
    zone = ZoneInfo(practice.timezone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    day, at = rules.day_and_time(instant_at(tomorrow, time(15), zone), zone)
    values = {
        "client_name": "Robin",
        "clinician_name": Profile.objects.get(pk=by.person).full_name,
        "date": day,
        "time": at,
        "location": "Main office, 12 Elm Street",
    }
    template = rules.with_links(draft.channel, draft.text, draft.links)
    kind = KINDS[sending.KINDS[About(draft.about)]]
    text = kind.text(values, practice.name, template)
    for name in rules.LINKS:
        text = text.replace(f"[{name}]", f"{settings.PUBLIC_URL}/r/{EXAMPLE_TOKEN}")
    return {
        "subject": wordings.subject(by.practice, kind, EMAIL, {}, practice.name),
        "message": text,
        "parts": 1 if draft.channel == rules.EMAIL else rules.text_messages(text),
    }


@records("reminders.tried", "{actor} sent a reminder to themselves", resource_type="reminder_settings")
def send_to_oneself(draft: Draft, *, by: Actor, now: datetime) -> Profile:
    """The wording with made-up values, to the person's own address."""
    if not can(by.audience, "set_reminders"):
        raise NotAllowed
    person = Profile.objects.get(pk=by.person)
    made = preview(draft, by=by, now=now)
    raw = person.email if draft.channel == rules.EMAIL else person.phone_number
    address = rules.plain_address(draft.channel, raw)
    if not address:
        raise NoSuchAddress("Not sent: your own profile has no telephone number that texts can be sent to.")
    email, phone = (address, "") if draft.channel == rules.EMAIL else ("", address)
    template = literal(str(made["message"]))
    outbox.queue(kind=TEST, recipient=person.pk, values={"text": ""}, template=template, email=email, phone=phone)
    return person
