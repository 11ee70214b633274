"""What upkeep says to administrators."""

from mentalspace.notify.messages import message

message(
    "storage.filling",
    subject="Storage is nearly full",
    body=(
        "Hello {name},\n\n"
        "The files of {practice} take up {percent} percent of what it means to keep. Nothing is refused, but look now"
        " what can be cleared up, or allow for more:\n{address}\n\n"
        "You will hear of this again only after there has been room in between.\n"
    ),
)
