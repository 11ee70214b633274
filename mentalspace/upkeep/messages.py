"""What upkeep says to administrators."""

from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message

message(
    "storage.filling",
    subject="Storage is nearly full",
    body=(
        "Hello {name},\n\n"
        "The files of {practice} take up {percent} percent of what it means to keep. Nothing is refused, but look now"
        " what can be cleared up, or allow for more:\n{address}\n\n"
        "You will hear of this again only after there has been room in between.\n"
    ),
    worded=Worded(
        area="Oversight",
        title="Storage is filling",
        cause="Files take up four fifths of what the practice means to keep.",
        reader="Administrators",
        says={
            "name": Said("Robin Vale"),
            "percent": Said("81", in_subject=True),
            "address": Said("https://practice.example/storage"),
        },
        needs=(
            "percent",
            "address",
        ),
    ),
)
