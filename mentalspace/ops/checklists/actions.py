"""Signing a checklist: it is kept as it stood."""

from datetime import date

from django.db import IntegrityError, transaction

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.ops.checklists import queries
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.models import ChecklistKind, ChecklistSignature
from mentalspace.people.abilities import can

SAY_WHY = "Not every line is good. Say what is being done about it: it is kept with the checklist."


class AlreadySigned(Refusal):
    code, status = "already_signed", 409
    message = "Somebody has signed this checklist already today."


@records("checklist.signed", "{actor} signed a daily checklist", resource_type="checklist")
def sign(*, kind: ChecklistKind, day: date, remark: str, by: Actor) -> ChecklistSignature:
    """Keep the checklist of `day` as it stands now, under the name of who acts, once for each kind and day.

    Raises BadInput when a line is not good and nothing is said about it, AlreadySigned.
    """
    if not can(by.audience, "run_operations"):
        raise NotAllowed
    lines = queries.lines(kind)
    if not remark and any(line["state"] is not State.GOOD for line in lines):
        raise BadInput(SAY_WHY, fields={"remark": [SAY_WHY]})
    kept = [
        {"title": line["title"], "state": line["state"], "says": [each["says"] for each in line["checks"]]}
        for line in lines
    ]
    row = ChecklistSignature(
        practice_id=by.practice, kind=kind, day=day, signed_by=by.person, remark=remark, lines=kept
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # two may sign in the same moment
        raise AlreadySigned from None
    return row
