"""What oversight says to administrators."""

from mentalspace.notify.messages import message

message(
    "security.incident",
    subject="A security incident needs to be looked into",
    body=(
        "Hello {name},\n\n"
        "MentalSpace noticed something at {practice}. How serious: {severity}.\n\n"
        "{description}\n\n"
        "Look into it here:\n{address}\n"
    ),
)
