"""`/f/<token>/…`: what the page behind a link asks and sends. No sign-in; nothing is shown before a date of birth.

Mail programs and virus scanners open every link they see: a GET is the empty page, and everything here is a POST.
A wrong date counts twice: against the link, which dies of it, and within the hour, against the link and the address
it came from. Whoever gave the right one gets a proof, good for some hours, that the other two ask for.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.audit.trail import flush, record, saw
from mentalspace.core import clock
from mentalspace.forms import actions
from mentalspace.forms.errors import NotTheBirth
from mentalspace.forms.links import packets
from mentalspace.forms.links.judging import OPERATION, answered, check, proof_of, prove
from mentalspace.forms.links.models import RESOURCE, FormLink, digest_of, token_of
from mentalspace.forms.links.schemas import LinkAnswersIn, OpeningIn
from mentalspace.forms.models import FILLABLE, FormAssignment
from mentalspace.people import limits
from mentalspace.people.network import client_address
from mentalspace.practices.models import Practice

Action = Callable[..., FormAssignment]

UNREADABLE = "unknown"


@require_POST
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The form, for whoever knows the date of birth."""
    return answered(request, token, OpeningIn, lambda actor, data: _opened(request, token, data.date_of_birth))


@require_POST
def save_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what was entered so far."""
    return answered(request, token, LinkAnswersIn, lambda actor, data: _saved(token, actor, data))


@require_POST
def submit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send the form in."""
    return answered(request, token, LinkAnswersIn, lambda actor, data: _sent(token, actor, data))


def _opened(request: HttpRequest, token: str, born: date) -> dict[str, Any]:
    """Count the try, judge the date, and show the form. A wrong date is written down although it is refused."""
    places = _tries(request, token)
    with transaction.atomic():
        link = FormLink.objects.select_for_update(of=("self",)).get(token_hash=digest_of(token))
        check(link)
        if link.client.date_of_birth != born:
            link.write(wrong_tries=link.wrong_tries + 1)
            about = {"resource": link.pk, "clients": [link.client_id], "severity": "warning"}
            record("form_link.wrong_birth", "A link got a wrong date of birth", resource_type=RESOURCE, **about)  # type: ignore[arg-type]
            shown = None
        else:
            link.write(opened_at=link.opened_at or clock.now())
            shown = _shown(link) | {"proof": proof_of(link)}
            shown |= {} if "definition" in shown else {"next": _next(link)}
            saw("form", clients=[link.client_id], resource=link.assignment_id, what="opened a form by a link")
            flush()
    if shown is None:
        raise NotTheBirth
    with acting_as(IDENTITY), transaction.atomic():
        for place in places:
            limits.give_back(place)
    return shown


def _tries(request: HttpRequest, token: str) -> list[limits.Place]:
    with acting_as(IDENTITY), transaction.atomic():
        places = [
            limits.take(OPERATION, email=digest_of(token)),
            limits.take(OPERATION, address=client_address(request) or UNREADABLE),
        ]
    for place in places:
        if place.is_over:
            raise place.refusal
    return places


def _saved(token: str, actor: Actor, data: LinkAnswersIn) -> dict[str, Any]:
    with transaction.atomic():
        form = _written(token, actor, data, actions.save_answers)
        newest = form.responses.latest("round")
        return {"version": newest.version, "saved_at": newest.saved_at}


def _sent(token: str, actor: Actor, data: LinkAnswersIn) -> dict[str, Any]:
    with transaction.atomic():
        form = _written(token, actor, data, actions.submit_form)
        return _about(form) | {"next": _next(FormLink.objects.get(token_hash=digest_of(token)))}


def _next(link: FormLink) -> dict[str, Any] | None:
    """The next form of the packet as it is opened, for whoever has just proved who they are."""
    following = packets.following(link)
    if following is None:
        return None
    following.write(opened_at=following.opened_at or clock.now())
    saw("form", clients=[link.client_id], resource=following.assignment_id, what="opened a form by a link")
    flush()
    return _shown(following) | {"token": token_of(following.pk), "proof": proof_of(following)}


def _written(token: str, actor: Actor, data: LinkAnswersIn, action: Action) -> FormAssignment:
    """Do this with the form of the link. The form is locked before the link is judged, as whoever revokes it does."""
    prove(token, data.proof)
    link = FormLink.objects.get(token_hash=digest_of(token))
    FormAssignment.objects.for_change(link.assignment_id)
    link.refresh_from_db()
    check(link)
    return action(form_id=link.assignment_id, version=data.version, answers=data.answers, by=actor, link=link)


def _shown(link: FormLink) -> dict[str, Any]:
    """What the page shows: the questions while they may be answered, else only how the form stands."""
    form = FormAssignment.objects.select_related("template").get(pk=link.assignment_id)
    if form.status not in FILLABLE:
        return _about(form)
    newest, *earlier = form.responses.order_by("-round")
    return {
        **_about(form),
        "packet": packets.place_of(form),
        "instructions": form.instructions,
        "note": earlier[0].review_note if earlier else "",
        "definition": form.template.definition,
        "answers": newest.answers,
        "version": newest.version,
        "saved_at": newest.saved_at,
    }


def _about(form: FormAssignment) -> dict[str, Any]:
    practice = Practice.objects.get()
    return {"practice": practice.name, "phone": practice.phone, "title": form.template.title, "status": form.status}
