"""What clients have told to people, by mail and under the bell. By mail never whom it is about: the link leads to what
the reader may see."""

from typing import Any

from django.conf import settings

from mentalspace.notify.bell import alert
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message

EMERGENCY_ACCESS = "client.emergency_access"
CARE_TEAM_JOINED = "client.care_team.joined"

alert(CARE_TEAM_JOINED, title="You joined a care team", text="You now see the chart of {client}.", about="client")
alert(
    EMERGENCY_ACCESS,
    title="Emergency access to a chart",
    text="{person} opened a chart for {minutes} minutes. Look at the reason, and review it afterwards.",
    about="emergency_access",
)


def _to_review(row: Any) -> str:
    return f"{settings.PUBLIC_URL}/emergency-access/{row.related_entity_id}"


message(
    EMERGENCY_ACCESS,
    subject="Emergency access to a chart",
    body=(
        "Hello {name},\n\n"
        "{person} has just opened a chart at {practice} by emergency access. It is for reading, and ends by itself "
        "{minutes} minutes after it began.\n\n"
        "Please look at the reason, end the access if it should not be, and review it afterwards:\n\n"
        "{link}\n"
    ),
    link=_to_review,
    worded=Worded(
        area="Oversight",
        title="Emergency access",
        cause="Somebody opens a chart that is not theirs by emergency access.",
        reader="Administrators, and who supervises the person",
        says={"name": Said("Robin"), "person": Said("Ana Reyes"), "minutes": Said("60")},
        needs=("person",),
    ),
)
