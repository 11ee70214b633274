"""What scheduling tells clients and clinicians. The client's body says no more than the fields of `reminders.rules`."""

from typing import Any

from django.conf import settings

from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message
from mentalspace.notify.models import EMAIL, SMS
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

AREA = "Appointments"
CAUSES = {
    About.REMINDER: ("Reminder", "An appointment is near."),
    About.BOOKED: ("Appointment booked", "An appointment is booked."),
    About.MOVED: ("Appointment moved", "An appointment gets another time or place."),
    About.CANCELLED: ("Appointment cancelled", "An appointment is cancelled."),
}
SAYS = {
    "client_name": Said("Robin"),
    "clinician_name": Said("Ana Reyes"),
    "date": Said("Tuesday, November 24"),
    "time": Said("3:00 pm EST"),
    "location": Said("Main office, 12 Elm Street"),
}


def _worded(about: About) -> Worded:
    """The mail's subject, and of notices the text message: the other texts are worded under Reminders."""
    title, cause = CAUSES[about]
    return Worded(
        area=AREA,
        title=title,
        cause=cause,
        reader="The client, as agreed to" if about == About.REMINDER else "The client, where the practice wants that",
        says=SAYS,
        needs=("date", "time"),
        channels=(EMAIL,) if about == About.REMINDER else (EMAIL, SMS),
        only_subject=True,
    )


for about, kind in sending.KINDS.items():
    links = LINKS if about == About.REMINDER else {}
    body = f"{FIELDS}\n{{practice}}\n" + "\n".join(f"{{{name}}}" for name in links)
    message(
        kind,
        subject=SUBJECTS[about],
        body=body,
        sms=wording.NOTICE_TEXTS.get(about, ""),
        links=links,
        wanted=sending.wanted,
        worded=_worded(about),
    )


def _in_calendar(row: Any) -> str | None:
    """Whoever may see it finds who it is with there."""
    return f"{settings.PUBLIC_URL}/calendar"


message(
    sending.TO_CLINICIAN,
    subject="Your calendar has changed",
    body=wording.CLINICIAN,
    link=_in_calendar,
    wanted=sending.wanted,
    worded=Worded(
        area=AREA,
        title="Calendar changed",
        cause="Somebody else, or the client by a link, books, moves or cancels.",
        reader="The clinician",
        says={"what": Said("was booked"), "date": SAYS["date"], "time": SAYS["time"]},
        needs=(
            "what",
            "date",
            "time",
        ),
    ),
)

message(trying.TEST, subject="A reminder as your clients would get it", body="{text}")
