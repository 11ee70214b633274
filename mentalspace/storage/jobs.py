"""What storage does by itself."""

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.jobs.queue import every
from mentalspace.storage import uploads


@every("25 * * * *", "storage.forget_uploads")
def forget_uploads(actor: Actor) -> None:
    """Let go of files that never arrived whole."""
    with acting_as(actor), transaction.atomic():
        uploads.forget_old()
