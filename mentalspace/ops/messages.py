"""What the product says of itself to administrators."""

from mentalspace.notify.bell import alert
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import Worded, message
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.ops.alerts import silence, telling, trying
from mentalspace.ops.incidents import telling as incidents
from mentalspace.ops.incidents.breach import warning

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

_INCIDENT = {
    "name": Said("Robin Vale"),
    "severity": Said("P1", in_subject=True),
    "number": Said("INC-2026-0007", in_subject=True),
    "what": Said("Disk: 0.4 GB of 80 GB are free (1%)."),
    "address": Said("https://practice.example/operations/incidents/…"),
}


def _called(kind: str, subject: str, says: str, sms: str, title: str, cause: str, reader: str) -> None:
    """One of the calls for an incident: a message, and what the bell says."""
    message(
        kind,
        subject=subject,
        body=f"Hello {{name}},\n\n{says}\n\nTake it on there, so that nobody else is called:\n{{address}}\n",
        sms=f"{{practice}}, {{severity}} {{number}}{sms}: {{what}} {{address}}",
        wanted=incidents.is_wanted,
        worded=Worded(
            area="Operations",
            title=title,
            cause=cause,
            reader=reader,
            says=_INCIDENT,
            needs=("number", "severity", "address"),
            channels=(EMAIL, SMS),
        ),
    )
    alert(kind, title=f"{title}: {{severity}} {{number}}", text="{what}", about=incidents.ABOUT)


_called(
    incidents.OPENED,
    "An incident needs you",
    "an incident ({severity}) is open at {practice}: {number}. {what}",
    "",
    "Incident",
    "An incident was opened, by somebody or by what the product noticed.",
    "Who is on call; of a P0 everybody who runs operations",
)
_called(
    incidents.WAITING,
    "An incident still needs somebody",
    "nobody has taken this incident ({severity}) at {practice} on yet: {number}. {what}",
    ", nobody has taken it on",
    "Incident nobody has taken on",
    "Nobody has taken an incident on in the time its severity allows.",
    "Whoever is next on call, or everybody who runs operations",
)
_called(
    incidents.GRAVER,
    "An incident has become graver",
    "an incident at {practice} is {severity} now: {number}. {what}",
    " has become graver",
    "Incident that has become graver",
    "Somebody, or another alert, made an incident graver.",
    "As of a new incident of that severity, and who commands it",
)
_called(
    incidents.NAMED,
    "An incident was given to you",
    "you were named as the commander of an incident ({severity}) at {practice}: {number}. {what}",
    " was given to you",
    "Incident that was given to you",
    "Somebody named another person as the commander of an incident.",
    "Whoever was named",
)
alert(
    incidents.ACTION_ITEM,
    title="An action item of {number} is yours",
    text="It is to be done by {day}. The incident says what.",
    about=incidents.ABOUT,
)
message(
    warning.DEADLINE,
    subject="The deadline of a breach comes near",
    body=(
        "Hello {name},\n\n"
        "the last day to tell the people affected by {number} at {practice} is {left}, and not all were told yet.\n\n"
        "Decide on it, or note who was told, there:\n{address}\n"
    ),
    wanted=warning.is_wanted,
    worded=Worded(
        area="Operations",
        title="Deadline of a breach",
        cause="Thirty, ten and three days are left to tell the people affected by a breach, and not all were told.",
        reader="Everybody who runs operations",
        says={
            "name": Said("Robin Vale"),
            "number": Said("INC-2026-0007"),
            "left": Said("in 10 days"),
            "address": Said("https://practice.example/operations/incidents/…"),
        },
        needs=("number", "left", "address"),
    ),
)
alert(
    warning.DEADLINE,
    title="Breach {number}: the last day to tell people is {left}",
    text="Whoever is affected is told without delay, and within sixty days of the discovery (45 CFR 164.404).",
    about=incidents.ABOUT,
)
