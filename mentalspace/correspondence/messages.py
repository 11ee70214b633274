"""The test message, and what notification rules send."""

from typing import Any

from django.conf import settings

from mentalspace.correspondence.actions import TEST
from mentalspace.correspondence.rules import sending, trying
from mentalspace.notify.messages import message

message(TEST, subject="A test message", body="This is a test message of {practice}. It has arrived.\n")

ADDRESSES = {
    "appointment": "/calendar",
    "client": "/clients/{id}",
    "document": "/clients/{client}?tab=documents",
    "form": "/forms/{id}",
    "measure": "/clients/{client}",
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
message(trying.TEST, subject="A notification as others would get it", body="{text}")
