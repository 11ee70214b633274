"""`/r/<token>`: where a link in a reminder leads. No sign-in, no script; looking changes nothing, only the button does.

Mail programs and virus scanners open every link they see: a GET shows, and the POST of the form acts.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit.trail import following
from mentalspace.core import clock
from mentalspace.core.api import meant
from mentalspace.core.errors import ReadOnly
from mentalspace.people import closed
from mentalspace.people.network import trail_of
from mentalspace.people.outside.pages import UNKNOWN, Words, again, said
from mentalspace.practices.models import Practice
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders import rules
from mentalspace.scheduling.reminders.answers import ANSWERS, LinkSpent, stands, takes_place
from mentalspace.scheduling.reminders.links import (
    CANCEL,
    CONFIRM,
    RESCHEDULE,
    ReminderLink,
    digest_of,
    is_over,
    practice_of,
)
from mentalspace.scheduling.reminders.planning import zone_of

ASKS = {
    CONFIRM: ("Will you come?", "Yes, I will come"),
    CANCEL: ("Do you want to cancel?", "Cancel this appointment"),
    RESCHEDULE: ("Would another time suit you better?", "Ask for another time"),
}
DONE = {
    CONFIRM: ("Thank you", "Your appointment is confirmed."),
    CANCEL: ("Your appointment is cancelled", "It does not take place. If that was a mistake, please get in touch."),
    RESCHEDULE: (
        "Your request has been passed on",
        "The practice will get in touch about another time. Until then your appointment stays as it is.",
    ),
}
OVER = ("This link is over", "The appointment it was sent for has begun, or has taken place.")
CHANGED = (
    "Your appointment has changed",
    "Since this message was sent the appointment was moved or cancelled, so this link does nothing any more.",
)
CLOSED = (
    "This cannot be done just now",
    "It is being worked on, and nothing was changed. Please open the link again in a while, or get in touch.",
)


@ensure_csrf_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for, and a button that does it."""
    with acting_as(IDENTITY), transaction.atomic():
        practice = practice_of(token)
    if practice is None:
        return _said(request, UNKNOWN, status=404)
    with acting_as(system_actor(practice)), following(trail_of(request, "The client, by a link")):
        if request.method == "POST":
            return _answered(request, token)
        with transaction.atomic():
            return _shown(request, token)


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    try:
        closed.refuse_outside()
    except ReadOnly as refusal:
        return meant(_said(request, CLOSED, status=refusal.status))
    _act(token)
    return again(request)  # which then says what was done


def _act(token: str) -> None:
    try:
        with transaction.atomic():
            link = ReminderLink.objects.get(token_hash=digest_of(token))
            ANSWERS[link.action](link=link, now=clock.now())
    except LinkSpent:
        pass  # the page says how it stands


def _shown(request: HttpRequest, token: str) -> HttpResponse:
    link = ReminderLink.objects.select_related("clinician").get(token_hash=digest_of(token))
    row, practice = Appointment.objects.get(pk=link.appointment_id), Practice.objects.get()
    day, at = rules.day_and_time(link.starts_at, zone_of(link.client_id, row.timezone))
    facts = {"practice": practice, "day": day, "time": at, "clinician": link.clinician.full_name}
    is_used = link.used_at is not None
    if is_used and link.action == CANCEL:  # what is cancelled stays so
        return _said(request, DONE[CANCEL], facts)
    if is_over(link, clock.now()):
        return _said(request, OVER, {"practice": practice})
    if not takes_place(link, row):
        return _said(request, CHANGED, {"practice": practice})
    if is_used:
        return _said(request, DONE[link.action], facts)
    if not stands(link, row):
        return _said(request, OVER, {"practice": practice})
    title, button = ASKS[link.action]
    return _said(request, (title, ""), facts | {"button": button, "is_cancelling": link.action == CANCEL})


def _said(request: HttpRequest, words: Words, facts: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    return said(request, words, facts, template="reminders/answer.html", status=status)
