"""`/functions/v1/send-appointment-reminder`: hand what is due to the outbox now, and say how much it was.

The minute's job does the same; this is for whoever follows the runbook and wants to see it happen.
"""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from mentalspace.access.actor import acting_as
from mentalspace.access.audiences import IDENTITY
from mentalspace.audit.trail import Trail, following, record
from mentalspace.core.api import answer_of, problem
from mentalspace.core.errors import NotAllowed, Refusal
from mentalspace.people import gate
from mentalspace.people.abilities import can
from mentalspace.people.auth import identify
from mentalspace.people.network import client_address
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.reminders import sending


@require_POST
def send_appointment_reminder(request: Any) -> HttpResponse:
    """For a signed-in administrator. Each run is in the trail."""
    request.actor, request.me = identify(request)
    if request.me is None or request.actor.audience == IDENTITY:
        return problem(401, "not_signed_in", "Sign in to go on.")
    try:
        gate.check(request)
    except Refusal as refusal:
        return answer_of(refusal)
    if not can(request.actor.audience, "set_reminders"):
        return answer_of(NotAllowed())
    done = sending.send_due(system_actor(request.actor.practice))
    trail = Trail(name=request.me.full_name, ip_address=client_address(request))
    with acting_as(request.actor), following(trail), transaction.atomic():
        record(
            "reminders.run", "{actor} had due reminders sent", resource_type="reminder_settings", details=asdict(done)
        )
    return JsonResponse(asdict(done), headers={"Cache-Control": "no-store"})
