"""What oversight says to administrators."""

from mentalspace.notify.bell import alert
from mentalspace.notify.messages import message

INCIDENT = "security.incident"

alert(
    INCIDENT,
    title="A security incident needs to be looked into",
    text="How serious: {severity}. Whoever looks into it writes down what was done.",
    about="incident",
)

message(
    INCIDENT,
    subject="A security incident needs to be looked into",
    body=(
        "Hello {name},\n\n"
        "MentalSpace noticed something at {practice}. How serious: {severity}.\n\n"
        "{description}\n\n"
        "Look into it here:\n{address}\n"
    ),
)
