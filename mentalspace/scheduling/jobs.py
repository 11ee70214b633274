"""What scheduling has done by itself: reminders whose minute has come."""

from mentalspace.access.actor import Actor
from mentalspace.jobs.queue import every, system_job
from mentalspace.scheduling.reminders import sending


@every("* * * * *", "scheduling.send_reminders")
def send_reminders(actor: Actor) -> None:
    """Hand what is due to the outbox. Twice in the same minute does nothing more."""
    sending.send_due(actor)


@system_job("scheduling.send_what_is_due")
def send_what_is_due(actor: Actor) -> None:
    """As above, at once: a notice was planned."""
    sending.send_due(actor)
