"""What forms do by themselves."""

from mentalspace.access.actor import Actor
from mentalspace.forms.files import removing
from mentalspace.jobs.queue import every


@every("35 * * * *", "forms.forget_files")
def forget_files(actor: Actor) -> None:
    """Let go of files that answer nothing, were never accepted, or are in the chart by now."""
    removing.forget(actor)
