"""What sharing tells. A message names neither the client nor the document, nor anybody of the practice."""

from mentalspace.documents.sharing import links
from mentalspace.documents.signing.messages import AREA, SAYS
from mentalspace.notify.messages import Worded, message
from mentalspace.notify.models import EMAIL, SMS

SHARED = "document.shared"

message(
    SHARED,
    subject="A document for you",
    body=(
        "Hello,\n\n{practice} has a document for you. Read it or keep a copy here, on a telephone or a computer:\n\n"
        "{link}\n\nThe link is for you alone; please do not pass this message on. It works until {until}, and you are "
        "asked for a date of birth before anything is shown. If you did not expect it, please tell {practice}.\n"
    ),
    sms="{practice} has a document for you, until {until}: {link}",
    link=links.link_to,
    worded=Worded(
        area=AREA,
        title="A shared document",
        cause="Somebody shares a document.",
        reader="The client or guardian who may read it",
        says=SAYS,
        channels=(EMAIL, SMS),
    ),
)
