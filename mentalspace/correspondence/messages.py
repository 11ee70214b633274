"""The test message, and what notification rules send."""

from typing import Any

from django.conf import settings

from mentalspace.correspondence.actions import TEST
from mentalspace.correspondence.look.trying import TEST as LOOK_TEST
from mentalspace.correspondence.rules import sending, trying
from mentalspace.correspondence.wordings.telling import UNUSED
from mentalspace.correspondence.wordings.trying import TEST as WORDING_TEST
from mentalspace.notify.bell import alert
from mentalspace.notify.messages import Worded, message
from mentalspace.notify.models import EMAIL, SMS

message(
    TEST,
    subject="A test message",
    body="This is a test message of {practice}. It has arrived.\n",
    worded=Worded(
        area="Tests",
        title="Test message",
        cause="An administrator sends a test under Carriers.",
        reader="The address that is entered",
        says={},
        channels=(EMAIL, SMS),
    ),
)

ADDRESSES = {
    "appointment": "/calendar",
    "client": "/clients/{id}",
    "document": "/clients/{client}?tab=documents",
    "form": "/forms/{id}",
    "measure": "/clients/{client}",
    "account": "/account",
    "person": "/people/{id}",
    "emergency_access": "/emergency-access/{id}",
}
"""Where a message of a rule leads, by what it is about; whoever opens it sees what they may."""


def _about(row: Any) -> str:
    path = ADDRESSES.get(row.related_entity_type, "/")
    return settings.PUBLIC_URL + path.format(id=row.related_entity_id, client=row.metadata.get("client", ""))


message(
    sending.TO_STAFF,
    subject="A notification of your practice",
    body="{text}\n\n{link}\n",
    link=_about,
    wanted=sending.wanted,
)
message(sending.TO_CLIENT, subject="A message from your practice", body="{text}", wanted=sending.wanted)
message(WORDING_TEST, subject="A test of a wording", body="{text}")
message(LOOK_TEST, subject="How messages look", body="{text}")
alert(
    UNUSED,
    title="A wording of yours is not used any more",
    text="“{title}” goes out in the product's own words: yours do not fit any more. Look at them and save them again.",
    about="wording",
)
message(trying.TEST, subject="A notification as others would get it", body="{text}")
