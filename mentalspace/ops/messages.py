"""What the product says of itself to administrators."""

from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message

message(
    "operations.digest",
    subject="How things stand this morning",
    body=(
        "Good morning {name},\n\n"
        "{good} of {all} checks of {practice} are good. {wrong}\n\n"
        "The morning checklist waits for your signature:\n{address}\n"
    ),
    worded=Worded(
        area="Operations",
        title="Morning digest",
        cause="It is seven in the morning.",
        reader="Administrators",
        says={
            "name": Said("Robin Vale"),
            "good": Said("12"),
            "all": Said("13"),
            "wrong": Said("Look at it: Storage. 82 % of what the practice means to keep."),
            "address": Said("https://practice.example/operations"),
        },
        needs=("wrong", "address"),
    ),
)
