"""What the practice's notification rules do by themselves."""

from mentalspace.access.actor import Actor
from mentalspace.correspondence.rules import planning, sending
from mentalspace.correspondence.wordings import telling
from mentalspace.jobs.queue import every
from mentalspace.notify.happenings import listen

listen(planning.take)
listen(telling.take)


@every("*/5 * * * *", "correspondence.look_at_rules")
def look_at_rules(actor: Actor) -> None:
    """Plan what has become due by time. Twice in a row plans nothing more."""
    planning.look(actor)


@every("* * * * *", "correspondence.send_by_rules")
def send_by_rules(actor: Actor) -> None:
    """Hand what is due to the outbox and the bell. Twice in a row does nothing more."""
    sending.send_due(actor)
