"""What people are told about their accounts."""

from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message
from mentalspace.people import invitations, resets, verification

AREA = "Accounts and sign-in"
WHOSE = "The person whose account it is"
NAME = Said("Robin")
WHEN = Said("November 24, 2026 at 15:00 (America/New_York)")
BROWSER = Said("Firefox on Windows")

NOT_YOU = "If this was not you, set a new password at once and tell your administrator.\n"

message(
    "account.invitation",
    subject="Your invitation to MentalSpace",
    body=(
        "Hello {name},\n\n{practice} has made an account for you. Choose a password here:\n\n{link}\n\n"
        "The link works once, for seven days. Nobody else knows the password you choose.\n"
    ),
    link=invitations.link,
    worded=Worded(
        area=AREA,
        title="Invitation",
        cause="An administrator adds somebody, or sends the invitation again.",
        reader="The person invited",
        says={"name": NAME},
    ),
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
    worded=Worded(
        area=AREA,
        title="New password",
        cause="Somebody asks to set a new password, or an administrator sends the link.",
        reader=WHOSE,
        says={"name": NAME},
    ),
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
    worded=Worded(
        area=AREA,
        title="Confirm an address",
        cause="An account gets another e-mail address.",
        reader=WHOSE,
        says={"name": NAME},
    ),
)
message(
    "account.administered",
    subject="An administrator changed your MentalSpace account",
    body=(
        "Hello {name},\n\nOn {when}, {who} at {practice} {what}.\n\nIf you did not expect this, ask an administrator"
        " of the practice.\n"
    ),
    worded=Worded(
        area=AREA,
        title="Changed by an administrator",
        cause="An administrator changes roles, access or second factors.",
        reader=WHOSE,
        says={"name": NAME, "when": WHEN, "who": Said("Ada Moss"), "what": Said("gave you the role supervisor")},
        needs=(
            "when",
            "who",
            "what",
        ),
    ),
)
message(
    "account.changed",
    subject="How you sign in to MentalSpace has changed",
    body="Hello {name},\n\nOn {when}, {what}.\n\n" + NOT_YOU,
    worded=Worded(
        area=AREA,
        title="Sign-in changed",
        cause="A password, app, passkey or recovery code is changed.",
        reader=WHOSE,
        says={"name": NAME, "when": WHEN, "what": Said("your password was changed")},
        needs=(
            "when",
            "what",
        ),
    ),
)
message(
    "account.new_browser",
    subject="You signed in to MentalSpace on a new browser",
    body="Hello {name},\n\nOn {when}, your account was used to sign in on {browser}, from {address}.\n\n" + NOT_YOU,
    worded=Worded(
        area=AREA,
        title="New browser",
        cause="Somebody signs in on a browser the account has not used before.",
        reader=WHOSE,
        says={"name": NAME, "when": WHEN, "browser": BROWSER, "address": Said("203.0.113.7")},
        needs=(
            "when",
            "browser",
            "address",
        ),
    ),
)
message(
    "account.sessions_ended",
    subject="You were signed out of MentalSpace elsewhere",
    body=(
        "Hello {name},\n\nOn {when} you signed in on {browser}. You were signed in at as many places as {practice}"
        " allows, so the oldest was signed out.\n\n" + NOT_YOU
    ),
    worded=Worded(
        area=AREA,
        title="Signed out elsewhere",
        cause="Somebody signs in at more places than the practice allows.",
        reader=WHOSE,
        says={"name": NAME, "when": WHEN, "browser": BROWSER},
        needs=(
            "when",
            "browser",
        ),
    ),
)
