"""What scheduling tells clients and clinicians. The client's body says no more than the fields of `reminders.rules`."""

from typing import Any

from django.conf import settings

from mentalspace.notify.messages import message
from mentalspace.scheduling.reminders import sending, trying, wording
from mentalspace.scheduling.reminders.links import CANCEL, CONFIRM, RESCHEDULE, maker
from mentalspace.scheduling.reminders.models import About
from mentalspace.scheduling.reminders.rules import VALUES

SUBJECTS = {
    About.REMINDER: "A reminder of your appointment",
    About.BOOKED: "Your appointment is booked",
    About.MOVED: "Your appointment has changed",
    About.CANCELLED: "Your appointment is cancelled",
}
LINKS = {"confirm_link": maker(CONFIRM), "cancel_link": maker(CANCEL), "reschedule_link": maker(RESCHEDULE)}
FIELDS = "\n".join(f"{{{name}}}" for name in VALUES)
"""The body as registered only says which fields there are: the practice's own wording is always given."""

for about, kind in sending.KINDS.items():
    links = LINKS if about == About.REMINDER else {}
    body = f"{FIELDS}\n{{practice}}\n" + "\n".join(f"{{{name}}}" for name in links)
    message(kind, subject=SUBJECTS[about], body=body, links=links, wanted=sending.wanted)


def _in_calendar(row: Any) -> str | None:
    """Whoever may see it finds who it is with there."""
    return f"{settings.PUBLIC_URL}/calendar"


message(
    sending.TO_CLINICIAN,
    subject="Your calendar has changed",
    body=wording.CLINICIAN,
    link=_in_calendar,
    wanted=sending.wanted,
)

message(trying.TEST, subject="A reminder as your clients would get it", body="{text}")
