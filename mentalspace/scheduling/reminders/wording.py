"""The texts a practice begins with, and may word itself. Fields in braces: `rules.FIELDS`."""

REMINDER = (
    "Hello {client_name},\n\n"
    "this is a reminder of your appointment with {clinician_name} at {practice}:\n\n"
    "{date}, {time}\n"
    "{location}"
)
TEXT = "{practice}: your appointment is on {date} at {time}."
BOOKED = (
    "Hello {client_name},\n\n"
    "your appointment with {clinician_name} at {practice} is booked:\n\n{date}, {time}\n{location}"
)
MOVED = (
    "Hello {client_name},\n\n"
    "your appointment with {clinician_name} at {practice} has changed. It is now:\n\n{date}, {time}\n{location}"
)
CANCELLED = (
    "Hello {client_name},\n\n"
    "your appointment with {clinician_name} at {practice} on {date}, {time} is cancelled. It does not take place."
)
NOTICE_TEXTS = {
    "booked": "{practice}: your appointment is booked for {date} at {time}.",
    "moved": "{practice}: your appointment has changed. It is now on {date} at {time}.",
    "cancelled": "{practice}: your appointment on {date} at {time} is cancelled.",
}
"""Notices to clients who hear by text message alone."""

SERIES = "This is the first of {sessions} appointments to which the same was done."

TOLD_CLINICIAN = {
    "booked": "was booked",
    "moved": "now has this time",
    "cancelled": "was cancelled",
}

CLINICIAN = (
    "Hello,\n\nan appointment of yours at {practice} {what}:\n\n{date}, {time}\n\nIt is in your calendar:\n\n{link}\n"
)
