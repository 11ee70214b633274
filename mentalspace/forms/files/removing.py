"""Letting go of the files of forms, as the practice's system: of copies once the chart has theirs, of what no answer
names, and of what was never accepted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.core import clock
from mentalspace.forms.files import rules
from mentalspace.forms.files.models import FormFile
from mentalspace.forms.models import FILLABLE, VOID, FormAssignment, Status
from mentalspace.storage.keeping import marked_removed, remove_bytes
from mentalspace.storage.models import State, StoredObject

DONE = (*VOID, Status.REJECTED, Status.ACCEPTED)
"""What a file without a document does not go into the chart from any more: of an accepted form, one that an earlier
round named alone."""


def forget(actor: Actor) -> int:
    """Let go of every file that nothing asks for any more; returns how many. May be repeated: each is its own step."""
    with acting_as(actor), transaction.atomic():
        there = FormFile.objects.filter(removed_at__isnull=True, created_at__lte=clock.now() - rules.UNNAMED_FOR)
        found = list(there.order_by("created_at", "id").values_list("pk", "assignment_id"))
    return sum(_forget(actor, file, form) for file, form in found)


def _forget(actor: Actor, file_id: UUID, form_id: UUID) -> bool:
    """It is said, in the trail too, before the bytes go. The form is locked first, as whoever saves answers does."""
    with acting_as(actor), transaction.atomic():
        form = FormAssignment.objects.for_change(form_id)
        row = FormFile.objects.select_related("object").select_for_update(of=("self",)).get(pk=file_id)
        if row.removed_at is not None or not _may_go(form, row, clock.now()):
            return False
        if row.object.state != State.REMOVED:
            marked_removed(row.object)
        row.write(removed_at=clock.now())
        _say(row)
    remove_bytes(row.object)
    return True


def _may_go(form: FormAssignment, row: FormFile, now: datetime) -> bool:
    if row.object.state == State.QUARANTINED and now - row.object.created_at <= rules.UNACCEPTED_FOR:
        return False  # the database keeps it for as long
    if row.document_id is not None:
        return True
    rounds = list(form.responses.all())
    if not any(str(row.pk) in (each.answers.get(row.field) or []) for each in rounds):
        return True
    if form.status in DONE:
        return now - form.changed_at > rules.UNACCEPTED_FOR
    last = max([form.changed_at, *(each.saved_at for each in rounds if each.saved_at)])
    return form.status in FILLABLE and now - last > rules.UNSENT_FOR


def _say(row: FormFile) -> None:
    about: StoredObject = row.object
    record(
        "form.file_removed",
        "A file of a form was removed that no longer had to be kept",
        resource_type="form",
        resource=row.assignment_id,
        clients=[row.client_id],
        action_type=ADMIN_ACTION,
        details={"object": str(about.pk), "is_in_chart": row.document_id is not None},
    )
