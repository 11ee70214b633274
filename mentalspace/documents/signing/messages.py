"""What signing tells: staff under the bell, clients and guardians by mail. No mail names anybody or any document."""

from mentalspace.documents.signing import links
from mentalspace.notify.bell import alert
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message

ASKED = "signature.asked"
SIGNED = "signature.all_signed"
DECLINED = "signature.declined"
ENDED = "signature.ended"
VOID = "signature.void"
NO_COPY = "signature.no_copy"
NO_ADDRESS = "signature.no_address"

LINK = "signature.link"
COPY = "signature.copy"
OVER = "signature.over"

AREA, READER = "Forms and documents", "The client or guardian who signs"
SAYS = {"until": Said("December 7, 2026 at 3:02 PM EST", in_subject=True)}
"""Which document it is and about whom is none of it: mails are read by others too."""

alert(ASKED, title="A document waits for your signature", text="It is in the chart of {client}.", about="document")
alert(
    SIGNED,
    title="A document was signed by everybody",
    text="The signed copy is in the chart of {client}.",
    about="document",
)
alert(
    DECLINED,
    title="Somebody declined to sign",
    text="Why stands with the document in the chart of {client}.",
    about="document",
)
alert(
    ENDED,
    title="A request for signatures ended",
    text="Not everybody signed in time. The document is in the chart of {client}.",
    about="document",
)

alert(
    VOID,
    title="A document that you signed was not signed by everybody",
    text="The request has ended, so your signature does not count. The document is in the chart of {client}.",
    about="document",
)
alert(
    NO_COPY,
    title="A signed copy could not be made",
    text="Everybody has signed, and the signatures are kept. What to do stands with the document of {client}.",
    about="document",
)
alert(
    NO_ADDRESS,
    title="Somebody could not be asked to sign",
    text="It is their turn, and the chart of {client} has no e-mail address for them. Add one, then remind.",
    about="document",
)

message(
    LINK,
    subject="A document to sign",
    body=(
        "Hello,\n\n{practice} asks you to read and sign a document. Open it here, on a telephone or a computer:\n\n"
        "{link}\n\nThe link is for you alone; please do not pass this message on. It works until {until}, and you are "
        "asked for a date of birth before anything is shown. You may also decline there, or sign on paper instead: "
        "then please get in touch with {practice}.\n"
    ),
    link=links.link_to_sign,
    worded=Worded(
        area=AREA,
        title="A document to sign",
        cause="Somebody sends a document for signature, or reminds those who have not signed.",
        reader=READER,
        says=SAYS,
    ),
)
message(
    COPY,
    subject="Your signed copy",
    body=(
        "Hello,\n\neverybody has signed the document that {practice} sent you. Read it or keep a copy here:\n\n"
        "{link}\n\nThe link works until {until}, and you are asked for a date of birth as before. {practice} keeps the "
        "document and gives you a copy at any time.\n"
    ),
    link=links.link_to_copy,
    worded=Worded(
        area=AREA,
        title="The signed copy",
        cause="Everybody has signed a document.",
        reader=READER,
        says=SAYS,
    ),
)
message(
    OVER,
    subject="A document you signed",
    body=(
        "Hello,\n\nyou signed a document that {practice} had sent you. Not everybody signed it, so your signature does "
        "not count, and nothing was agreed. You need not do anything: should it be needed after all, {practice} sends "
        "it to you again. If you have questions, please get in touch with {practice}.\n"
    ),
    worded=Worded(
        area=AREA,
        title="Not signed by everybody",
        cause="A request for signatures is withdrawn, declined or runs out after somebody has signed.",
        reader=READER,
        says={},
    ),
)
