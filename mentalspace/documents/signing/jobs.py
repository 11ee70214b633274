"""What signing does by itself: the next one is asked, requests end, signed copies are made."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.documents.signing import advancing
from mentalspace.jobs.queue import every, system_job


@system_job("documents.advance_signatures")
def advance(actor: Actor, request: str) -> None:
    """Go on after somebody has answered."""
    advancing.advance(actor, UUID(request))


@every("*/10 * * * *", "documents.signatures")
def catch_up(actor: Actor) -> None:
    """End what has expired, and make copies that could not be made at once."""
    advancing.catch_up(actor)
