"""What forms have told to people: under the bell, and to clients. A message to a client says neither which form nor
about whom."""

from typing import Any

from django.conf import settings

from mentalspace.clients.models import Client
from mentalspace.forms.links.models import FormLink, token_of
from mentalspace.forms.links.reach import reader_of
from mentalspace.forms.models import FILLABLE, FormAssignment
from mentalspace.notify.bell import alert
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.practices.models import Practice

SUBMITTED = "form.submitted"
LINK, CHANGES = "form.link", "form.changes"

AREA, READER = "Forms and documents", "The client, or the guardian who fills it in for them"
SAYS = {"day": Said("December 7, 2026", in_subject=True)}
"""Which form it is and about whom is none of it: mails are read by others too."""

alert(
    SUBMITTED,
    title="A form came in",
    text="“{form}” was filled for {client} and waits for a look.",
    about="form",
)


def good_until(link: FormLink) -> str:
    """The day a link ends, by the practice's calendar."""
    return f"{Practice.objects.get().day_at(link.expires_at):%B %-d, %Y}"


def _address(row: Any) -> str | None:
    link = FormLink.objects.filter(pk=row.related_entity_id).first()
    if link is None or reader_of(link, Client.objects.get(pk=link.client_id)) is None:
        return None
    if not FormAssignment.objects.filter(pk=link.assignment_id, status__in=FILLABLE).exists():
        return None
    return f"{settings.PUBLIC_URL}/f/{token_of(link.pk)}"


message(
    LINK,
    subject="A form to fill in",
    body=(
        "Hello,\n\n"
        "{practice} asks you to fill in a form. Open it here; it asks for a date of birth first, and keeps what you "
        "enter, so that you can stop and come back:\n\n"
        "{link}\n\n"
        "The link is for you alone and good until {day}. If you did not expect it, please tell the practice.\n"
    ),
    sms="{practice} asks you to fill in a form, until {day}: {link}",
    link=_address,
    worded=Worded(
        area=AREA,
        title="A form to fill in",
        cause="Somebody sends a client a form by a link.",
        reader=READER,
        says=SAYS,
        channels=(EMAIL, SMS),
    ),
)

message(
    CHANGES,
    subject="Please look at your form again",
    body=(
        "Hello,\n\n"
        "{practice} has looked at the form you sent and asks you to change something. What you entered is still "
        "there:\n\n"
        "{link}\n\n"
        "The link is for you alone and good until {day}.\n"
    ),
    sms="{practice} asks you to look at your form again, until {day}: {link}",
    link=_address,
    worded=Worded(
        area=AREA,
        title="A form to look at again",
        cause="Somebody asks for changes to a form that was filled in by a link.",
        reader=READER,
        says=SAYS,
        channels=(EMAIL, SMS),
    ),
)
