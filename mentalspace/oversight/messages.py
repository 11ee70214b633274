"""What oversight says to administrators."""

from mentalspace.notify.bell import alert
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message

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
    worded=Worded(
        area="Oversight",
        title="Security incident",
        cause="Something was noticed that has to be looked into, unless it is low.",
        reader="Whom the alert rule names, else administrators",
        says={
            "name": Said("Robin Vale"),
            "severity": Said("high", in_subject=True),
            "description": Said("Twenty wrong passwords for one account within ten minutes."),
            "address": Said("https://practice.example/security/incidents/…"),
        },
        needs=(
            "severity",
            "address",
        ),
    ),
)
