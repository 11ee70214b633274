"""What people are told about their accounts."""

from mentalspace.notify.messages import message
from mentalspace.people import invitations, resets, verification

NOT_YOU = "If this was not you, set a new password at once and tell your administrator.\n"

message(
    "account.invitation",
    subject="Your invitation to MentalSpace",
    body=(
        "Hello {name},\n\n{practice} has made an account for you. Choose a password here:\n\n{link}\n\n"
        "The link works once, for seven days. Nobody else knows the password you choose.\n"
    ),
    link=invitations.link,
)
message(
    resets.KIND,
    subject="Set a new MentalSpace password",
    body=(
        "Hello {name},\n\nSomebody asked to set a new password for your account at {practice}. If it was you, do it"
        " here:\n\n{link}\n\nThe link works once, for one hour. You will still need your second factor to sign in.\n\n"
        "If it was not you, you need do nothing: your password stays as it is.\n"
    ),
    link=resets.link,
)
message(
    "account.verification",
    subject="Confirm your e-mail address for MentalSpace",
    body=(
        "Hello {name},\n\nPlease confirm that this address is yours, so that you can sign in at {practice}:\n\n"
        "{link}\n\n"
        "The link works once, for three days.\n"
    ),
    link=verification.link,
)
message(
    "account.administered",
    subject="An administrator changed your MentalSpace account",
    body=(
        "Hello {name},\n\nOn {when}, {who} at {practice} {what}.\n\nIf you did not expect this, ask an administrator"
        " of the practice.\n"
    ),
)
message(
    "account.changed",
    subject="How you sign in to MentalSpace has changed",
    body="Hello {name},\n\nOn {when}, {what}.\n\n" + NOT_YOU,
)
message(
    "account.new_browser",
    subject="You signed in to MentalSpace on a new browser",
    body="Hello {name},\n\nOn {when}, your account was used to sign in on {browser}, from {address}.\n\n" + NOT_YOU,
)
message(
    "account.sessions_ended",
    subject="You were signed out of MentalSpace elsewhere",
    body=(
        "Hello {name},\n\nOn {when} you signed in on {browser}. You were signed in at as many places as {practice}"
        " allows, so the oldest was signed out.\n\n" + NOT_YOU
    ),
)
