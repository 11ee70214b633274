"""What the product says of itself to administrators."""

from mentalspace.notify.bell import alert
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.ops.alerts import silence, telling, trying

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

_SAYS = {
    "name": Said("Robin Vale"),
    "severity": Said("critical", in_subject=True),
    "title": Said("Disk"),
    "says": Said("2.1 GB of 80 GB are free (3%)."),
    "fix": Said("Make room on the disk, or put the home on a larger one."),
    "address": Said("https://practice.example/operations/alerts"),
}

message(
    telling.OPENED,
    subject="MentalSpace needs you",
    body=(
        "Hello {name},\n\n"
        "an alert ({severity}) at {practice}: {title}. {says}\n\n"
        "What to do: {fix}\n\n"
        "Say there that you see to it, so that nobody else is called:\n{address}\n"
    ),
    sms="{practice}, {severity}: {title}. {says} {address}",
    wanted=telling.is_wanted,
    worded=Worded(
        area="Operations",
        title="Alert",
        cause="A check or a metric is not as it should be, for as long as a rule allows.",
        reader="Whom the rule names",
        says=_SAYS,
        needs=("title", "address"),
        channels=(EMAIL, SMS),
    ),
)
message(
    telling.ESCALATED,
    subject="MentalSpace still needs somebody",
    body=(
        "Hello {name},\n\n"
        "nobody has taken this alert ({severity}) at {practice} on yet: {title}. {says}\n\n"
        "What to do: {fix}\n\n"
        "Say there that you see to it:\n{address}\n"
    ),
    sms="{practice}, {severity}, nobody has taken it on: {title}. {says} {address}",
    wanted=telling.is_wanted,
    worded=Worded(
        area="Operations",
        title="Alert nobody has taken on",
        cause="An alert is open for as long as the rule waits for somebody to take it on.",
        reader="Whom the rule names next",
        says=_SAYS,
        needs=("title", "address"),
        channels=(EMAIL, SMS),
    ),
)
message(
    telling.RESOLVED,
    subject="MentalSpace is well again",
    body="Hello {name},\n\nthis alert at {practice} is over: {title}. There is nothing to do.\n\n{address}\n",
    wanted=telling.is_still_over,
    worded=Worded(
        area="Operations",
        title="Alert that is over",
        cause="What an alert was about has been good for a while.",
        reader="Whoever was told of it",
        says={name: _SAYS[name] for name in ("name", "title", "address")},
        needs=("title",),
    ),
)
message(
    trying.TEST,
    subject="A test alert",
    body="Hello {name},\n\nthis is what an alert of {practice} looks like. Nothing is wrong.\n\n{address}\n",
    sms="{practice}: a test alert. Nothing is wrong.",
    worded=Worded(
        area="Operations",
        title="Test alert",
        cause="An administrator sends a test alert.",
        reader="Whoever sends it",
        says={name: _SAYS[name] for name in ("name", "address")},
        channels=(EMAIL, SMS),
    ),
)

alert(telling.OPENED, title="An alert: {title}", text="{says}", about=telling.ABOUT)
alert(telling.ESCALATED, title="Nobody has taken this alert on: {title}", text="{says}", about=telling.ABOUT)
alert(telling.AGAIN, title="An alert is back: {title}", text="{says}", about=telling.ABOUT)
alert(telling.RESOLVED, title="An alert is over: {title}", text="It said: {says}", about=telling.ABOUT)
alert(
    trying.TEST, title="A test alert", text="This is what an alert looks like. Nothing is wrong.", about=telling.ABOUT
)
alert(
    silence.SILENT,
    title="The product no longer watches itself",
    text="For five minutes nothing was evaluated: alerts, reminders and mail may wait. Restart the product.",
    about=telling.ABOUT,
)
alert(
    silence.BACK,
    title="The product watches itself again",
    text="Alerts are evaluated again. What waited is being done now.",
    about=telling.ABOUT,
)
