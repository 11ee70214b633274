"""What storage does by itself: every night it looks whether everything is where it should be."""

from mentalspace.access.actor import Actor
from mentalspace.jobs.queue import every
from mentalspace.storage.checking import check


@every("40 3 * * *", "storage.check")
def check_storage(actor: Actor) -> None:
    """Find rows without files and files without rows, and clear away what failed uploads left."""
    check(actor)
